"""Earlier releases of tables: each is kept as what it takes to undo the change after it.

A folder of Parquet files has a folder `releases` with a folder a day, and in it a file for each
table that had other rows.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import polars as pl

from livecells.kernel.files.described import Table

FOLDER = "releases"
CHANGE = "change"
"""Column of a kept file: `gone` rows are those of the earlier table that the later one has not,
`new` rows the other way round, of which only the key is kept. Where this does not give the earlier
table back, all its rows are there, as `whole`."""

ZSTD_LEVEL = 19


class ReleaseUnknownError(LookupError):
    """No release of that day is kept, or not the whole of it."""

    def __init__(self, folder: Path, day: str, why: str = "") -> None:
        known = ", ".join(days(folder)) or "none"
        super().__init__(f"no release of {day!r} is kept{why}; there are: {known}")


def days(folder: Path) -> tuple[str, ...]:
    """Return the days of the earlier releases that are kept, newest first."""
    place = folder / FOLDER
    names = [one.name for one in place.iterdir()] if place.is_dir() else []
    return tuple(sorted(names, reverse=True))


def delta(folder: Path, name: str, day: str) -> pl.DataFrame | None:
    """Read what changed in a table after the release of a day; None where nothing did.

    Raises:
        ReleaseUnknownError: No such release is kept, or this file of it cannot be read.
    """
    if day not in days(folder):
        raise ReleaseUnknownError(folder, day)
    file = folder / FOLDER / day / f"{name}.parquet"
    if not file.is_file():
        return None
    try:
        return pl.read_parquet(BytesIO(file.read_bytes()))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        why = f" whole: {name}.parquet cannot be read: {error}"
        raise ReleaseUnknownError(folder, day, why) from None


def frame(folder: Path, table: Table, day: str) -> pl.DataFrame:
    """Read a table as it was in the release of a day: today's, with each later change undone.

    Raises:
        ReleaseUnknownError: No such release is kept, or not the whole of it.
    """
    if day not in days(folder):
        raise ReleaseUnknownError(folder, day)
    rows = pl.read_parquet(BytesIO((folder / table.file).read_bytes()))
    for later in (one for one in days(folder) if one >= day):
        change = delta(folder, table.name, later)
        if change is not None:
            rows = undone(table, rows, change)
    return rows


def undone(table: Table, rows: pl.DataFrame, change: pl.DataFrame) -> pl.DataFrame:
    """Undo a change: take the new rows out, put those that are gone back, in the table's order."""
    if change[CHANGE].eq("whole").any():
        return _of(change, "whole")
    key = list(table.key) or rows.columns
    kept = rows.join(_of(change, "new"), on=key, how="anti", nulls_equal=True)
    whole = pl.concat([kept, _of(change, "gone").select(rows.columns)])
    return whole.sort(table.sort, nulls_last=True, maintain_order=True) if table.sort else whole


def difference(table: Table, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return what has to be kept of an earlier table; without rows where both are equal."""
    columns = {"on": after.columns, "how": "anti", "nulls_equal": True}
    gone = before.join(after, **columns)  # type: ignore[arg-type]
    new = after.join(before, **columns).select(list(table.key) or after.columns)  # type: ignore[arg-type]
    parts = {"gone": gone, "new": new}
    marked = [rows.with_columns(pl.lit(kind).alias(CHANGE)) for kind, rows in parts.items()]
    change = pl.concat(marked, how="diagonal")
    if undone(table, after, change).equals(before):
        return change
    return before.with_columns(pl.lit("whole").alias(CHANGE))


def keep(earlier: Path, later: Path, day: str, tables: Iterable[Table]) -> dict[str, int]:
    """Write what it takes to read the earlier tables once the later ones have replaced them.

    Args:
        earlier: Folder of the release that ends.
        later: Folder of the release that takes its place; it gets the files.
        day: On which the release that ends began.
        tables: All of them.

    Returns:
        Bytes by the name of each table that has other rows.
    """
    place = later / FOLDER / day
    place.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for table in tables:
        before, after = (pl.read_parquet(one / table.file) for one in (earlier, later))
        if not before.equals(after):
            file = place / table.file
            change = difference(table, before, after)
            change.write_parquet(file, compression="zstd", compression_level=ZSTD_LEVEL)
            sizes[table.name] = file.stat().st_size
    return sizes


def _of(change: pl.DataFrame, kind: str) -> pl.DataFrame:
    return change.filter(pl.col(CHANGE) == kind).drop(CHANGE)
