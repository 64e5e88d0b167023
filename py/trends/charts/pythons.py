"""Charts of versions of Python: the lowest that projects ask for, and those downloads come from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dates import moment
from trends.charts.dots import ROW_HEIGHT, role_color, row_axis
from trends.charts.labels import CHARACTER, GAP, PAGE, spread

BARS = 150
"""Pixels: the height of the upper panel of `floor_panels`."""

LONG = 330
"""Days from which a lane has room for a version."""

THICK = 0.025
"""Share from which a band has a name at its right end."""

WIDE = 0.1
"""Share from which a band has room for its name inside."""

SHADES = (0.35, 0.55, 0.75)
"""How far the bands of a colour cover the page, in turn."""


def floor_panels(floors: pl.DataFrame, steps: pl.DataFrame, *, claimed: int, today: date) -> Any:
    """Draw how many projects ask for which lowest Python, and below, how some of them came there.

    Args:
        floors: One row a project. Columns: `package` String, `floor` Int64 (Python 3 minor
            version).
        steps: What `frames.floor_steps` gives: one row a release, `package`, `version` String,
            `release_date` Date, `floor` Int64.
        claimed: The minor version claimed to be needed.
        today: The day looked at.
    """
    asking = floors.filter(pl.col("floor") >= claimed)["package"].to_list()
    said = f": {', '.join(asking)}" if asking else ""
    return theme.finish(
        alt.vconcat(
            _floor_bars(floors, claimed=claimed),
            _floor_lanes(steps, claimed=claimed, today=today),
            spacing=18,
        ).resolve_scale(color="independent"),
        title=f"{len(asking) or 'None'} of {len(floors)} projects ask for 3.{claimed}{said}",
        subtitle=(
            f"Above: by lowest Python accepted, {wording.day_name(today)}. "
            "Below: some of them over time"
        ),
        source="Source: requires-python at the tags of the projects' public repositories.",
    )


def _floor_bars(floors: pl.DataFrame, *, claimed: int) -> Any:
    counts = floors.group_by("floor").agg(
        projects=pl.len(), names=pl.col("package").sort().str.join(", ")
    )
    low, high = min(int(floors["floor"].min()), claimed), max(int(floors["floor"].max()), claimed)  # type: ignore[arg-type]
    every = pl.DataFrame({"floor": range(low, high + 1)}, schema={"floor": pl.Int64})
    rows = every.join(counts, on="floor", how="left", maintain_order="left").with_columns(
        pl.col("projects").fill_null(0),
        version=pl.format("3.{}", "floor"),
        has_it=pl.col("floor") >= claimed,
    )
    x = alt.X("version:N", sort=rows["version"].to_list())
    x = x.title("lowest Python accepted").axis(labelAngle=0)
    base = alt.Chart(rows).encode(
        x=x,
        y=alt.Y("projects:Q").title("projects").axis(tickCount=4),
        color=alt.Color("has_it:N")
        .scale(domain=[False, True], range=[theme.color("rest"), theme.color("accent")])
        .legend(None),
        tooltip=["version:N", "projects:Q", "names:N"],
    )
    words = base.mark_text(dy=-8, fontWeight=600).encode(
        text="projects:Q", color=alt.value(theme.color("text"))
    )
    claim = (
        alt.Chart(rows.filter(floor=claimed))
        .mark_text(dy=-40, color=theme.color("muted"))
        .encode(x=x, y="projects:Q", text=alt.value("the article"))
    )
    return alt.layer(base.mark_bar(), words, claim).properties(height=BARS)


def _floor_lanes(steps: pl.DataFrame, *, claimed: int, today: date) -> Any:
    """Draw one lane a project: which Python it asked for from when to when."""
    until = pl.col("release_date").shift(-1).over("package").fill_null(today)
    rows = (
        steps.sort("package", "release_date")
        .with_columns(
            until=until,
            asked=pl.format("3.{}", "floor"),
            has_it=pl.col("floor") >= claimed,
            shade=pl.col("floor") % len(SHADES),
            is_last=pl.col("release_date") == pl.col("release_date").max().over("package"),
        )
        .with_columns(days=(pl.col("until") - pl.col("release_date")).dt.total_days())
    )
    names = rows.sort("floor", "package", descending=[True, False])["package"]
    y = row_axis("package", names.unique(maintain_order=True).to_list())
    x = alt.X("release_date:T").title(None).axis(tickCount="year", format="%Y")
    ends = [moment(rows["release_date"].min()), moment(today)]
    x = x.scale(domain=ends, nice=False, rangeMax=alt.ExprRef("width - 36"))
    lanes = (
        alt.Chart(rows)
        .mark_bar(height=ROW_HEIGHT - 6, stroke=PAGE, strokeWidth=1)
        .encode(
            x=x,
            x2="until:T",
            y=y,
            color=role_color("has_it", [False, True], ["rest", "accent"]),
            fillOpacity=_fading("shade", range(len(SHADES))),
            tooltip=[
                "package:N",
                alt.Tooltip("asked:N", title="lowest Python"),
                "version:N",
                alt.Tooltip("release_date:T", format="%d %B %Y"),
            ],
        )
    )
    inside = alt.Chart(rows.filter(pl.col("days") >= LONG, ~pl.col("is_last")))
    words = inside.mark_text(align="left", dx=3, fontSize=11).encode(x=x, y=y, text="asked:N")
    now = alt.Chart(rows.filter("is_last")).mark_text(align="left", dx=5, fontWeight=600)
    return alt.layer(lanes, words, now.encode(x="until:T", y=y, text="asked:N")).properties(
        height=ROW_HEIGHT * rows["package"].n_unique()
    )


def version_bands(shares: pl.DataFrame, *, marked_from: int, what: str) -> Any:
    """Draw the shares of the versions of Python as bands, the oldest at the bottom.

    Args:
        shares: What `frames.version_shares` gives: `month`, `python_version`, `minor`, `share`.
        marked_from: The minor version from which bands are in colour.
        what: What is downloaded, for the words.
    """
    percent = 100 * pl.col("share")
    rows = shares.sort("month", "minor").with_columns(
        percent=percent,
        middle=percent.cum_sum().over("month") - percent / 2,
        is_new=pl.col("minor") >= marked_from,
    )
    last = rows["month"].max()
    assert isinstance(last, date)
    room = CHARACTER * len("3.10") + 12
    x = alt.X("month:T").title(None).scale(rangeMax=alt.ExprRef(f"width - {room:.0f}"), nice=False)
    color = (
        alt.Color("is_new:N")
        .scale(domain=[False, True], range=[theme.color("rest"), theme.color("accent")])
        .legend(None)
    )
    bands = (
        alt.Chart(rows)
        .mark_area(stroke=PAGE, strokeWidth=1, opacity=1)
        .encode(
            x=x.axis(format="%Y", tickCount="year"),
            y=alt.Y("percent:Q").title("percent").stack("zero").scale(domain=[0, 100], nice=False),
            order=alt.Order("minor:Q"),
            detail="python_version:N",
            color=color,
            fillOpacity=_fading("minor", rows["minor"].unique().sort().to_list()),
            tooltip=[
                "python_version:N",
                alt.Tooltip("month:T", format="%B %Y"),
                alt.Tooltip("percent:Q", format=".1f", title="percent"),
            ],
        )
    )
    new = float(rows.filter("is_new", month=last)["percent"].sum())
    return theme.finish(
        alt.layer(bands, *_band_names(rows, last)).properties(height=theme.HEIGHT),
        title=(
            f"Python 3.{marked_from} and newer: {new:.1f} percent of downloads "
            f"in {wording.month_name(last)}"
        ),
        subtitle=f"Downloads of {what} by version of Python, percent",
        source="Source: pypi-tools (Hugo van Kemenade), from PyPI's public download logs.",
    )


def _fading(field: str, values: Sequence[int]) -> alt.FillOpacity:
    """Let neighbours differ: the shade changes from version to version."""
    shades = [SHADES[place % len(SHADES)] for place in range(len(values))]
    return alt.FillOpacity(f"{field}:O", legend=None).scale(
        type="ordinal", domain=list(values), range=shades
    )


def _band_names(rows: pl.DataFrame, last: date) -> list[Any]:
    """Name a band at its right end, or where it was widest if it has become too thin there."""
    ends = rows.filter(pl.col("share") >= THICK, month=last).sort("middle")
    placed = spread(ends["middle"].to_list(), gap=100 * GAP)
    gone = rows.filter(~pl.col("python_version").is_in(ends["python_version"].to_list()))
    widest = gone.sort("share", "month").group_by("python_version", maintain_order=True).last()
    widest = widest.filter(pl.col("share") >= WIDE)
    right = (
        alt.Chart(ends.with_columns(middle=pl.Series(placed, dtype=pl.Float64)))
        .mark_text(align="left", dx=6, fontWeight=600)
        .encode(x="month:T", y="middle:Q", text="python_version:N")
    )
    inside = alt.Chart(widest).mark_text(dx=12, align="left", fontWeight=600)
    return [right, inside.encode(x="month:T", y="middle:Q", text="python_version:N")]
