"""The lowest Python that projects ask for."""

from datetime import date

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts import theme
from trends.charts.parts.axes import ROW_HEIGHT, color_by, row_axis, years
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import PAGE, room, tips

BARS = 150
"""Pixels: the height of the upper panel of `floor_panels`."""

LONG = 330
"""Days from which a lane has room for a version."""

SHADES = (0.35, 0.55, 0.75)
"""How far the bars of a colour cover the page, in turn."""


def floor_panels(
    floors: pl.DataFrame, steps: pl.DataFrame, *, claimed: int, today: date
) -> Picture:
    """Draw how many projects ask for which lowest Python, and below, how some of them came there.

    Args:
        floors: One row a project: `package`, `floor` (Python 3 minor version).
        steps: What `frames.floor_steps` returns.
        claimed: The minor version claimed to be needed.
        today: The day looked at.
    """
    asking = floors.filter(pl.col("floor") >= claimed)["package"].to_list()
    said = f": {', '.join(asking)}" if asking else ""
    return theme.panels(
        _bars(floors, claimed),
        _lanes(steps, claimed, today),
        spacing=18,
        title=f"{len(asking) or 'None'} of {len(floors)} projects ask for 3.{claimed}{said}",
        subtitle=f"Above: by lowest Python accepted, {wording.day_name(today)}. "
        "Below: some of them over time",
        source="Source: requires-python at the tags of the projects' public repositories.",
    )


def _bars(floors: pl.DataFrame, claimed: int) -> Picture:
    counts = floors.group_by("floor").agg(
        projects=pl.len(), names=pl.col("package").sort().str.join(", ")
    )
    known = [*floors["floor"], claimed]
    every = pl.DataFrame({"floor": range(min(known), max(known) + 1)})
    rows = every.join(counts, on="floor", how="left", maintain_order="left").with_columns(
        pl.col("projects").fill_null(0),
        version=pl.format("3.{}", "floor"),
        has_it=pl.col("floor") >= claimed,
    )
    x = alt.X("version:N", sort=rows["version"].to_list())
    base = alt.Chart(rows).encode(
        x=x.title("lowest Python accepted").axis(labelAngle=0),
        y=alt.Y("projects:Q").title("projects").axis(tickCount=4),
        color=color_by("has_it", {False: "rest", True: "accent"}),
        tooltip=["version:N", "projects:Q", "names:N"],
    )
    text, muted = (alt.value(theme.color(name)) for name in ("text", "muted"))
    words = base.mark_text(dy=-8, fontWeight=600).encode(text="projects:Q", color=text)
    claim = base.transform_filter(f"datum.floor == {claimed}").mark_text(dy=-40)
    claim = claim.encode(text=alt.value("the article"), color=muted)
    return alt.layer(base.mark_bar(), words, claim).properties(height=BARS)


def _lanes(steps: pl.DataFrame, claimed: int, today: date) -> Picture:
    """Draw one lane a project: which Python it asked for from when to when."""
    day = pl.col("release_date")
    until = day.shift(-1).over("package").fill_null(today)
    rows = steps.sort("package", "release_date").with_columns(
        until=until,
        days=(until - day).dt.total_days(),
        asked=pl.format("3.{}", "floor"),
        has_it=pl.col("floor") >= claimed,
        shade=pl.col("floor") % len(SHADES),
        is_last=day == day.max().over("package"),
    )
    names = rows.sort("floor", "package", descending=[True, False])["package"]
    asked = ("asked:N", "", "lowest Python")
    fading = alt.FillOpacity("shade:O", legend=None)  # neighbours must differ
    base = alt.Chart(rows).encode(
        x=years(
            "release_date", *rows["release_date"], today, grid=False, rangeMax=room(["3.10"], 7)
        ),
        y=row_axis("package", names.unique(maintain_order=True)),
        text="asked:N",
    )
    lanes = base.mark_bar(height=ROW_HEIGHT - 6, stroke=PAGE, strokeWidth=1).encode(
        x2="until:T",
        color=color_by("has_it", {False: "rest", True: "accent"}),
        fillOpacity=fading.scale(type="ordinal", domain=[0, 1, 2], range=SHADES),
        tooltip=tips("package:N", asked, "version:N", ("release_date:T", "%d %B %Y")),
    )
    has_room = f"datum.days >= {LONG} && !datum.is_last"
    words = base.transform_filter(has_room).mark_text(align="left", dx=3, fontSize=11)
    now = base.transform_filter("datum.is_last").mark_text(align="left", dx=5, fontWeight=600)
    return alt.layer(lanes, words, now.encode(x="until:T")).properties(
        height=ROW_HEIGHT * rows["package"].n_unique()
    )
