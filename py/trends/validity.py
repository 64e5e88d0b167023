"""When a figure was true: the months, years or days in which the record agrees with it."""

from collections.abc import Mapping
from datetime import date

import polars as pl


def spans(true: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the stretches of time in which figures were true.

    Args:
        true: What is said, and the rows of the record that agree with it: a row a `month`, a row
            a `year`, or a row a stretch with `start` and `end`.

    Returns:
        `figure`, `start`, `end` (first and last day of a stretch), in the order of `true`.
    """
    parts = [
        _stretches(rows).select(figure=pl.lit(figure), start="start", end="end").sort("start")
        for figure, rows in true.items()
    ]
    return pl.concat(parts)


def span_words() -> pl.Expr:
    """Write a stretch: whole years as years, anything else by months, `Sep 2022 to Jan 2023`."""
    start, end = pl.col("start").dt, pl.col("end").dt
    is_years = (start.strftime("%m%d") == "0101") & (end.strftime("%m%d") == "1231")
    first, last = (
        pl.when(is_years).then(day.strftime("%Y")).otherwise(day.strftime("%b %Y"))
        for day in (start, end)
    )
    is_one = is_years & (first == last)
    return pl.when(is_one).then(first).otherwise(pl.format("{} to {}", first, last))


def newest(releases: pl.DataFrame, version: str) -> pl.DataFrame:
    """Return `start` and `end` of the days on which a version was the newest one."""
    day = releases.filter(version=version)["release_date"][0]
    later = releases.filter(pl.col("release_date") > day)["release_date"].min()
    assert isinstance(later, date)
    rows = pl.DataFrame({"start": [day], "end": [later]})
    return rows.with_columns(pl.col("end").dt.offset_by("-1d"))


def _stretches(rows: pl.DataFrame) -> pl.DataFrame:
    if "year" in rows.columns:
        return rows.select(start=pl.date("year", 1, 1), end=pl.date("year", 12, 31)).unique()
    if "month" not in rows.columns:
        return rows
    known = rows.select(pl.col("month").unique().sort())
    before = pl.col("month").shift().dt.offset_by("1mo")
    number = (before != pl.col("month")).fill_null(value=True).cum_sum()
    grouped = known.with_columns(number=number).group_by("number")
    return grouped.agg(start=pl.col("month").min(), end=pl.col("month").max().dt.month_end())
