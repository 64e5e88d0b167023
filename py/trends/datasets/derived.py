"""The datasets that are made from the others: the ledger of claims, measured in the new files."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from trends import claims
from trends.claims.tables import Scan
from trends.data import Name

MAKERS: dict[str, Callable[[Scan], pl.DataFrame]] = {
    "claims": lambda scan: claims.frame(scan=scan),
    "claim_checks": lambda scan: claims.checks_frame(scan=scan),
}


def frame(name: str, folder: Path) -> pl.DataFrame:
    """Make a dataset from the Parquet files of a folder."""

    def scan(table: Name) -> pl.LazyFrame:
        return pl.scan_parquet(folder / f"{table}.parquet")

    return MAKERS[name](scan)
