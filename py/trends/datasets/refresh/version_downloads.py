"""Downloads by Python version: one JSON file a month in pypi-tools, for all packages."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from trends.datasets.refresh.source import Extracts, Source, as_text, old_extract
from trends.datasets.refresh.web import Get, SourceAbsentError, github

REPOSITORY = "hugovk/pypi-tools"
EVERYTHING = "(all packages)"
LEAST = 1_000  # smaller counts are typing errors in version numbers
VERSION = r"^(2\.7|3\.\d+)$"
MONTHS_TRIED = 24  # the series has holes of a month, so one missing file does not end it


def fetch(get: Get, folder: Path) -> Extracts:
    """Append the months of all packages published since the last one; single packages stay.

    Raises:
        SourceAbsentError: No newer month is published.
    """
    old = old_extract(folder, "python_version_downloads")
    last = old.filter(package=EVERYTHING)["month"].max()
    new, absent = [], None
    for month in _months_after(str(last)):
        try:
            dump = json.loads(get(github(REPOSITORY, f"data/{month}.json")))
        except SourceAbsentError as error:
            absent = error
        else:
            new.append(_rows(dump, month))
    if absent and not new:
        raise absent
    added = pl.concat(new).select(old.columns)
    return {"python_version_downloads": pl.concat([old, added])}


def _months_after(month: str) -> list[str]:
    year, number = map(int, month.split("-"))
    ahead = range(number, number + MONTHS_TRIED)
    return [f"{year + k // 12}-{k % 12 + 1:02}" for k in ahead]


def _rows(dump: dict[str, Any], month: str) -> pl.DataFrame:
    rows = pl.DataFrame(dump["rows"]).filter(
        pl.col("python_version").str.contains(VERSION), pl.col("download_count") >= LEAST
    )
    return as_text(
        rows.select(
            "python_version",
            month=pl.lit(month),
            package=pl.lit(EVERYTHING),
            downloads="download_count",
            tool=pl.lit("pypinfo"),
        )
    )


SOURCE = Source(
    name="pypi-tools",
    datasets=("python_version_downloads",),
    how="data/YYYY-MM.json of the repository; single packages: the files of their folders, summed",
    fetch=fetch,
)
