"""The ledger as a picture: one square a claim."""

from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.claims import SHAPES, VERDICTS

ROW = 62
SQUARE = 30
"""Pixels of a row of squares, and of the side of a square."""


def unit_squares(ledger: pl.DataFrame, *, part: str) -> Any:
    """Draw the claims of a part of the article, a row of squares for each of its sections.

    Args:
        ledger: One row a claim, in the article's order. Columns: `claim_id`, `chapter`,
            `section`, `claim`, `verdict` String.
        part: Name of the part, for the title.
    """
    section = pl.col("section").str.split(" > ").list.last()
    order = pl.col("verdict").replace_strict(list(VERDICTS), range(len(VERDICTS)))
    rows = ledger.with_columns(
        section=section,
        shape=pl.col("verdict").replace_strict(SHAPES),
        href=pl.format("../{}/#claim-{}", "chapter", "claim_id"),
    ).sort(order, maintain_order=True)
    rows = rows.with_columns(place=pl.int_range(pl.len()).over("section"))
    sections = ledger.select(section.unique(maintain_order=True))["section"].to_list()
    y = alt.Y("section:N", sort=sections, axis=None)
    place = alt.X("place:Q", axis=None).scale(
        domain=[0, max(7, *rows["place"].to_list())], range=[SQUARE / 2, SQUARE * 8.5]
    )
    shades = [theme.color(verdict) for verdict in VERDICTS]
    color = alt.Color("verdict:N").scale(domain=list(VERDICTS), range=shades).legend(None)
    base = alt.Chart(rows).encode(
        x=place,
        y=y,
        color=color,
        href="href:N",
        tooltip=["verdict:N", "claim:N"],
    )
    squares = base.mark_point(shape="square", size=(SQUARE - 6) ** 2, strokeWidth=2, opacity=1)
    shapes = base.mark_text(fontSize=16, fontWeight=700).encode(text="shape:N")
    names = (
        alt.Chart(pl.DataFrame({"section": sections}))
        .mark_text(align="left", dy=-25, fontWeight=600)
        .encode(x=alt.value(0), y=y, text="section:N")
    )
    chart = alt.layer(names, squares, shapes).properties(height=alt.Step(ROW))
    return theme.finish(
        chart,
        title=_finding(ledger, part),
        subtitle=", ".join(f"{shape} {verdict}" for verdict, shape in SHAPES.items()),
        source="Source: the ledger of claims, recomputed from the data of November 2026.",
        description=f"{_finding(ledger, part)}. One square a claim, a row for each chapter.",
    )


def _finding(ledger: pl.DataFrame, part: str) -> str:
    found = dict(ledger.group_by("verdict").len().rows())
    said = [f"{found[verdict]} {verdict}" for verdict in VERDICTS if verdict in found]
    return f"{part}: of {len(ledger)} claims {', '.join(said)}"
