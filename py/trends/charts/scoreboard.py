"""The whole ledger as a picture that fits on one screen: blocks of squares."""

from typing import Any, Literal

import altair as alt
import polars as pl

from trends.charts.parts import theme
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import PAGE
from trends.charts.squares import SOURCE, by_verdict, count_finding, verdict_color
from trends.claims import VERDICTS

WIDE = 450
"""Pixels of width from which blocks have `WIDE_COLUMNS` columns instead of `NARROW_COLUMNS`."""

WIDE_COLUMNS, NARROW_COLUMNS = 18, 12
WIDE_SIDE, NARROW_SIDE = 37.0, 28.0
HEAD = 30
HEADING = 100
"""Squares in a line of a block, pixels of their sides there, of a block's heading, of the title."""


def blocks(ledger: pl.DataFrame, *, by: Literal["verdict", "part"] = "verdict") -> Picture:
    """Draw all claims as squares, a block for each verdict or for each part of the article.

    A square is full where its verdict is computed from data, and hollow where it is judged.

    Raises:
        ValueError: `by` is neither.
    """
    if by not in ("verdict", "part"):
        msg = f"by must be 'verdict' or 'part', not {by!r}"
        raise ValueError(msg)
    kinds = ledger.select("claim_id", pl.col("kind").cast(pl.String))
    rows = by_verdict(ledger, "./").join(kinds, on="claim_id", maintain_order="left")
    part = pl.col("section").str.replace(r" > .*", "")
    rows = rows.with_columns(part=part).with_columns(block=by)
    parts = ledger.select(part.unique(maintain_order=True)).to_series().to_list()
    groups = [*VERDICTS] if by == "verdict" else parts
    rows = rows.with_columns(index=pl.int_range(pl.len()).over("block"))
    sizes = dict(rows.group_by("block").len().iter_rows())
    words = [f"{sizes.get(group, 0)} {group}" for group in groups]
    heads = pl.DataFrame({"block": groups, "words": words, "above": range(len(groups))})
    lines = {}
    for name, per_line in (("wide", WIDE_COLUMNS), ("narrow", NARROW_COLUMNS)):
        counts = [-(-sizes.get(group, 0) // per_line) for group in groups]
        starts = [sum(counts[:i]) for i in range(len(groups))]
        heads = heads.with_columns(pl.Series(f"{name}_line", starts))
        lines[name] = sum(counts)
    rows = rows.join(heads.drop("words"), on="block", maintain_order="left").with_columns(
        pl.col("above") + 1
    )
    height = max(lines["wide"] * WIDE_SIDE, lines["narrow"] * NARROW_SIDE) + HEAD * len(groups)
    columns = f"(width >= {WIDE} ? {WIDE_COLUMNS} : {NARROW_COLUMNS})"
    most = f"(width >= {WIDE} ? {lines['wide']} : {lines['narrow']})"
    side = f"min(width / {columns}, (height - {HEAD * len(groups)}) / {most})"
    y = alt.Y("y:Q", scale=None)
    base = _placed(alt.Chart(rows), columns, side).encode(
        x=alt.X("x:Q", scale=None),
        y=y,
        href="href:N",
        tooltip=["verdict:N", "kind:N", "claim:N"],
    )
    size, letters = alt.ExprRef(f"pow({side} - 5, 2)"), alt.ExprRef(f"{side} * 0.45")
    square: dict[str, Any] = {"shape": "square", "size": size, "opacity": 1}
    text: dict[str, Any] = {"fontSize": letters, "fontWeight": 700, "aria": False}
    computed = base.transform_filter(alt.datum.kind == "computed")
    judged_ones = base.transform_filter(~(alt.datum.kind == "computed"))
    names = _placed(alt.Chart(heads), columns, side)
    names = names.mark_text(align="left", baseline="top", dy=10, fontSize=14, fontWeight=600)
    color = verdict_color()
    chart = alt.layer(
        computed.mark_point(filled=True, **square).encode(color=color),
        judged_ones.mark_point(strokeWidth=2, **square).encode(color=color),
        computed.mark_text(**text, color=PAGE).encode(text="shape:N"),
        judged_ones.mark_text(**text).encode(text="shape:N", color=color),
        names.encode(x=alt.value(0), y=y, text="words:N"),
    )
    judged = (rows["kind"] == "judged").sum()
    return theme.finish(
        chart.properties(height=height + HEADING),
        title=count_finding(ledger, "The article"),
        subtitle=f"One square a claim; the {judged} hollow ones are judged from documents",
        source=SOURCE,
    )


def _placed(chart: alt.Chart, columns: str, side: str) -> alt.Chart:
    """Work out `x` and `y` in pixels from the room that the chart is given.

    `columns` and `side` are Vega's expressions for the squares in a line and the side of one; a
    heading is a row without `index`.
    """
    line = f"(width >= {WIDE} ? datum.wide_line : datum.narrow_line)"
    own = "(isValid(datum.index) ? datum.index : 0)"
    half = "(isValid(datum.index) ? 0.5 : 0)"
    placed: alt.Chart = chart.transform_calculate(
        x=f"({own} % {columns} + 0.5) * ({side})",
        y=f"datum.above * {HEAD} + ({line} + floor({own} / {columns}) + {half}) * ({side})",
    )
    return placed
