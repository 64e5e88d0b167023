"""All values of a date at once: a band around the nearest date, a tooltip with a line a series.

The page shows it to pointer, touch and arrow keys before any Python is loaded.
"""

from zlib import crc32

import altair as alt
import polars as pl

from trends.charts.parts.theme import color
from trends.charts.parts.words import tips
from trends.wording import product

ABSENT = "not listed"


def readout(
    rows: pl.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    digits: int = 1,
    best_is_low: bool = False,
    clip: bool = False,
) -> alt.Chart:
    """Make the layer that answers the pointer. It lies below the lines, unseen at rest.

    `rows` has one row per `x` (Date) and `series`, as the lines have them. The tooltip names series
    by their last value, the smallest first if `best_is_low`, as for ranks. `clip` where the axis
    can begin after the first date.
    """
    last = rows.sort(x).group_by(series, maintain_order=True).last()
    last = last.sort(y, descending=not best_is_low)
    names = last[series].to_list()
    texts = {
        f"text_{place}": f"isValid({value}) ? format({value}, ',.{digits}f') : '{ABSENT}'"
        for place, value in enumerate(f"datum[{name!r}]" for name in names)
    }
    own = repr([y, *names, *(f"{value:.3g}" for value in last[y])])  # each panel by itself
    here = alt.selection_point(
        name=f"readout_{crc32(own.encode()):08x}",
        fields=[x],
        on="pointerover",
        clear="pointerout",
        empty=False,
    )
    at, before, after = (f"time(toDate(datum['{name}']))" for name in (x, "before", "after"))
    bands: alt.Chart = (
        alt.Chart(rows)
        .transform_pivot(series, value=y, groupby=[x], op="max")
        .transform_window(before=f"lag({x})", after=f"lead({x})", sort=[{"field": x}])
        .transform_calculate(
            start=f"isValid(datum.before) ? ({before} + {at}) / 2 : {at}",
            end=f"isValid(datum.after) ? ({at} + {after}) / 2 : {at}",
            **texts,
        )
        .mark_rect(color=color("rest"), clip=clip)
        .encode(
            x="start:T",
            x2="end:T",
            opacity=alt.condition(here, alt.value(0.25), alt.value(0)),
            tooltip=tips(
                (f"{x}:T", "%B %Y", "date"),
                *((f"{k}:N", "", product(name)) for k, name in zip(texts, names, strict=True)),
            ),
        )
        .add_params(here)
    )
    return bands
