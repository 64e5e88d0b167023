"""Charts of what a finding owes to the choices behind it: start months, and the yardstick."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dots import ROW_HEIGHT
from trends.charts.labels import haloed, log_axis
from trends.charts.lines import COUNTED
from trends.charts.verdicts import KEY, verdict_color
from trends.claims import SHAPES
from trends.frames import PRESENT, Month

STARTS = ("accent", "torch", "fastapi", "django", "pandas")
"""Colours of start months."""

BINS_PER_FOLD = 3
BINS = (-9, 18)
"""Bars for each doubling; the first and the last bar, which take in all that lies beyond."""

ALL = "all"
"""The column of the verdict from all start months."""


def against_middle(judged: pl.DataFrame, *, end: Month = PRESENT) -> Any:
    """Draw each package's growth divided by that of the middle, a dot for each start month.

    Args:
        judged: What `frames.growth_by_start` gives: `start` Date, `package` String, `growth`,
            `middle`, `ratio` Float64.
        end: The month growth leads to.
    """
    starts = judged["start"].unique().sort().to_list()
    names = [wording.month_name(start) for start in starts]
    rows = judged.with_columns(
        since=pl.col("start").replace_strict(starts, names, return_dtype=pl.String)
    )
    spans = rows.group_by("package").agg(
        low=pl.col("ratio").min(),
        high=pl.col("ratio").max(),
        first=pl.col("ratio").sort_by("start").first(),
        growth=pl.col("growth").sort_by("start").first(),
    )
    spans = spans.sort("first", "package", descending=[True, False]).with_columns(
        words=pl.format("{}: {}-fold", "package", pl.col("growth").round(1))
    )
    y = alt.Y("package:N", sort=spans["package"].to_list(), axis=None)
    ratios = pl.DataFrame({"ratio": [*rows["ratio"], 1.0]})
    axis = log_axis(ratios, "ratio")
    axis["grid"] = True
    x = (
        alt.X("ratio:Q")
        .title("times the middle package's growth")
        .scale(type="log", padding=14, nice=False)
        .axis(axis)
    )
    color = (
        alt.Color("since:N")
        .scale(domain=names, range=[theme.color(shade) for shade in STARTS[: len(names)]])
        .legend(title="from", orient="top", symbolOpacity=1)
    )
    bars = (
        alt.Chart(spans)
        .mark_rule(strokeWidth=2, color=theme.color("rest"))
        .encode(x=alt.X("low:Q"), x2="high:Q", y=y)
    )
    dots = (
        alt.Chart(rows)
        .mark_circle(size=100, opacity=1)
        .encode(
            x=x,
            y=y,
            color=color,
            tooltip=[
                "package:N",
                alt.Tooltip("since:N", title="from"),
                alt.Tooltip("growth:Q", format=".2f", title="times as many"),
                alt.Tooltip("middle:Q", format=".2f", title="the middle"),
            ],
        )
    )
    named = alt.Chart(spans).encode(x=alt.value(0), y=y, text="words:N")
    words = haloed(named, align="left", dy=-15)
    rule = (
        alt.Chart(pl.DataFrame({"ratio": [1.0]}))
        .mark_rule(strokeDash=[5, 4], color=theme.color("text"))
        .encode(x="ratio:Q")
    )
    kept = spans.filter(pl.col("low") >= 1)["package"].to_list()
    said = f"{wording.listing(kept) or 'none'} of {len(spans)}"
    return theme.finish(
        alt.layer(rule, *words, bars, dots).properties(height=alt.Step(ROW_HEIGHT + 18)),
        title=f"Outgrew the middle from every start month: {said}",
        subtitle=(
            f"Growth to {wording.month_name(end)} divided by that of the middle package, log scale"
        ),
        source=f"{COUNTED}.",
    )


def growth_histograms(grown: pl.DataFrame, *, yardstick: str) -> Any:
    """Draw how growth is distributed in several lists, each with its middle as a rule.

    Args:
        grown: One row per list and package. Columns: `list` String, `growth` Float64.
        yardstick: The list whose middle is drawn in colour.
    """
    lists = grown["list"].unique(maintain_order=True).to_list()
    low, high = BINS[0] / BINS_PER_FOLD, BINS[1] / BINS_PER_FOLD
    middles = grown.group_by("list", maintain_order=True).agg(
        middle=pl.col("growth").median(), packages=pl.len()
    )
    bins = (
        grown.with_columns(
            bin=(pl.col("growth").log(2) * BINS_PER_FOLD).floor().clip(BINS[0], BINS[1] - 1)
        )
        .group_by("list", "bin")
        .agg(packages=pl.len())
        .with_columns(
            start=pl.lit(2.0) ** (pl.col("bin") / BINS_PER_FOLD),
            end=pl.lit(2.0) ** ((pl.col("bin") + 1) / BINS_PER_FOLD),
        )
        .sort("list", "bin")
    )
    scale = alt.Scale(type="log", domain=[2**low, 2**high], nice=False)
    panels = []
    for name in lists:
        middle = middles.filter(list=name).row(0, named=True)
        shade = theme.color("accent" if name == yardstick else "rest")
        axis = alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50], format="~r")
        high_count = float(max(bins.filter(list=name)["packages"]))
        bars = (
            alt.Chart(bins.filter(list=name))
            .mark_rect(color=shade, opacity=0.75)
            .encode(
                x=alt.X("start:Q").title("times as many downloads").scale(scale).axis(axis),
                x2="end:Q",
                y=alt.Y("packages:Q")
                .title("packages")
                .scale(domain=[0, high_count * 1.25])
                .axis(tickCount=3),
                y2=alt.datum(0),
                tooltip=[
                    alt.Tooltip("start:Q", format=".2f", title="from"),
                    alt.Tooltip("end:Q", format=".2f", title="to"),
                    alt.Tooltip("packages:Q", format=",", title="packages"),
                ],
            )
        )
        at = pl.DataFrame({"at": [middle["middle"]], "words": [wording.fold(middle["middle"], 2)]})
        rule = alt.Chart(at).mark_rule(strokeWidth=2, color=theme.color("text")).encode(x="at:Q")
        words = (
            alt.Chart(at)
            .mark_text(align="left", dx=6, dy=6, fontWeight=600)
            .encode(x="at:Q", y=alt.value(0), text="words:N")
        )
        title = alt.Title(f"{name}: {middle['packages']:,} packages", fontSize=13)
        panels.append(alt.layer(bars, rule, words).properties(height=120, title=title))
    said = [f"{wording.fold(row['middle'], 2)} ({row['list']})" for row in middles.to_dicts()]
    return theme.finish(
        alt.vconcat(*panels, spacing=14),
        title=f"Growth of the middle package: {', '.join(said)}",
        subtitle="Packages by growth, log scale; in colour: the list that is the yardstick",
        source=f"{COUNTED}.",
    )


def window_grid(judged: pl.DataFrame, *, needed: int) -> Any:
    """Draw the verdict of each claim from each start month, and from all of them.

    Args:
        judged: What `claims.by_window` gives.
        needed: In how many start months the packages had to keep up, for the words.
    """
    starts = judged["start"].unique().sort().to_list()
    columns = [*(f"{start:%b %y}" for start in starts), ALL]
    label = pl.col("start").dt.strftime("%b %y")
    single = judged.select("claim_id", "packages", column=label, verdict="window")
    whole = judged.unique("claim_id", maintain_order=True)
    last = whole.select("claim_id", "packages", column=pl.lit(ALL), verdict="verdict")
    cells = pl.concat([single, last]).with_columns(shape=pl.col("verdict").replace_strict(SHAPES))
    heads = whole.with_columns(
        words=pl.format("{}: {} of {}", "packages", "favours", pl.lit(len(starts)))
    )
    order = heads["claim_id"].to_list()
    y = alt.Y("claim_id:N", sort=order, axis=None)
    axis = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, title=None, offset=14)
    base = alt.Chart(cells).encode(
        x=alt.X("column:N", sort=columns).axis(axis),
        y=y,
        color=verdict_color(),
        tooltip=["claim_id:N", alt.Tooltip("column:N", title="from"), "verdict:N"],
    )
    marks = base.mark_rect(height=15, width={"band": 0.94}, opacity=0.25)
    shapes = base.mark_text(fontWeight=700, fontSize=13, aria=False).encode(text="shape:N")
    words = (
        alt.Chart(heads).mark_text(align="left", dy=-17).encode(x=alt.value(0), y=y, text="words:N")
    )
    same = (
        cells.filter(pl.col("column") != ALL).group_by("claim_id").agg(pl.col("verdict").n_unique())
    )
    steady = (same["verdict"] == 1).sum()
    moved = whole.filter(pl.col("verdict") != pl.col("ledger"))["claim_id"].to_list()
    changed = f"; with {needed} needed {wording.listing(moved)} changes" if moved else ""
    return theme.finish(
        alt.layer(marks, shapes, words).properties(height=alt.Step(ROW_HEIGHT + 16)),
        title=f"{steady} of {len(order)} growth claims have one verdict from every start{changed}",
        subtitle=f"{KEY.partition(', ✖')[0]}; from each start month, and ({ALL}) with {needed} of "
        f"{len(starts)} needed",
        source=f"{COUNTED}.",
    )
