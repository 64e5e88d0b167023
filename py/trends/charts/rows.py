"""One row a thing: dots and bars with words beside them, dumbbells with a name above."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

import altair as alt
import polars as pl

from trends.charts.parts import theme
from trends.charts.parts.axes import (
    PHONE_PANEL,
    ROW_HEIGHT,
    color_by,
    log_axis,
    nameless_axis,
    row_axis,
)
from trends.charts.parts.theme import Heading, Picture
from trends.charts.parts.words import CHARACTER, haloed, limits, names_above, room

THIN = 12
"""Pixels: height of a bar below its name."""


def dots(
    rows: pl.DataFrame,
    *,
    row: str,
    value: str,
    words: str = "words",
    x_title: str,
    color: alt.Color,
    scale: Literal["log", "linear"] = "log",
    reverse: bool = False,
    shape: alt.Shape | None = None,
    details: Sequence[str | alt.Tooltip] = (),
    behind: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one dot a row, in the order of `rows`, with words at its right.

    Args:
        rows: One row a thing.
        row: Column of the names at the left.
        value: Column of the values, positive if `scale` is log.
        words: Column of the words beside the dots.
        x_title: The unit.
        color: Colour of the dots.
        scale: Scale of the axis.
        reverse: Put small values at the right, as for ranks.
        shape: Shape of the dots, where colour alone must not tell them apart.
        details: Tooltip entries after name and value.
        behind: Layers below the dots, such as `value_rule(1)`.
        heading: As `Heading` says.
    """
    log = scale == "log"
    low, high = limits(rows[value])
    start, end = (low / 1.15, high * 1.05) if log else (0.0, high)
    extra: dict[str, Any] = {"rangeMax": room(rows[words], 14)}
    if not heading:  # only a chart of its own can measure its width
        pixels = CHARACTER * max(len(text) for text in rows[words]) + 14
        share = pixels / (PHONE_PANEL - pixels)
        end = end * (end / start) ** share if log else end + (end - start) * share
        extra = {}
    ticks = log_axis(rows[value]) if log else alt.Axis(tickCount=5)
    ticks["grid"] = ticks["labelOverlap"] = True
    y = row_axis(row, rows[row])
    x = alt.X(f"{value}:Q").title(x_title).axis(ticks)
    base = alt.Chart(rows).encode(
        y=y,
        x=x.scale(type=scale, domain=[start, end], reverse=reverse, nice=False, **extra),
        color=color,
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=",", title=x_title), *details],
    )
    drawn = base.mark_point(shape="circle", filled=True, size=90, opacity=1)
    if shape is not None:
        drawn = drawn.encode(shape=shape)
    texts = alt.Chart(rows).encode(y=y, x=f"{value}:Q", text=f"{words}:N")
    chart = alt.layer(drawn, *haloed(texts, align="left", dx=9))
    return theme.layered(chart.properties(height=alt.Step(ROW_HEIGHT)), behind, (), heading)


