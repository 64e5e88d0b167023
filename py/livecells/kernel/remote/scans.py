"""Lets `polars.scan_parquet` fetch only those ranges of a site's large file that a query needs.

Polars' own reader takes a file from memory, whole. A Polars IO source is told the query's columns,
filter and limit. They and the statistics in the footer tell which columns of which row groups the
query needs. Only these ranges are fetched into a sparse file, zeros elsewhere. While Polars reads
it, its footer names only these row groups: Polars in a browser skips none by itself.
"""

import contextlib
import functools
import math
import os
import struct
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from livecells.kernel.process import host
from livecells.kernel.remote.parquet import Footer, ParquetError

if TYPE_CHECKING:
    import polars as pl

Scan = Callable[..., "pl.LazyFrame"]


def patch_polars(polars: ModuleType) -> None:
    """Let `polars.scan_parquet`, given as its module, read files of the site in ranges."""
    vars(polars)["scan_parquet"] = _by_ranges(polars.scan_parquet)


def _by_ranges(scan: Scan) -> Scan:
    @functools.wraps(scan)
    def scan_parquet(source: Any, *more: Any, **options: Any) -> Any:
        file = None if more or options else host.ranged_file(source)
        if file is None:
            return scan(source, *more, **options)
        try:
            return lazy(file, scan, lambda: scan(source))
        except (ParquetError, host.RangeError):
            return scan(source)  # what is wrong with it, Polars tells better

    return scan_parquet


def lazy(file: host.RangedFile, scan: Scan, whole: Callable[[], "pl.LazyFrame"]) -> "pl.LazyFrame":
    """Open a Parquet file for lazy queries that fetch only what they need.

    Args:
        file: Where its ranges come from.
        scan: Polars' own `scan_parquet`.
        whole: Opens all of the file, for when a range cannot be had.

    Raises:
        ParquetError: It cannot be read in ranges.
        RangeError: Its footer cannot be had.
    """
    import polars as pl
    from polars.io.plugins import register_io_source

    footer = Footer.read(file.size, file.read)
    schema = pl.Schema(pl.read_parquet_schema(file.sparse))

    def rows(
        columns: list[str] | None, predicate: "pl.Expr | None", limit: int | None, _size: int | None
    ) -> Iterator["pl.DataFrame"]:
        given = list(schema) if columns is None else columns
        needed = {*given, *(() if predicate is None else predicate.meta.root_names())}
        groups = needed_groups(footer, schema, predicate, limit)

        def collected(frame: "pl.LazyFrame") -> "pl.DataFrame":
            kept = (frame if predicate is None else frame.filter(predicate)).select(given)
            return (kept if limit is None else kept.head(limit)).collect()

        try:
            file.fetch(footer.ranges(groups, needed))
            with _only(groups, footer, file.sparse):
                found = collected(scan(file.sparse))
        except (host.RangeError, pl.exceptions.ComputeError):  # zeros are not a page of Parquet
            found = collected(whole())
        yield found

    return register_io_source(rows, schema=schema, is_pure=True)


@contextlib.contextmanager
def _only(groups: list[int], footer: Footer, path: str) -> Iterator[None]:
    """Let a file have some row groups only."""
    try:
        _replace_end(path, footer.tail(groups))
        yield
    finally:
        _replace_end(path, footer.tail())


def _replace_end(path: str, tail: bytes) -> None:
    with Path(path).open("r+b") as file:
        file.seek(-len(tail), os.SEEK_END)
        file.write(tail)


def needed_groups(
    footer: Footer, schema: "pl.Schema", predicate: "pl.Expr | None", limit: int | None
) -> list[int]:
    """Return which row groups may hold rows that a query wants, by their numbers.

    Args:
        footer: Of the file.
        schema: Of the file.
        predicate: The query's filter.
        limit: The number of rows that it wants at most; it does not help where there is a filter.
    """
    every = list(range(len(footer.rows)))
    if predicate is None:
        if limit is None:
            return every
        before = accumulate(footer.rows, initial=0)
        return [number for number, rows in zip(every, before, strict=False) if rows < limit]
    # Polars' own rule, which it keeps to itself.
    ask = getattr(predicate, "_skip_batch_predicate", None)
    can_skip = ask and ask(schema)
    if can_skip is None:
        return every
    skipped = _table(footer, schema, set(predicate.meta.root_names())).select(can_skip).to_series()
    return [number for number, skip in zip(every, skipped, strict=True) if not skip]


def _table(footer: Footer, schema: "pl.Schema", columns: set[str]) -> "pl.DataFrame":
    """Write the statistics of some columns down as Polars' rule wants them, one row a row group."""
    import polars as pl

    series = [pl.Series("len", footer.rows, pl.get_index_type())]
    for column in columns:
        known, dtype = footer.statistics(column), schema[column]
        least = [_decoded(one.least, dtype) for one in known]
        most = [_decoded(one.most, dtype) for one in known]
        series += [
            _typed(f"{column}_min", least, dtype),
            _typed(f"{column}_max", most, dtype),
            pl.Series(f"{column}_nc", [one.nulls for one in known], pl.get_index_type()),
        ]
    return pl.DataFrame(series)


def _typed(name: str, bounds: list[Any], dtype: "pl.DataType") -> "pl.Series":
    import polars as pl

    stored = pl.Int32 if dtype == pl.Date else pl.Int64 if dtype == pl.Datetime else dtype
    if all(bound is None for bound in bounds):
        return pl.Series(name, [None] * len(bounds), dtype)
    return pl.Series(name, bounds, stored).cast(dtype)


def _decoded(bound: bytes | None, dtype: "pl.DataType") -> Any:
    """Read a bound; None where it cannot be read, or does not order rows as Polars does."""
    import polars as pl

    if bound is None:
        return None
    if dtype == pl.String:
        try:
            return bound.decode()
        except UnicodeDecodeError:  # it was cut in the middle of a letter
            return None
    form = _forms().get(dtype.base_type())
    if form is None or struct.calcsize(form) != len(bound) or getattr(dtype, "time_zone", None):
        return None
    value = struct.unpack(form, bound)[0]
    return None if isinstance(value, float) and math.isnan(value) else value


@functools.cache
def _forms() -> dict[Any, str]:
    """How Parquet stores the values that it stores in their own order, in words of `struct`."""
    import polars as pl

    return {
        **dict.fromkeys((pl.Int8, pl.Int16, pl.Int32, pl.Date), "<i"),
        **dict.fromkeys((pl.UInt8, pl.UInt16, pl.UInt32), "<I"),
        **dict.fromkeys((pl.Int64, pl.Datetime), "<q"),
        pl.UInt64: "<Q",
        pl.Float32: "<f",
        pl.Float64: "<d",
        pl.Boolean: "<?",
    }
