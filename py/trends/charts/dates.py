"""Building block: the axis of dates, with room at its end for the names of lines."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from trends.charts.labels import CHARACTER
from trends.frames import Month

PHONE_PANEL = 268
SPARE = 15
"""Pixels: width of a panel on a phone; how far a name may stand out of it."""

LEAST_ROOM = 0.16
"""Least share of a panel's time axis that is added for names."""

MANY_DAYS = 1000
"""From this span on the axis of dates shows years only."""

MONTH_STEPS = ((210, 1), (460, 3), (MANY_DAYS, 6))
"""Up to so many days the axis labels every so many months; Vega would count weeks, or leave out
the years."""

MONTHS = (
    "month(datum.value) == 0 || datum.index == 0"
    " ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)
"""Vega expression of a label: the month, and below it the year where one begins."""

START = "start"
"""Name of the parameter that moves the first month of a drawn chart."""


def moment(day: object) -> alt.DateTime:
    """A date as a scale or an axis takes it."""
    assert isinstance(day, date)
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def date_axis(rows: pl.DataFrame, x: str, names: Sequence[str], start: Month | None) -> alt.X:
    """End the axis of dates where the names need the room.

    Args:
        rows: One row per date and line.
        x: Column of the dates.
        names: Names of the lines.
        start: The first month shown, as the parameter `START`; else the first there is.
    """
    first, last = rows[x].min(), rows[x].max()
    room = CHARACTER * max(len(name) for name in names) + 12
    ends = [moment(first), moment(last)]
    scale = alt.Scale(domain=ends, nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}"))
    if start is not None:
        scale = alt.Scale(
            domainMin=alt.ExprRef(f"timeParse({START}, '%Y-%m')"),
            domainMax=ends[1],
            nice=False,
            rangeMax=alt.ExprRef(f"width - {room:.0f}"),
        )
    return alt.X(f"{x}:T").title(None).scale(scale).axis(**_labels(rows, x))


def panel_scale(rows: pl.DataFrame, x: str, names: Sequence[str]) -> alt.Scale:
    """Make the time axis of a panel, with room for the longest name on a phone too."""
    first, last = rows[x].min(), rows[x].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    room = CHARACTER * max(len(name) for name in names) - SPARE
    share = max(room / (PHONE_PANEL - room), LEAST_ROOM)
    end = last + timedelta(days=round((last - first).days * share))
    return alt.Scale(domain=[moment(first), moment(end)], nice=False)


def panel_axis(rows: pl.DataFrame, x: str, names: Sequence[str]) -> alt.X:
    """Leave room for the names by going on beyond the last date, without years there."""
    first, last = rows[x].min(), rows[x].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    past = f"datum.value > datetime({last.year}, {last.month - 1}, {last.day})"
    labels = _labels(rows, x)
    shown = labels.pop("labelExpr", "datum.label")
    axis = alt.Axis(labelExpr=f"{past} ? '' : ({shown})", ticks=False, labelPadding=7, **labels)
    return alt.X(f"{x}:T").title(None).scale(panel_scale(rows, x, names)).axis(axis)


def labelled(time: alt.X, dates: Sequence[date]) -> alt.X:
    """Label these dates and no others."""
    axis: alt.X = time.axis(values=[moment(day) for day in dates], format="%b %Y")
    return axis


def _labels(rows: pl.DataFrame, x: str) -> dict[str, Any]:
    """Label whole years where the dates span many, else months."""
    first, last = rows[x].min(), rows[x].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    for days, step in MONTH_STEPS:
        if (last - first).days <= days:
            every = alt.TimeIntervalStep(interval="month", step=step)
            return {"tickCount": every, "labelExpr": MONTHS}
    return {"tickCount": "year", "format": "%Y", "labelOverlap": True, "labelSeparation": 5}
