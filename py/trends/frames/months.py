"""Months as text and as dates, and the rows of some months or packages."""

from collections.abc import Iterable
from datetime import date

import polars as pl

Month = str | date

PRESENT = "2025-07"  # the month the article speaks from
NEWEST = "2026-03"  # the last month of the download tables
START_MONTHS = ("2023-07", "2024-01", "2024-06", "2024-08", "2025-01")
WINDOW_DAYS = 30


def as_month(month: Month) -> date:
    """The first day of a month, given as a date or as text such as `2025-07` or `2025-07-01`.

    Raises:
        ValueError: The text is no month.
    """
    if isinstance(month, date):
        return month.replace(day=1)
    try:
        return date.fromisoformat(f"{month[:7]}-01")
    except ValueError as error:
        msg = f"{month!r} is no month, expected text such as {PRESENT!r}"
        raise ValueError(msg) from error


def of_packages(downloads: pl.DataFrame, packages: Iterable[str]) -> pl.DataFrame:
    """The rows of some packages, in the order of `downloads`."""
    return downloads.filter(pl.col("package").is_in(list(packages)))


def of_month(downloads: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The rows of one month, most downloaded first."""
    return downloads.filter(pl.col("month") == as_month(month)).sort("rank")


def between(
    frame: pl.DataFrame, start: Month | None = None, end: Month | None = None
) -> pl.DataFrame:
    """The rows from month `start` to month `end`, both included; None leaves a side open."""
    month = pl.col("month")
    if start is not None:
        frame = frame.filter(month >= as_month(start))
    if end is not None:
        frame = frame.filter(month <= as_month(end))
    return frame


def present_end(present: Month) -> date:
    """The last day of the month that counts as the present: releases up to it are known."""
    first = as_month(present)
    return pl.Series([first]).dt.month_end().item()  # type: ignore[no-any-return]
