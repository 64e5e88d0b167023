"""Charts that hold growth against that of the middle package: as bars, and window by window."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.bars import word_bars
from trends.charts.dots import ROW_HEIGHT, role_color, row_axis
from trends.charts.labels import PAGE
from trends.charts.lines import COUNTED
from trends.frames import PRESENT, Month

HEAT_HEIGHT, SHADES = 46, (0.2, 0.6)
"""Of a square: pixels of its height, and how far its colour covers the page."""


def growth_bars(grown: pl.DataFrame, *, middle: float, start: Month, end: Month = PRESENT) -> Any:
    """Draw each package's growth as a bar, with a rule at that of the middle package.

    Args:
        grown: One row a package. Columns: `package`, `role` String, `after` Int64 (downloads in 30
            days), `growth` Float64, null where the package was not listed at the start.
        middle: Growth of the middle package.
        start: The month divided by.
        end: The month divided.
    """
    rows = grown.sort("growth", "package", descending=[True, False], nulls_last=True)
    times = pl.format("{}-fold", pl.col("growth").round(1)).fill_null("no start value")
    words = pl.format("{}, {} M", times, (pl.col("after") / 1e6).round(2))
    bars = word_bars(
        rows.with_columns(words=words, times=pl.col("growth").fill_null(0)),
        row="package",
        value="times",
        words="words",
        x_title="times as many",
        color=role_color("role", ["named", "rival"], ["accent", "rest"]),
        reach=middle,
    )
    at = pl.DataFrame({"middle": [middle], "words": [f"middle {wording.fold(middle)}"]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(x="middle:Q")
    name = (
        alt.Chart(at)
        .mark_text(baseline="bottom", dy=-4, color=theme.color("muted"))
        .encode(x="middle:Q", y=alt.value(0), text="words:N")
    )
    listed = rows.drop_nulls("growth")
    ahead = wording.listing(listed.filter(pl.col("growth") >= middle)["package"])
    behind = wording.listing(listed.filter(pl.col("growth") < middle)["package"])
    span = f"{wording.month_name(start)} to {wording.month_name(end)}"
    return theme.finish(
        alt.layer(rule, bars, name).properties(height=alt.Step(ROW_HEIGHT)),
        title=f"Ahead of the middle package: {ahead or 'none'}; behind: {behind or 'none'}",
        subtitle=f"Growth, {span}, and million downloads; in colour: named by the article",
        source=f"{COUNTED}, {span}.",
    )


def window_heat(judged: pl.DataFrame, *, end: Month = PRESENT) -> Any:
    """Draw growth against the middle package from several start months, a square each.

    Args:
        judged: What `frames.growth_by_start` gives: `start` Date, `package` String, `growth`,
            `middle`, `ratio` Float64.
        end: The month growth leads to.
    """
    names = judged["package"].unique(maintain_order=True).to_list()
    rows = judged.with_columns(
        since=pl.col("start").dt.strftime("%b %Y"),
        is_ahead=pl.col("ratio") >= 1,
        strength=pl.col("ratio").log(2).abs().clip(0, 1),
    )
    x = alt.X("since:N", sort=rows.sort("start")["since"].unique(maintain_order=True).to_list())
    base = alt.Chart(rows).encode(
        x=x.title(f"growth from this month to {wording.month_name(end)}").axis(
            labelAngle=0, labelExpr="split(datum.label, ' ')", domain=False, ticks=False
        ),
        y=row_axis("package", names),
    )
    ratio = alt.Text("ratio:Q", format=".2f")
    squares = base.mark_rect(stroke=PAGE, strokeWidth=2).encode(
        color=role_color("is_ahead", [True, False], ["accent", "torch"]),
        fillOpacity=alt.FillOpacity("strength:Q", legend=None).scale(
            domain=[0, 1], range=[0.2, 0.6]
        ),
        tooltip=[
            "package:N",
            alt.Tooltip("start:T", format="%B %Y"),
            alt.Tooltip("growth:Q", format=".2f"),
            alt.Tooltip("middle:Q", format=".2f", title="middle package"),
            alt.Tooltip("ratio:Q", format=".2f"),
        ],
    )
    values = base.mark_text(fontWeight=600, fontSize=14).encode(
        text=alt.Text("ratio:Q", format=".2f")
    )
    starts = rows.group_by("start").agg(pl.col("is_ahead").all())
    agree = int(starts["is_ahead"].sum())
    together = "both" if len(names) == 2 else "all"
    return theme.finish(
        alt.layer(squares, values.encode(text=ratio)).properties(height=alt.Step(HEAT_HEIGHT)),
        title=(
            f"{wording.listing(names)} {together} keep up with the middle "
            f"from {wording.in_words(agree)} of {wording.in_words(len(starts))} start months"
        ),
        subtitle="Growth divided by that of the middle package; blue: 1 or more, orange: less",
        source=f"{COUNTED}.",
    )
