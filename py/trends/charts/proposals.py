"""Proposals to change Python (PEPs): when they were written, and what became of them."""

from textwrap import wrap

import altair as alt
import polars as pl

from trends.charts.parts.axes import ROW_HEIGHT, color_by, nameless_axis
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import haloed, tips

ROW = ROW_HEIGHT * 2.2
"""Pixels of a proposal with its words above it."""

WIDE, FIT_WIDE, FIT_NARROW, LINE = 450, 84, 46, 14
"""Pixels from which a chart is wide; characters of a line in a wide one and on a phone; pixels of a
line."""

STATUS = {"Final": "supported", "Active": "accent", "Accepted": "polars", "Draft": "rest"}
SOURCE = "Source: Python Enhancement Proposals (public domain or CC0)"


def proposal_dots(peps: pl.DataFrame, x: alt.X, *, left: int = 0) -> Picture:
    """Draw one row a proposal: a dot at its date, and above it number, status and title.

    Args:
        peps: One row a proposal, in the order to show: `pep`, `title`, `status`, `created` Date.
        x: The axis of dates.
        left: Pixels that the words begin to the left of the axis, to have more room.
    """
    rows = peps.with_columns(
        row=pl.format("PEP {}", "pep"),
        words=pl.format("PEP {}, {}: {}", "pep", pl.col("status").str.to_lowercase(), "title"),
    )
    states = rows["status"].unique(maintain_order=True).to_list()
    y = nameless_axis("row", rows["row"])
    color = color_by("status", {state: STATUS.get(state, "rest") for state in states})
    tooltip = tips("title:N", "status:N", ("created:T", "%d %B %Y"))
    dots = alt.Chart(rows).mark_circle(size=110, opacity=1)
    dots = dots.encode(x=x, y=y, color=color, tooltip=tooltip)
    words = [
        layer
        for characters, test in ((FIT_WIDE, f"width >= {WIDE}"), (FIT_NARROW, f"width < {WIDE}"))
        for layer in _wrapped(rows, y, characters, alt.ExprRef(f"{test} ? 1 : 0"), left)
    ]
    height = alt.Step(ROW) if left == 0 else ROW * len(peps)
    return alt.layer(dots, *words).properties(height=height)


def _wrapped(
    rows: pl.DataFrame, y: alt.Y, characters: int, opacity: alt.ExprRef, left: int
) -> list[alt.Chart]:
    """Write words above the dots, on more lines where they are longer than so many characters."""
    lines = pl.Series("words", ["\n".join(wrap(text, characters)) for text in rows["words"]])
    layers = []
    broken = rows.with_columns(lines, breaks=lines.str.count_matches("\n"))
    for (breaks,), part in broken.group_by("breaks", maintain_order=True):
        base = alt.Chart(part).encode(x=alt.value(0), y=y, text="words:N")
        layers += haloed(
            base,
            align="left",
            baseline="bottom",
            dx=-left,
            dy=-9 - LINE * int(str(breaks)),
            lineBreak="\n",
            limit=alt.ExprRef(f"width + {left}"),  # what is not shown must not need room either
            opacity=opacity,
        )
    return layers
