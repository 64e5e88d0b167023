"""Proposals, versions and releases: the steps over them."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trends import data, frames, python_history, validity

ROOT = Path(__file__).parents[2]
PEPS = pl.DataFrame(
    {
        "pep": [1, 2, 3, 4],
        "title": ["Old", "Types", "Both", "Next"],
        "status": ["Final", "Draft", "Withdrawn", "Draft"],
        "python_version": [None, "3.14", "3.x", "4.0"],
        "theme": ["typing", "typing", "typing;packaging", None],
        "created": [date(2001, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2010, 1, 1)],
    }
)


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


def test_themes_are_counted_once_each_and_python_4_of_any_year() -> None:
    rows = python_history.by_theme(PEPS, since=2020)
    found = sorted(rows.select("theme", "pep", "state").iter_rows())
    assert found == [
        ("Python 4", 4, "open"),
        ("packaging", 3, "closed"),
        ("typing", 2, "open"),
        ("typing", 3, "closed"),
    ]


def test_every_status_of_the_table_has_a_state() -> None:
    known = set(python_history.STATES) | {"April Fool!"}
    assert set(data.load("peps")["status"].cast(pl.String)) <= known


def test_a_series_is_read_from_the_text_of_a_version() -> None:
    rows = python_history.with_series(pl.DataFrame({"version": ["2.19.0", "2.2rc1", "3"]}))
    assert rows["series"].to_list() == ["2.19", "2.2", "3.0"]
    assert rows["minor"].to_list() == [19, 2, 0]


def test_the_newest_version_is_added_by_month_unless_it_is_known() -> None:
    latest = data.load("pypi_latest_versions")
    day = date(2026, 3, 12)
    old = pl.DataFrame({"package": ["tensorflow"], "version": ["2.20.0"], "release_date": [day]})
    assert python_history.with_newest(old, latest)["is_month"].to_list() == [False, True]
    known = old.with_columns(version=pl.lit("2.21.0"))
    assert python_history.with_newest(known, latest)["is_month"].to_list() == [False]


def test_stretches_join_neighbouring_months() -> None:
    months = [date(2022, 9, 1), date(2022, 10, 1), date(2022, 12, 1)]
    years = pl.DataFrame({"year": [2024]})
    rows = validity.spans({"a": pl.DataFrame({"month": months}), "b": years})
    assert rows.rows() == [
        ("a", date(2022, 9, 1), date(2022, 10, 31)),
        ("a", date(2022, 12, 1), date(2022, 12, 31)),
        ("b", date(2024, 1, 1), date(2024, 12, 31)),
    ]


def test_stretches_are_written_by_year_or_by_month() -> None:
    days = [date(2024, 1, 1), date(2022, 9, 1), date(2023, 1, 1)]
    ends = [date(2024, 12, 31), date(2023, 1, 31), date(2024, 12, 31)]
    rows = pl.DataFrame({"start": days, "end": ends}).select(validity.span_words())
    assert rows.to_series().to_list() == ["2024", "Sep 2022 to Jan 2023", "2023 to 2024"]


def test_a_version_is_the_newest_until_the_day_before_the_next() -> None:
    releases = frames.final_releases(data.load("package_releases_best_of"), "tensorflow")
    assert validity.newest(releases, "2.19.0").row(0) == (date(2025, 3, 12), date(2025, 8, 12))
