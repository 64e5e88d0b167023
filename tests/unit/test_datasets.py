"""How datasets are made: same bytes twice, and a wrong extract stops everything."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from livecells.datasets import catalogue
from livecells.datasets import make as maker
from livecells.datasets.errors import CatalogueError, ExtractError
from trends.datasets import names
from trends.datasets.__main__ import main

ROOT = Path(__file__).parents[2]

CATALOGUE = """
[attribution]
A = "Counted by us."

[terms]
"ours" = "nothing at all"
"theirs" = "a lot"

[sizes]
title = "Sizes"
extract = "sources/sizes.csv"
publisher = "us"
source = "here"
licence = "own work"
terms = ["ours"]
attribution = ["A"]
retrieved = "today"
method = "by hand"
caveats = []
key = ["month", "package"]
sort = ["package", "month"]
[sizes.columns]
month = { type = "Date", read = "month", unit = "month", meaning = "month" }
package = { type = "String", meaning = "name" }
share = { type = "Float64", read = "percent", extract = "share_pct", min = 0, max = 1, meaning="" }
downloads = { type = "Int64", min = 0, meaning = "downloads" }
day = { type = "Date", empty = true, meaning = "day" }
quarter = { type = "Date", read = "quarter", meaning = "quarter" }
final = { type = "Boolean", read = "flag", meaning = "final" }
kind = { type = "Enum", values = ["old", "new"], meaning = "kind" }
"""
HEADER = "month,package,share_pct,downloads,day,quarter,final,kind"
GOOD = [
    "2025-07,polars,57.9,12,2024-07-01,2024-Q1,1,new",
    "2025-06,polars,1.5,10,,2024-Q4,0,old",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "catalogue.toml").write_text(CATALOGUE)
    return tmp_path


def write(folder: Path, *rows: str, header: str = HEADER) -> None:
    (folder / "sources" / "sizes.csv").write_text("\n".join([header, *rows]) + "\n")


def test_types_and_order(folder: Path) -> None:
    write(folder, *GOOD)
    maker.make(folder, {})
    frame = pl.read_parquet(folder / "sizes.parquet")
    assert frame["month"].to_list() == [date(2025, 6, 1), date(2025, 7, 1)]
    assert frame["share"].to_list() == [0.015, 0.579]
    assert frame["quarter"].cast(pl.String).to_list() == ["2024-10-01", "2024-01-01"]
    assert frame["final"].to_list() == [False, True]
    assert frame.schema["kind"] == pl.Enum(["old", "new"])


def test_same_bytes_twice(folder: Path) -> None:
    write(folder, *GOOD)
    maker.make(folder, {})
    first = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    maker.make(folder, {})
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == first


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2025-13,polars,1,1,,2024-Q1,1,new", "row 4: month is '2025-13', expected YYYY-MM"),
        ("2025-05,polars,x,1,,2024-Q1,1,new", "row 4: share_pct is 'x'"),
        ("2025-05,polars,1,1.5,,2024-Q1,1,new", "row 4: downloads is '1.5', expected Int64"),
        ("2025-05,polars,1,1,1 May,2024-Q1,1,new", "row 4: day is '1 May', expected Date"),
        ("2025-05,polars,1,1,,2024-Q5,1,new", "row 4: quarter is '2024-Q5', expected YYYY-Qn"),
        ("2025-05,polars,1,1,,2024-Q1,yes,new", "row 4: final is 'yes', expected 0 or 1"),
        ("2025-05,polars,1,1,,2024-Q1,1,newest", "row 4: kind is 'newest', expected one of"),
        ("2025-05,polars,1,-1,,2024-Q1,1,new", "row 4: downloads is -1, allowed 0 to -"),
        ("2025-05,polars,100.1,1,,2024-Q1,1,new", "row 4: share is 1.001, allowed 0 to 1"),
        ("2025-05,polars,nan,1,,2024-Q1,1,new", "row 4: share is nan"),
        ("2025-05,,1,1,,2024-Q1,1,new", "row 4: package is empty"),
        ("2025-07,polars,1,1,,2024-Q1,1,new", "row 4: the same key a second time"),
    ],
)
def test_wrong_row_is_named(folder: Path, row: str, reason: str) -> None:
    write(folder, *GOOD, row)
    with pytest.raises(ExtractError, match=r"^sizes\.csv, ") as caught:
        maker.make(folder, {})
    assert reason in str(caught.value)
    assert caught.value.row == 4


def test_missing_column_is_named(folder: Path) -> None:
    write(folder, "2025-07,polars", header="month,package")
    with pytest.raises(ExtractError, match="column 'share_pct' is missing"):
        maker.make(folder, {})


def test_missing_and_empty_extracts(folder: Path) -> None:
    with pytest.raises(ExtractError, match="the extract is missing"):
        maker.make(folder, {})
    write(folder)
    with pytest.raises(ExtractError, match="no rows"):
        maker.make(folder, {})
    (folder / "sources" / "sizes.csv").write_text("")
    with pytest.raises(ExtractError, match="cannot be read"):
        maker.make(folder, {})


def test_nothing_half_written(folder: Path) -> None:
    write(folder, *GOOD)
    maker.make(folder, {})
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    later = CATALOGUE.replace("sizes", "zoo")
    (folder / "sources" / "catalogue.toml").write_text(
        f"{CATALOGUE}\n[zoo]\n{later.partition('[zoo]')[2]}"
    )
    write(folder, GOOD[0])
    (folder / "sources" / "zoo.csv").write_text(f"{HEADER}\n2025-07,polars,200,1,,2024-Q1,1,new\n")
    with pytest.raises(ExtractError, match=r"zoo\.csv, row 2"):
        maker.make(folder, {})
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == before
    assert [file.name for file in folder.iterdir() if file.is_dir()] == ["sources"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('["A"]', '["B"]', "has no text"),
        ('key = ["month"', 'key = ["moon"', "which is no column"),
        ('"Boolean"', '"Bool"', "unknown type"),
        ('values = ["old", "new"], ', "", "an Enum needs values"),
        ('terms = ["ours"]', 'terms = ["mine"]', r"\[sizes\] terms 'mine' has no text"),
        ('licence = "own work"', 'licence = ""', r"\[sizes\] 'licence' is empty"),
        ('licence = "own work"', "", r"\[sizes\] has no 'licence'"),
        ("caveats = []", 'caveat = ""', r"unknown field 'caveat': did you mean 'caveats'"),
        ("caveats = []", 'caveats = "none"', r"'caveats' has to be a list"),
        ('unit = "month"', 'units = "month"', r"month has an unknown field 'units'"),
        ('extract = "sources/sizes.csv"', "", r"\[sizes\] has no 'extract'"),
        ("[sizes]", "[sizes", r"catalogue\.toml is not valid TOML: .*line"),
    ],
)
def test_catalogue_mistakes(folder: Path, old: str, new: str, reason: str) -> None:
    (folder / "sources" / "catalogue.toml").write_text(CATALOGUE.replace(old, new))
    with pytest.raises(CatalogueError, match=reason):
        maker.make(folder, {})


def test_a_row_with_a_field_too_many_is_named(folder: Path) -> None:
    write(folder, GOOD[0], f"{GOOD[1]},old")
    reason = r"sizes\.csv, row 3: has 9 fields, the header 8"
    with pytest.raises(ExtractError, match=reason):
        maker.make(folder, {})


def test_licences_are_written_for_those_who_pass_the_data_on(folder: Path) -> None:
    write(folder, *GOOD)
    (folder / "sources" / "notices.md").write_text("## Notices\n")
    maker.make(folder, {})
    text = (folder / "LICENCES.md").read_text()
    assert "| ours | `sizes` | nothing at all |" in text
    assert "theirs" not in text
    assert text.endswith("## Notices\n")


def test_the_type_of_names_is_that_of_the_catalogue() -> None:
    known = catalogue.read(ROOT / "data").datasets
    assert names.FILE.read_text() == names.script(known), "run 'make data'"


def test_the_data_page_lists_the_catalogue() -> None:
    known, page = catalogue.read(ROOT / "data").datasets, (ROOT / names.PAGE).read_text()
    assert names.listed(page, known) == page, "run 'make data'"
    assert "## one { #one }\n\n```dataset\none\n```\n\n## What" in names.listed(page, ["one"])


def test_command_reports_and_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(folder))
    assert main() == 1
    assert "sizes.csv" in capsys.readouterr().err
    write(folder, *GOOD)
    assert main() == 0
    assert capsys.readouterr().out.startswith("1 datasets, ")
