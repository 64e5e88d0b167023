"""Days and stretches of time, a row for each thing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Unpack

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts import theme
from trends.charts.parts.axes import ROW_HEIGHT, row_axis, years
from trends.charts.parts.rules import date_rule
from trends.charts.parts.theme import Heading, Picture
from trends.charts.parts.words import tips

DAY = "%d %B %Y"


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
        releases: One row a release: `version`, `release_date` Date.
        row: Column of the names at the left.
        order: The names in the order to show.
        x: The axis of dates, for `release_date`.
        color: Colour of the ticks.
        step: Pixels of a row.
        behind: Layers below the ticks, and `front` those above them.
        front: Layers.
        heading: As `Heading` says.
    """
    names = list(order)
    drawn = alt.Chart(releases).mark_tick(thickness=2, size=16, opacity=0.75)
    drawn = drawn.encode(
        x=x,
        y=row_axis(row, names),
        color=color or alt.value(theme.color("accent")),
        tooltip=tips(f"{row}:N", "version:N", ("release_date:T", DAY)),
    )
    # a panel cannot grow by its rows
    height = alt.Step(step) if heading else step * max(len(names), 1)
    return theme.layered(drawn.properties(height=height), behind, front, heading)


def support_calendar(calendar: pl.DataFrame, *, today: date, **heading: Unpack[Heading]) -> Picture:
    """Draw a bar a version: in colour until active support ends, grey until its end; and `today`.

    `calendar` has, in the order to show, `version`, `start`, `active` (end of that), `end`.
    """
    base = alt.Chart(calendar).encode(
        y=row_axis("version", calendar["version"]),
        tooltip=tips(
            "version:N",
            ("start:T", DAY, "first release"),
            ("active:T", DAY, "active support ends"),
            ("end:T", DAY, "end of life"),
        ),
    )
    active = base.mark_bar(height=12, color=theme.color("accent"))
    after = base.mark_bar(height=12, color=theme.color("rest"))
    chart = alt.layer(
        active.encode(x=years("start"), x2="active:T"),
        after.encode(x="active:T", x2="end:T"),
        date_rule(today, wording.day_name(today), above=True),
    )
    return theme.layered(chart.properties(height=alt.Step(ROW_HEIGHT)), (), (), heading)
