"""Figures of the prose stay as read: a changed table fails with page, line, old and new."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trends import numbers
from trends.pages import prose

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _fresh_figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    numbers.forget()
    yield
    numbers.forget()


@pytest.fixture
def altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, pl.Expr], None]:
    """Puts a copy of the data in the place of the data, with one table changed."""

    def alter(table: str, change: pl.Expr) -> None:
        folder = tmp_path / "data"
        shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("sources"))
        path = folder / f"{table}.parquet"
        pl.read_parquet(path).with_columns(change).write_parquet(path)
        monkeypatch.setenv("TRENDS_DATA", str(folder))
        numbers.forget()

    return alter


def test_no_figure_of_the_prose_drifted() -> None:
    differences = prose.differences(prose.read(), list(prose.figures()))
    assert not differences, "\n".join(["", *differences])


def test_the_site_has_figures_on_many_pages() -> None:
    lock = prose.read()
    assert sum(map(len, lock.values())) > 100
    assert "35 ✔ supported" in lock["index.md"]["scoreboard()"]


def test_delimiters_are_those_of_the_site() -> None:
    config = (ROOT / "mkdocs.yml").read_text()
    for name, sign in prose.DELIMITERS.items():
        assert f'j2_{name}: "{sign}"' in config


def test_a_changed_figure_names_page_line_old_and_new(
    altered: Callable[[str, pl.Expr], None],
) -> None:
    is_langchain = (pl.col("package") == "langchain") & (pl.col("month") == date(2025, 7, 1))
    count = pl.col("downloads_30d")
    altered("pypi_monthly_downloads", pl.when(is_langchain).then(123_400_000).otherwise(count)
            .alias("downloads_30d"))  # fmt: skip
    differences = prose.differences(prose.read(), list(prose.figures()))
    page = "libraries/ai-ml.md"
    expression = 'downloads("langchain") | millions'
    source = (ROOT / "site" / page).read_text().splitlines()
    line = next(n for n, text in enumerate(source, start=1) if expression in text)
    place = f"{page}:{line}: {{= {expression} =}}"
    before = prose.read()[page][expression]
    assert f"{place} was {before!r}, is '123.4 million'" in differences
    assert not [one for one in differences if "transformers" in one]


def test_a_flipped_verdict_is_a_difference_too(altered: Callable[[str, pl.Expr], None]) -> None:
    is_django = (pl.col("package") == "django") & (pl.col("month") == date(2025, 7, 1))
    count = pl.col("downloads_30d")
    altered("pypi_monthly_downloads", pl.when(is_django).then(8_100_000).otherwise(count)
            .alias("downloads_30d"))  # fmt: skip
    differences = prose.differences(prose.read(), list(prose.figures()))
    assert [
        one for one in differences if re.match(r"index\.md:\d+: \{= scoreboard\(\) =\} was", one)
    ]


def test_new_and_vanished_figures_are_said(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("One\n\nand {= 1 +\n1 =}.\n")
    lock = {"page.md": {"3 + 3": "6"}}
    first, second = prose.differences(lock, list(prose.figures(tmp_path)))
    assert first.startswith("page.md:3: {= 1 + 1 =} is not in tests/golden/prose.json, gives '2'")
    assert second.startswith("page.md: {= 3 + 3 =} is in tests/golden/prose.json only")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{= downloads('fastap') =}", r"page\.md:2: NumberMissingError: .*did you mean fastapi"),
        ("\n\n{= nothing =}", r"page\.md:3: UndefinedError: 'nothing' is undefined"),
        ("\n{= 1 + =}", r"page\.md:2: TemplateSyntaxError"),
    ],
)
def test_a_mistake_names_page_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "page.md").write_text(text)
    with pytest.raises(ValueError, match=message):
        list(prose.figures(tmp_path))


def test_writing_and_reading_the_lock(tmp_path: Path) -> None:
    found = [prose.Figure("b.md", 2, "x", "1 ✔ 2"), prose.Figure("a.md", 1, "y", "3")]
    prose.write(found, tmp_path / "lock.json")
    assert prose.differences(prose.read(tmp_path / "lock.json"), found) == []
