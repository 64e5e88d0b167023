"""Axes and colours: dates with room for names, rows of names, logarithms."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts import theme
from trends.charts.parts.words import CHARACTER, limits, room
from trends.frames import Month

ROW_HEIGHT = 26
"""Pixels of a row."""

NAME_WIDTH = 150
"""Pixels of the longest name shown at the left."""

FEW_DECADES = 2.3

PHONE_PANEL = 268
SPARE = 15
"""Pixels: width of a panel on a phone; how far a name may stand out of it."""

LEAST_ROOM = 0.16
"""Least share of a panel's time axis that is added for names."""

MONTH_STEPS = ((210, 1), (460, 3), (1000, 6))
"""Up to so many days the axis labels every so many months, beyond them years only; Vega would
count weeks, or leave out the years."""

MONTHS = (
    "month(datum.value) == 0 || datum.index == 0"
    " ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)
"""Vega expression of a label: the month, and below it the year where one begins."""

START = "start"
"""Name of the parameter that moves the first month of a drawn chart."""


def row_axis(row: str, order: Iterable[str]) -> alt.Y:
    """Make the axis of names at the left, in the order given."""
    rows = list(order)
    names = {row: wording.product(row) for row in rows if isinstance(row, str)}
    shown = json.dumps({row: name for row, name in names.items() if name != row})
    words = alt.Undefined if shown == "{}" else f"({shown})[datum.label] || datum.label"
    axis = alt.Axis(title=None, labelLimit=NAME_WIDTH, labelPadding=8, grid=False, labelExpr=words)
    return alt.Y(f"{row}:N", sort=rows, axis=axis)


def nameless_axis(row: str, order: Iterable[str]) -> alt.Y:
    """Make an axis of rows without names, for words above them."""
    return alt.Y(f"{row}:N", sort=list(order), axis=None)


def log_axis(*values: pl.Series | Sequence[float], **axis: Any) -> alt.Axis:
    """Make the ticks of a logarithmic axis: powers of ten, and 2 and 5 where these are few.

    Vega's own choice draws a line for each of the nine steps of a decade.
    """
    low, high = limits(pl.Series([float(value) for column in values for value in column]))
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if math.log10(high / low) <= FEW_DECADES else (1,)
    ticks = [step * 10.0**decade for decade in decades for step in steps]
    # Vega keeps every other value where there are more than its count.
    return alt.Axis(values=ticks, tickCount=len(ticks), format=",~r", **axis)


def color_by(column: str, shades: Mapping[Any, str], *, legend: int = 0) -> alt.Color:
    """Colour by a column of texts, or of true and false: the palette's `shades` by value.

    `legend` is the number of columns of a legend on top; without any there is none.
    """
    scale = alt.Scale(domain=list(shades), range=[theme.color(name) for name in shades.values()])
    key = alt.Legend(title=None, orient="top", columns=legend, symbolOpacity=1)
    return alt.Color(f"{column}:N").scale(scale).legend(key if legend else None)


def package_scale(names: Sequence[str]) -> alt.Scale:
    """Give each package the colour that it has through the whole site."""
    return alt.Scale(domain=list(names), range=theme.series_colors(names))


def span(rows: pl.DataFrame, x: str = "month") -> tuple[date, date]:
    """Return the first and the last date of a frame."""
    first, last = rows[x].min(), rows[x].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first, last


def moment(day: date) -> alt.DateTime:
    """Write a date as a scale or an axis takes it."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def years(x: str, *days: date, grid: bool = True, **scale: Any) -> alt.X:
    """Make an axis of dates that labels years; from the first to the last of `days`, if given."""
    if days:
        scale |= {"domain": [moment(min(days)), moment(max(days))], "nice": False}
    axis = alt.Axis(format="%Y", tickCount="year", grid=grid)
    return alt.X(f"{x}:T").title(None).scale(**scale).axis(axis)


def date_axis(rows: pl.DataFrame, x: str, names: Sequence[str], start: Month | None) -> alt.X:
    """End the axis of dates where the names of the lines need the room.

    It begins at the parameter `START` if there is a `start`, else with the first date.
    """
    first, last = span(rows, x)
    ends: dict[str, Any] = {"domain": [moment(first), moment(last)]}
    if start is not None:
        begin = alt.ExprRef(f"timeParse({START}, '%Y-%m')")
        ends = {"domainMin": begin, "domainMax": moment(last)}
    scale = alt.Scale(**ends, nice=False, rangeMax=room(names))
    return alt.X(f"{x}:T").title(None).scale(scale).axis(**_labels(rows, x))


def panel_scale(rows: pl.DataFrame, x: str, names: Sequence[str]) -> alt.Scale:
    """Make the time axis of a panel, with room for the longest name on a phone too."""
    first, last = span(rows, x)
    pixels = CHARACTER * max(len(name) for name in names) - SPARE
    share = max(pixels / (PHONE_PANEL - pixels), LEAST_ROOM)
    end = last + timedelta(days=round((last - first).days * share))
    return alt.Scale(domain=[moment(first), moment(end)], nice=False)


def panel_axis(rows: pl.DataFrame, x: str, names: Sequence[str]) -> alt.X:
    """Leave room for the names by going on beyond the last date, without years there."""
    _, last = span(rows, x)
    past = f"datum.value > datetime({last.year}, {last.month - 1}, {last.day})"
    labels = _labels(rows, x)
    shown = labels.pop("labelExpr", "datum.label")
    axis = alt.Axis(labelExpr=f"{past} ? '' : ({shown})", ticks=False, labelPadding=7, **labels)
    return alt.X(f"{x}:T").title(None).scale(panel_scale(rows, x, names)).axis(axis)


def _labels(rows: pl.DataFrame, x: str) -> dict[str, Any]:
    """Label whole years where the dates span many, else months."""
    first, last = span(rows, x)
    for days, step in MONTH_STEPS:
        if (last - first).days <= days:
            every = alt.TimeIntervalStep(interval="month", step=step)
            return {"tickCount": every, "labelExpr": MONTHS}
    return {"tickCount": "year", "format": "%Y", "labelOverlap": True, "labelSeparation": 5}
