"""Monthly downloads: the dumps of Top PyPI Packages, one tag a month.

The dump tagged 2026.04 counts March 2026. Months that are known stay as they are: older dumps
covered windows of other lengths, chosen once from the repository's whole history.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from livecells.datasets.refresh.web import Get, SourceAbsentError, SourceChangedError

FILE = "top-pypi-packages.json"
REPOSITORY = "https://raw.githubusercontent.com/hugovk/top-pypi-packages"
WINDOW_DAYS = 30
MONTH = "%Y-%m"


def fetch(get: Get, folder: Path) -> dict[str, pl.DataFrame]:
    """Append the months published since the last one to the long list and its two companions.

    Raises:
        SourceAbsentError: No newer month is published.
    """
    listed = pl.read_parquet(folder / "pypi_top_packages.parquet")
    tracked = pl.read_csv(folder / "sources" / "packages.csv")["package"]
    months: list[pl.DataFrame] = []
    snapshots: list[dict[str, Any]] = []
    month = _next(listed["month"].max())  # type: ignore[arg-type]
    while (dump := _dump(get, month, is_first=not months)) is not None:
        months.append(_rows(dump, month))
        snapshots.append(_snapshot(dump, month, months[-1]))
        month = _next(month)
    new = pl.concat(months)
    own = new.filter(pl.col("package").is_in(tracked.implode()))
    own = own.with_columns(pl.col("month").dt.strftime(MONTH))
    return {
        "pypi_top_packages": pl.concat([listed, new.select(listed.columns)]),
        "pypi_monthly_downloads": _appended(folder, "pypi_monthly_downloads", own),
        "pypi_download_snapshots": _appended(
            folder, "pypi_download_snapshots", pl.DataFrame(snapshots)
        ),
    }


def _appended(folder: Path, name: str, new: pl.DataFrame) -> pl.DataFrame:
    old = pl.read_csv(folder / "sources" / f"{name}.csv", infer_schema=False)
    return pl.concat([old, new.select(pl.col(old.columns).cast(pl.String))])


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _dump(get: Get, month: date, *, is_first: bool) -> dict[str, Any] | None:
    """The dump that counts a month; None if it is not published and an earlier one is."""
    try:
        dump: dict[str, Any] = json.loads(get(f"{REPOSITORY}/{_tag(month)}/{FILE}"))
    except SourceAbsentError:
        if is_first:
            raise
        return None
    if not str(dump.get("last_update")).startswith(f"{_next(month):%Y-%m}"):
        msg = f"{FILE} of {_tag(month)} was written {dump.get('last_update')}, not that month"
        raise SourceChangedError(msg)
    if dump.get("source") != "ClickHouse":
        msg = f"{FILE} of {_tag(month)} is not counted by ClickHouse: a new era, read its method"
        raise SourceChangedError(msg)
    return dump


def _tag(month: date) -> str:
    return f"{_next(month):%Y.%m}"


def _rows(dump: dict[str, Any], month: date) -> pl.DataFrame:
    days, raw = (_next(month) - month).days, pl.col("download_count")
    rows = pl.DataFrame(dump["rows"], schema={"download_count": pl.Int64, "project": pl.String})
    return rows.sort(raw, descending=True, maintain_order=True).select(
        package="project",
        month=pl.lit(month),
        downloads_30d=(raw / days * WINDOW_DAYS).round().cast(pl.Int64),
        rank=pl.int_range(1, pl.len() + 1),
        downloads_raw=raw,
        window_days=pl.lit(days, dtype=pl.Int64),
    )


def _snapshot(dump: dict[str, Any], month: date, rows: pl.DataFrame) -> dict[str, Any]:
    days = (_next(month) - month).days
    return {
        "month": f"{month:{MONTH}}",
        "dump_date": dump["last_update"][:10],
        "window_start": str(month),
        "window_end": str(month.replace(day=days)),
        "window_days": days,
        "overlap_days": days,
        "installers": "all installers",
        "rows_listed": rows.height,
        "last_rank_downloads": rows["downloads_raw"].min(),
        "total_listed_downloads": rows["downloads_raw"].sum(),
        "engine": "ClickHouse",
        "era": "E-clickhouse-full-month",
        "commit": _tag(month),
        "path": FILE,
    }
