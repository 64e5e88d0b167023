"""Packages against each other and against a claimed figure."""

from collections.abc import Iterable

import polars as pl


def ratio(downloads: pl.DataFrame, top: str, bottom: str) -> pl.DataFrame:
    """Downloads of one package per download of another: `month`, `ratio`, while both are listed.

    A ratio cancels what all packages share, changes of the counting method among it.
    """
    keys = ["month", "downloads_30d"]
    tops = downloads.filter(pl.col("package") == top).select(keys)
    bottoms = downloads.filter(pl.col("package") == bottom).select(keys)
    return (
        tops.join(bottoms, on="month", suffix="_bottom")
        .select("month", ratio=pl.col("downloads_30d") / pl.col("downloads_30d_bottom"))
        .sort("month")
    )


def crossings(downloads: pl.DataFrame, pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """When one package passed another for good, for (newcomer, incumbent) in the order of `pairs`.

    Returns:
        `newcomer`, `incumbent`, `month`: the first month from which the newcomer is ahead in
        every later month, null if it is not ahead in the last one.
    """
    rows = []
    for newcomer, incumbent in pairs:
        ratios = ratio(downloads, newcomer, incumbent)
        behind = ratios.filter(pl.col("ratio") <= 1)["month"].max()
        ahead = ratios if behind is None else ratios.filter(pl.col("month") > behind)
        rows.append((newcomer, incumbent, ahead["month"].min()))
    schema = {"newcomer": pl.String, "incumbent": pl.String, "month": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def within(downloads: pl.DataFrame, claimed: float, *, tolerance: float = 0.1) -> pl.DataFrame:
    """The rows of one package that lie within a tenth (`tolerance`) of a claimed figure."""
    return downloads.filter((pl.col("downloads_30d") - claimed).abs() <= tolerance * claimed)
