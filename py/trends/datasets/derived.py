"""The datasets made from the others: the ledger of claims, and what pages ask of the long list."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from trends import claims
from trends.claims import tried
from trends.claims.cells import Scan
from trends.data import KEY_MONTHS
from trends.datasets.errors import CatalogueError
from trends.frames import Month, as_month

MAKERS: dict[str, Callable[[Scan], pl.DataFrame]] = {
    "claims": lambda scan: claims.frame(scan=scan),
    "claim_checks": lambda scan: tried.with_turns(claims.checks_frame(scan=scan), scan=scan),
    "pypi_key_months": lambda scan: _of_months(scan, KEY_MONTHS),
}


def _of_months(scan: Scan, months: Sequence[Month]) -> pl.DataFrame:
    listed = scan("pypi_top_packages")
    wanted = pl.col("month").is_in([as_month(month) for month in months])
    return listed.filter(wanted).sort("month", "rank").collect()


def frame(name: str, folder: Path) -> pl.DataFrame:
    """Make a dataset from the Parquet files of a folder.

    Raises:
        CatalogueError: It has neither an extract nor a maker.
    """
    if name not in MAKERS:
        msg = f"[{name}] has no 'extract', and datasets/derived.py does not make it"
        raise CatalogueError(msg)
    return MAKERS[name](scanner(folder))


def scanner(folder: Path) -> Scan:
    """Return what opens the Parquet files of a folder by the names of their datasets."""
    return lambda table: pl.scan_parquet(folder / f"{table}.parquet")
