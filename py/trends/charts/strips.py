"""Days and stretches of time, a row for each thing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Unpack

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.axes import ROW_HEIGHT, row_axis, years
from trends.charts.rules import date_rule
from trends.charts.theme import Heading, Picture


def strips(
    releases: pl.DataFrame,
    *,
    row: str = "package",
    order: Iterable[str],
    x: alt.X,
    color: alt.Color | None = None,
    step: float = ROW_HEIGHT,
    behind: Sequence[Picture] = (),
    front: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw a tick for each release.

    Args:
        releases: One row a release. Columns: `row`, `version` String, `release_date` Date, and
            what `color` uses.
        row: Column of the names at the left.
        order: The names in the order to show.
        x: The axis of dates, for `release_date`.
        color: Colour of the ticks.
        step: Pixels of a row.
        behind: Layers below the ticks.
        front: Layers above them.
        heading: As `Heading` says; without a title the chart becomes a panel of another one.
    """
    names = list(order)
    drawn = alt.Chart(releases).mark_tick(thickness=2, size=16, opacity=0.75)
    drawn = drawn.encode(
        x=x,
        y=row_axis(row, names),
        color=color or alt.value(theme.color("accent")),
        tooltip=[f"{row}:N", "version:N", alt.Tooltip("release_date:T", format="%d %B %Y")],
    )
    # a panel cannot grow by its rows
    height = alt.Step(step) if heading else step * max(len(names), 1)
    return theme.layered(drawn.properties(height=height), behind, front, heading)


def support_calendar(calendar: pl.DataFrame, *, today: date, **heading: Unpack[Heading]) -> Picture:
    """Draw a bar a version: in colour until active support ends, grey until its end.

    Args:
        calendar: One row a version, in the order to show. Columns: `version` String, `start`,
            `active` (end of active support), `end` Date.
        today: Where the rule stands.
        heading: As `Heading` says.
    """
    base = alt.Chart(calendar).encode(
        y=row_axis("version", calendar["version"]),
        tooltip=[
            "version:N",
            alt.Tooltip("start:T", format="%d %B %Y", title="first release"),
            alt.Tooltip("active:T", format="%d %B %Y", title="active support ends"),
            alt.Tooltip("end:T", format="%d %B %Y", title="end of life"),
        ],
    )
    active = base.mark_bar(height=12, color=theme.color("accent"))
    after = base.mark_bar(height=12, color=theme.color("rest"))
    chart = alt.layer(
        active.encode(x=years("start"), x2="active:T"),
        after.encode(x="active:T", x2="end:T"),
        date_rule(today, wording.day_name(today), above=True),
    )
    return theme.layered(chart.properties(height=alt.Step(ROW_HEIGHT)), (), (), heading)
