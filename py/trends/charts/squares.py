"""The ledger as a picture: one square a claim."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts import theme
from trends.charts.parts.axes import color_by, nameless_axis
from trends.charts.parts.theme import Picture
from trends.claims import SHAPES, VERDICTS

ROW = 62
SQUARE = 30
"""Pixels of a row of squares, and of the side of a square."""

SMALL_ROW = 29
SMALL_SQUARE = 16
"""The same where there are many rows."""

NAME_LINE = 28
"""Characters of a line of a section's name on a phone."""

WIDE = 450
"""Pixels of width from which a name stands in one line."""

KEY = ", ".join(f"{shape} {verdict}" for verdict, shape in SHAPES.items())
SOURCE = "Source: the ledger of claims, recomputed from the data of November 2026."


def unit_squares(ledger: pl.DataFrame, *, part: str) -> Picture:
    """Draw the claims of a part of the article, a row of squares for each of its sections.

    `ledger` has one row a claim, in the article's order, as the dataset `claims`.
    """
    section = pl.col("section").str.split(" > ").list.last()
    rows = by_verdict(ledger.with_columns(section=section), "../")
    rows = rows.with_columns(place=pl.int_range(pl.len()).over("section"))
    sections = ledger.select(section.unique(maintain_order=True))["section"].to_list()
    y = nameless_axis("section", sections)
    scale = alt.Scale(domain=[0, max(7, *rows["place"])], range=[SQUARE / 2, SQUARE * 8.5])
    base = _squares(rows, alt.X("place:Q", axis=None, scale=scale), y)
    squares = base.mark_point(shape="square", size=(SQUARE - 6) ** 2, strokeWidth=2, opacity=1)
    shapes = base.mark_text(fontSize=16, fontWeight=700).encode(text="shape:N")
    names = alt.Chart(pl.DataFrame({"section": sections}))
    names = names.mark_text(align="left", dy=-25, fontWeight=600)
    names = names.encode(x=alt.value(0), y=y, text="section:N")
    finding = count_finding(ledger, part)
    return theme.finish(
        alt.layer(names, squares, shapes).properties(height=alt.Step(ROW)),
        title=finding,
        subtitle=KEY,
        source=SOURCE,
        description=f"{finding}. One square a claim, a row for each chapter.",
    )


def _squares(rows: pl.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    tooltip = ["verdict:N", "claim:N"]
    return alt.Chart(rows).encode(x=x, y=y, color=verdict_color(), href="href:N", tooltip=tooltip)


def section_rows(ledger: pl.DataFrame, sections: Iterable[str]) -> Picture:
    """Draw a row of small squares for each of `sections`, with its name behind them."""
    order = list(sections)
    rows = by_verdict(ledger, "../").with_columns(
        x=(pl.int_range(pl.len()).over("section") + 0.5) * SMALL_SQUARE
    )
    y = nameless_axis("section", order)
    base, size = _squares(rows, alt.X("x:Q", scale=None), y), (SMALL_SQUARE - 4) ** 2
    squares = base.mark_point(shape="square", size=size, strokeWidth=1.5, opacity=1)
    shapes = base.mark_text(fontSize=10, fontWeight=700, aria=False).encode(text="shape:N")
    most = max(ledger.group_by("section").len()["len"])
    words = _section_names(order, y, right=most * SMALL_SQUARE)
    return theme.finish(
        alt.layer(squares, shapes, *words).properties(height=alt.Step(SMALL_ROW)),
        title=count_finding(ledger, "The article"),
        subtitle=f"One square a claim, a row for each section: {KEY}",
        source=SOURCE,
    )


def _section_names(order: list[str], y: alt.Y, *, right: int) -> list[alt.Chart]:
    """Write each section's name in a line, or on a phone small and in two lines if need be."""
    rows = []
    for section in order:
        name = section.rpartition(" > ")[2]
        lines = wrap(name, NAME_LINE)
        rows.append((section, name, "\n".join(lines), len(lines)))
    heads = pl.DataFrame(rows, schema=["section", "name", "short", "lines"], orient="row")
    wide = alt.Chart(heads).transform_calculate(words=f"width < {WIDE} ? '' : datum.name")
    texts = [wide.mark_text(align="left", dx=8)]
    broken: dict[str, Any] = {"fontSize": 11, "lineBreak": "\n", "lineHeight": 12}
    for count in heads["lines"].unique().sort():
        small = alt.Chart(heads.filter(lines=count))
        small = small.transform_calculate(words=f"width < {WIDE} ? datum.short : ''")
        texts.append(small.mark_text(align="left", dx=8, dy=-12 * (count - 1) / 2, **broken))
    return [text.encode(x=alt.value(right), y=y, text="words:N") for text in texts]


def by_verdict(ledger: pl.DataFrame, root: str) -> pl.DataFrame:
    """Return what squares need of each claim, the supported ones first: its shape and link.

    Links begin with `root`, the address of the site's root seen from the page.
    """
    place = pl.col("verdict").replace_strict(list(VERDICTS), range(len(VERDICTS)))
    page = pl.col("chapter").str.replace(r"/?index$", "")  # part/index is the page part/
    return ledger.sort(place, maintain_order=True).select(
        "claim_id",
        "section",
        "claim",
        pl.col("verdict").cast(pl.String),
        shape=pl.col("verdict").replace_strict(SHAPES),
        href=pl.format(root + "{}/#claim-{}", page, "claim_id"),
    )


def verdict_color() -> alt.Color:
    """Colour by verdict, without a legend."""
    return color_by("verdict", {verdict: verdict for verdict in VERDICTS})


def count_finding(ledger: pl.DataFrame, part: str) -> str:
    """Return the sentence that says how many claims a part has, and how many of each verdict."""
    found = dict(ledger.group_by("verdict").len().rows())
    said = [f"{found[verdict]} {verdict}" for verdict in VERDICTS if verdict in found]
    return f"{part}: {len(ledger)} claims, {wording.listing(said)}"
