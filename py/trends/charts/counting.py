"""Charts that look at the counting itself: two counts compared, jumps too sudden to be use."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.labels import color_scale
from trends.charts.lines import counted_source, level_rule, named_lines
from trends.frames import as_month

LARGE = 10_000_000
"""Downloads from which doubling within a month is not chance."""

ALL_INSTALLERS = "2024-11"
"""First month that counts all installers; before it, pip only."""


def two_counts(ratios: pl.DataFrame) -> Any:
    """Draw one count divided by an independent one; 1 means that both agree.

    Args:
        ratios: One row per month and package. Columns: `month` Date, `package` String, `ratio`
            Float64, `segment` Int64.
    """
    lines = named_lines(
        ratios, y="ratio", y_title="our count / independent count", points=True, digits=2
    )
    first = ratios["month"].min()
    assert isinstance(first, date)
    band = (
        alt.Chart(pl.DataFrame({"start": [first], "end": [as_month(ALL_INSTALLERS)]}))
        .mark_rect(color=theme.color("rest"), opacity=0.16)
        .encode(x="start:T", x2="end:T")
    )
    before = ratios.filter(pl.col("month") < as_month(ALL_INSTALLERS))
    lows = before.group_by("package", maintain_order=True).agg(pl.col("ratio").min()).sort("ratio")
    said = [f"{row['package']} {row['ratio']:.2f}" for row in lows.to_dicts()]
    return theme.finish(
        alt.layer(band, level_rule(1, "the same"), lines),
        title=f"Lowest ratio while only pip was counted: {', '.join(said)}",
        subtitle="Downloads of a month, divided by an independent count; grey: pip only",
        source=(
            "Sources: Top PyPI Packages and pypi-tools (Hugo van Kemenade), "
            "both from PyPI's public download logs."
        ),
    )


def jump_panels(counts: pl.DataFrame) -> Any:
    """Draw downloads and, below, rank: a jump in both is a jump of the package, not of the count.

    Args:
        counts: One row per month and package. Columns: `month` Date, `package` String,
            `downloads_30d`, `rank` Int64, `segment` Int64.
    """
    names = counts["package"].unique(maintain_order=True).to_list()
    colors = color_scale(names)
    rows = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    sizes = named_lines(
        rows, y="millions", y_title="million downloads", colors=colors, panel=True, height=170
    )
    ranks = named_lines(
        rows.drop("segment"),
        y="rank",
        y_title="rank",
        colors=colors,
        log=True,
        reverse=True,
        digits=0,
        panel=True,
        height=150,
    )
    before = pl.col("downloads_30d").shift().over("package")
    jumps = counts.sort("month").with_columns(before=before)
    jumps = jumps.filter(pl.col("before") >= LARGE).with_columns(
        jump=pl.col("downloads_30d") / pl.col("before")
    )
    top = jumps.sort("jump").row(-1, named=True)
    return theme.finish(
        alt.vconcat(sizes, ranks, spacing=14),
        title=(
            f"Largest jump of a large package: {top['package']} in "
            f"{wording.month_name(top['month'])}, {wording.times(top['jump'])} the month before"
        ),
        subtitle="Above: downloads in 30 days, millions. Below: rank, 1 on top, log scale",
        source=counted_source(counts),
    )
