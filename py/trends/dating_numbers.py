"""Months in which something was true, for prose."""

from datetime import date

import polars as pl

from trends import data, frames
from trends.numbers import TENTH
from trends.wording import MILLION


def months_ahead(top: str, bottom: str, most: float) -> tuple[date, ...]:
    """The months in which one package was ahead of another, by a factor at most.

    Args:
        top: Name of the package ahead.
        bottom: Name of the other.
        most: Such as 1.25, a quarter more.
    """
    ratios = frames.ratio(data.load("pypi_monthly_downloads"), top, bottom)
    is_ahead = (pl.col("ratio") > 1) & (pl.col("ratio") <= most)
    return tuple(ratios.filter(is_ahead)["month"])


def months_total_within(package: str, claimed: float, tolerance: float = TENTH) -> tuple[date, ...]:
    """The months at whose end the downloads of a package in all were about a claimed figure.

    Args:
        package: Name.
        claimed: Downloads in all, in millions.
        tolerance: 0.1 is a tenth.
    """
    totals = frames.month_totals(data.load("pypi_monthly_downloads"), package)
    running = totals.with_columns(downloads_30d="total")
    return tuple(frames.within(running, claimed * MILLION, tolerance=tolerance)["month"])
