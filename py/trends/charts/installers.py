"""Charts of installers: ranks that end where a package leaves the list, and what surveys say."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.bars import named_bars
from trends.charts.dots import role_color
from trends.charts.labels import short
from trends.charts.lines import counted_source, named_lines
from trends.frames import PRESENT, Month, as_month

RANKS = 210
"""Pixels: the height of the upper panel."""


def ranks_and_files(
    ranks: pl.DataFrame, files: pl.DataFrame, *, marked: str, at: Month = PRESENT
) -> Any:
    """Draw ranks month by month, and below, the dependency files a survey asked for.

    Args:
        ranks: One row per month and package. Columns: `month` Date, `package` String, `rank`
            Int64, `segment` Int64, which changes where a package was off the list.
        files: One row a file format, in the order to show. Columns: `item` String, `share` Float64
            (0 to 1), `year` Int32.
        marked: The file format in colour.
        at: The month the title speaks of.
    """
    lines = named_lines(
        ranks, y="rank", y_title="rank", log=True, reverse=True, digits=0, panel=True, height=RANKS
    )
    last = ranks["month"].max()
    assert isinstance(last, date)
    ends = ranks.sort("month").group_by("package", maintain_order=True).last()
    gone = ends.filter(pl.col("month") < last)
    points = (
        alt.Chart(gone)
        .mark_point(shape="cross", size=60, filled=True, opacity=1, color=theme.color("text"))
        .encode(x="month:T", y="rank:Q")
    )
    percent = (pl.col("share") * 100).alias("percent")
    rows = files.with_columns(percent, is_marked=pl.col("item") == marked)
    bars = named_bars(
        rows.with_columns(words=pl.format("{} {}", "item", short("percent"))),
        row="item",
        value="percent",
        words="words",
        scale=alt.Scale(domain=[0, 100]),
        color=role_color("is_marked", [True, False], ["accent", "rest"]),
    )
    asked = f"Dependency files in use, {rows['year'][0]}"
    now = ranks.filter(month=as_month(at)).sort("rank")
    said = [f"{row['package']} at rank {row['rank']}" for row in now.to_dicts()]
    said += [
        f"{row['package']} last listed in {wording.month_name(row['month'])}"
        for row in gone.filter(pl.col("month") < as_month(at)).to_dicts()
    ]
    return theme.finish(
        alt.vconcat(
            alt.layer(lines, points),
            bars.properties(title=alt.Title(asked, fontSize=13)),
            spacing=18,
        ).resolve_scale(color="independent"),
        title=f"{wording.month_name(at)}: {', '.join(said)}",
        subtitle="Above: rank by downloads, log scale. Below: percent of Python developers",
        source=f"{counted_source(ranks, broken=False)} Survey: PSF and JetBrains.",
    )