def bars(
    rows: pl.DataFrame,
    *,
    row: str,
    value: str,
    words: str = "words",
    x_title: str,
    color: alt.Color,
    reach: float = 0,
    behind: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one horizontal bar from zero a row, in the order of `rows`, with words at its end.

    Args are those of `dots`; `reach` is a further value that the axis has to show.
    """
    high = max(limits(rows[value])[1], reach)
    scale = alt.Scale(domain=[0, high], nice=False, rangeMax=room(rows[words], 8))
    base = alt.Chart(rows).encode(y=row_axis(row, rows[row]))
    drawn = base.mark_bar(height=ROW_HEIGHT - 10).encode(
        x=alt.X(f"{value}:Q").title(x_title).scale(scale).axis(tickCount=4),
        color=color,
        tooltip=[f"{row}:N", alt.Tooltip(f"{value}:Q", format=",.1f", title=x_title)],
    )
    texts = haloed(base.encode(x=f"{value}:Q", text=f"{words}:N"), align="left", dx=6)
    chart = alt.layer(drawn, *texts).properties(height=alt.Step(ROW_HEIGHT))
    return theme.layered(chart, behind, (), heading)


def stacked_bars(
    rows: pl.DataFrame,
    *,
    row: str,
    part: str,
    value: str,
    x_title: str,
    color: alt.Color,
    names: str = "",
    words: str = "",
    top: float | None = None,
    step: int = ROW_HEIGHT,
    behind: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw one horizontal bar a row, made of parts one after the other.

    Args:
        rows: One row per thing and part, both in the order to show.
        row: Column that tells the bars apart; without `names` they stand at the left.
        part: Column of the parts.
        value: Column of the lengths.
        x_title: The unit.
        color: Colour of the parts.
        names: Column of the words above the bars, for long names.
        words: Column of the words at the ends of the bars.
        top: Where the axis ends; else where the words behind the longest bar have room.
        step: Pixels of a row.
        behind: Layers below the bars, such as `value_rule(1)`.
        heading: As `Heading` says.
    """
    end = pl.col(value).cum_sum().over(row)
    parts = rows.with_columns(end=end, start=end - pl.col(value))
    things = parts.group_by(row, maintain_order=True).last()
    y = (nameless_axis if names else row_axis)(row, things[row])
    scale: dict[str, Any] = {"domain": [0, top or limits(things["end"])[1]], "nice": False}
    if words and top is None:
        scale["rangeMax"] = room(things[words].cast(pl.String), 10)
    axis = alt.Axis(tickCount=5, grid=bool(names))
    drawn = alt.Chart(parts).mark_bar(height=ROW_HEIGHT - 6)
    layers: list[Picture] = [
        drawn.encode(
            x=alt.X("start:Q").title(x_title).scale(**scale).axis(axis),
            x2="end:Q",
            y=y,
            color=color,
            tooltip=[f"{row}:N", f"{part}:N", alt.Tooltip(f"{value}:Q", format=",.4~r")],
        )
    ]
    if names:
        layers.append(names_above(things, y, names, dy=-21))
    if words:
        ends = alt.Chart(things).encode(x="end:Q", y=y, text=f"{words}:N")
        layers += haloed(ends, align="left", dx=6, fontWeight=600)
    chart = alt.layer(*layers).properties(height=alt.Step(step))
    return theme.layered(chart, behind, (), heading)


def percent_bars(rows: pl.DataFrame, *, row: str, color: alt.Color) -> Picture:
    """Draw a panel of bars from 0 to 100 with words above them: long names need no margin.

    `rows` has, in the order to show, `row`, `words`, `percent`, and what `color` uses.
    """
    base = alt.Chart(rows).encode(y=nameless_axis(row, rows[row]))
    drawn = base.mark_bar(height=THIN).encode(
        x=alt.X("percent:Q").title(None).scale(domain=[0, 100]).axis(grid=False, tickCount=5),
        color=color,
        tooltip=[f"{row}:N", alt.Tooltip("percent:Q", format=".1f")],
    )
    names = base.mark_text(align="left", dy=-14).encode(x=alt.value(0), text="words:N")
    return alt.layer(drawn, names).properties(height=(ROW_HEIGHT + THIN) * len(rows))


def dumbbells(
    rows: pl.DataFrame,
    *,
    row: str,
    ends: Mapping[str, str],
    words: str = "",
    x_title: str,
    log: bool = False,
    digits: int = 1,
    behind: Sequence[Picture] = (),
    **heading: Unpack[Heading],
) -> Picture:
    """Draw two dots a row, joined by a line, in the order of `rows`; the name stands above.

    Args:
        rows: One row a thing; a null in one of the two columns of numbers is no dot.
        row: Column of the names.
        ends: The columns of the two values, each with a name of the palette.
        words: Column of the words at the right of the right dot.
        x_title: The unit.
        log: Draw the values on a logarithmic axis, else from zero.
        digits: Decimals in the tooltip.
        behind: Layers below the dots, such as `value_rule(1)`.
        heading: As `Heading` says.
    """
    first, second = ends
    long = rows.unpivot(list(ends), index=row, variable_name="which").drop_nulls("value")
    low, high = limits(long["value"])
    scale = alt.Scale(
        type="log" if log else "linear",
        domain=[low / 1.3, high * 1.2] if log else [0, high],
        nice=False,
        rangeMax=room(rows[words]) if words else alt.Undefined,
    )
    y = nameless_axis(row, rows[row])
    axis = log_axis(long["value"]) if log else alt.Axis(tickCount=5)
    joint = alt.Chart(rows.drop_nulls(list(ends))).mark_rule(
        strokeWidth=2, color=theme.color("rest")
    )
    pair = alt.Chart(long).mark_circle(size=90, opacity=1)
    layers = [
        joint.encode(x=f"{first}:Q", x2=f"{second}:Q", y=y),
        pair.encode(
            x=alt.X("value:Q").title(x_title).axis(axis).scale(scale),
            y=y,
            color=color_by("which", ends, legend=2),
            tooltip=[f"{row}:N", "which:N", alt.Tooltip("value:Q", format=f".{digits}f")],
        ),
        names_above(rows, y, row, dy=-15),
    ]
    if words:
        right = alt.Chart(rows.with_columns(value=pl.max_horizontal(first, second)))
        texts = right.mark_text(align="left", dx=9)
        layers.append(texts.encode(x="value:Q", y=y, text=f"{words}:N"))
    chart = alt.layer(*layers).properties(height=alt.Step(ROW_HEIGHT + 18))
    return theme.layered(chart, behind, (), heading)
