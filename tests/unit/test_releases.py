"""Two releases of the data side by side: the second one is made up."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from buildlib import site_context
from livecells.author.page import Page
from livecells.datasets.make import scanner
from livecells.kernel.files import earlier as releases_kept
from trends import claims, data, releases
from trends.datasets import changes, derived
from trends.datasets.changes import DataChange
from trends.pages import changes as page
from trends.pages import chapters

ROOT = Path(__file__).parents[2]
FIRST = str(changes.read(ROOT / "data")[0].day)
LATER = "2027-02-01"
TABLES = ("pypi_monthly_downloads", "peps", "stackoverflow_survey", "pypi_top_packages")


def altered(name: str, rows: pl.DataFrame, again: int) -> pl.DataFrame:
    """Change a table as a refresh does: other values, rows less, a month more."""
    if name == "pypi_monthly_downloads":
        is_django = (pl.col("package") == "django") & (pl.col("month") == date(2025, 7, 1))
        count = pl.col("downloads_30d")
        value = pl.lit(8_100_000 + again).cast(rows.schema["downloads_30d"])
        return rows.with_columns(downloads_30d=pl.when(is_django).then(value).otherwise(count))
    if name == "peps":
        return rows.head(-2)
    if name == "pypi_top_packages":
        newest = rows.filter(pl.col("month") == rows["month"].max())
        more = newest.with_columns(month=pl.col("month").dt.offset_by(f"{again}mo"))
        about = data.describe("pypi_top_packages")
        return pl.concat([rows, more]).sort(about.sort, nulls_last=True, maintain_order=True)
    return rows


def release(earlier: Path, later: Path, day: str, again: int) -> dict[str, int]:
    """Make a release after another, keep that one, and give what it takes, in bytes."""
    shutil.copytree(earlier, later)
    for name in TABLES:
        file = later / f"{name}.parquet"
        altered(name, pl.read_parquet(file), again).write_parquet(file)
    for name in ("claims", "claim_checks"):
        derived.MAKERS[name](scanner(later)).write_parquet(later / f"{name}.parquet")
    return releases_kept.keep(earlier, later, day, map(data.describe, data.NAMES))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], list[dict[str, int]]]:
    """Three releases, and what the earlier two take."""
    place = tmp_path_factory.mktemp("releases")
    first = Path(shutil.copytree(ROOT / "data", place / "1", ignore=lambda *_: ["sources"]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRENDS_DATA", str(first))
        sizes = [release(first, place / "2", FIRST, 1)]
        sizes.append(release(place / "2", place / "3", LATER, 2))
    return [first, place / "2", place / "3"], sizes


@pytest.fixture(autouse=True)
def _newest(folders: tuple[list[Path], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(folders[0][-1]))


def test_every_table_of_every_release_is_read_back(
    folders: tuple[list[Path], list[dict[str, int]]],
) -> None:
    (first, second, _), _ = folders
    assert releases.days() == (LATER, FIRST)
    for day, folder in ((LATER, second), (FIRST, first)):
        for name in data.NAMES:
            assert_frame_equal(
                releases.frame(name, day), pl.read_parquet(folder / f"{name}.parquet")
            )


def test_a_release_takes_a_tenth_of_its_tables_at_most(
    folders: tuple[list[Path], list[dict[str, int]]],
) -> None:
    (first, *_), sizes = folders
    whole = sum(file.stat().st_size for file in first.glob("*.parquet"))
    for kept in sizes:
        assert set(kept) >= {"pypi_monthly_downloads", "peps", "pypi_top_packages"}
        assert "stackoverflow_survey" not in kept
        assert sum(kept.values()) <= whole / 10, kept


def test_what_reads_the_data_reads_the_earlier_release() -> None:
    assert claims.check("django-8m").verdict == "supported"
    peps = data.load("peps").height
    place = releases.use(FIRST)
    assert data.folder() == place
    assert claims.check("django-8m").verdict == "contradicted"
    assert data.load("peps").height == peps + 4
    assert releases.use(LATER) != place
    assert data.load("peps").height == peps + 2
    assert claims.check("django-8m").verdict == "supported"
    releases.use()
    assert data.load("peps").height == peps


def test_a_release_that_is_not_whole_is_named(
    folders: tuple[list[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(folders[0][-1], tmp_path / "data"))
    monkeypatch.setenv("TRENDS_DATA", str(folder))
    file = folder / releases.FOLDER / FIRST / "peps.parquet"
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(releases.ReleaseUnknownError, match=f"{FIRST}.* whole: peps"):
        releases.use(FIRST)
    assert data.folder() == folder
    with pytest.raises(releases.ReleaseUnknownError, match=f"there are: {LATER}, {FIRST}"):
        releases.frame("peps", "1999-01-01")


def test_a_chapter_offers_the_earlier_releases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = ROOT / "site/frameworks/async.md"
    chapter = Page(site_context(tmp_path), "frameworks/async/", source)
    html = chapters.facts(chapter)
    assert html.count("<option") == 3
    assert f'value="{FIRST}"' in html
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    assert "release-choice" not in chapters.facts(chapter)


def test_the_page_shows_the_rows_behind_a_change(
    folders: tuple[list[Path], object], tmp_path: Path
) -> None:
    verdict = "django-8m: contradicted -> supported (25.95 -> 8.1)"
    told = DataChange(
        day=date(2027, 2, 1), title="New", text="New rows.", datasets=("peps",), verdicts=(verdict,)
    )
    first = changes.read(ROOT / "data")
    if changes.read(folders[0][-1]) == first:
        changes.add(folders[0][-1], told)
    html = page.listing(Page(site_context(tmp_path), page.PAGE, tmp_path / "data.md"))
    assert html.count("The rows behind it") == 1
    for text in ("django-8m", "contradicted", "25.95", "8.1", f"Claims since {FIRST}", "gone"):
        assert text in html, text
    assert "releases.use(" in html
