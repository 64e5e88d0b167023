"""The datasets made from the others: the ledger of claims, and what pages ask of the long list."""

from collections.abc import Mapping, Sequence

import polars as pl

from livecells.datasets.make import Maker, Scan
from trends import claims
from trends.claims import tried
from trends.data import KEY_MONTHS
from trends.frames import Month, as_month

MAKERS: Mapping[str, Maker] = {
    "claims": lambda scan: claims.frame(scan=scan),
    "claim_checks": lambda scan: tried.with_turns(claims.checks_frame(scan=scan), scan=scan),
    "pypi_key_months": lambda scan: _of_months(scan, KEY_MONTHS),
}


def _of_months(scan: Scan, months: Sequence[Month]) -> pl.DataFrame:
    listed = scan("pypi_top_packages")
    wanted = pl.col("month").is_in([as_month(month) for month in months])
    return listed.filter(wanted).sort("month", "rank").collect()
