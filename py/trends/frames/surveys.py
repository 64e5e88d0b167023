"""Shares of surveys and of versions of Python, and ranks among them."""

from collections.abc import Sequence

import polars as pl


def preferred(rows: pl.DataFrame, column: str, values: Sequence[str], *, key: str) -> pl.DataFrame:
    """For each `key`, its rows with the first of `values`, from best to last, that `column` has.

    So an item of a survey is read in the best of the populations it was asked in.
    """
    choice = (
        rows[column]
        .cast(pl.String)
        .replace_strict(
            {value: index for index, value in enumerate(values)},
            default=None,
            return_dtype=pl.Int64,
        )
    )
    ranked = rows.with_columns(choice=choice).drop_nulls("choice")
    best = pl.col("choice") == pl.col("choice").min().over(key)
    return ranked.filter(best).drop("choice")


def ranks(shares: pl.DataFrame) -> pl.DataFrame:
    """Add `place` within each year: 1 = largest share; equal shares have the same place."""
    place = pl.col("share").rank("min", descending=True).over("year").cast(pl.Int64)
    return shares.with_columns(place=place).sort("year", "place", "item")


def version_shares(downloads: pl.DataFrame, package: str) -> pl.DataFrame:
    """Shares of the versions of Python that a package is downloaded from, month by month.

    Args:
        downloads: `python_version_downloads`.
        package: A package counted by version; most are counted as a whole only.

    Returns:
        `month`, `python_version` (such as `3.12`), `minor` (12; below zero for Python 2),
        `share` (0 to 1), from the oldest version to the newest within a month.
    """
    parts = pl.col("python_version").str.split(".").list
    minor = parts.get(1).cast(pl.Int64) - pl.when(parts.get(0) == "2").then(100).otherwise(0)
    counted = downloads.filter(pl.col("python_version").str.contains(r"^\d"), package=package)
    return (
        counted.with_columns(
            minor=minor, share=pl.col("downloads") / pl.col("downloads").sum().over("month")
        )
        .select("month", "python_version", "minor", "share")
        .sort("month", "minor")
    )
