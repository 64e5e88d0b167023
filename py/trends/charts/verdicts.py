"""The ledger as a picture: one square a claim."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
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


def unit_squares(ledger: pl.DataFrame, *, part: str) -> Any:
    """Draw the claims of a part of the article, a row of squares for each of its sections.

    Args:
        ledger: One row a claim, in the article's order. Columns: `claim_id`, `chapter`,
            `section`, `claim`, `verdict` String.
        part: Name of the part, for the title.
    """
    section = pl.col("section").str.split(" > ").list.last()
    rows = by_verdict(ledger.with_columns(section=section), "../")
    rows = rows.with_columns(place=pl.int_range(pl.len()).over("section"))
    sections = ledger.select(section.unique(maintain_order=True))["section"].to_list()
    y = alt.Y("section:N", sort=sections, axis=None)
    place = alt.X("place:Q", axis=None).scale(
        domain=[0, max(7, *rows["place"].to_list())], range=[SQUARE / 2, SQUARE * 8.5]
    )
    base = alt.Chart(rows).encode(
        x=place,
        y=y,
        color=verdict_color(),
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
        title=count_finding(ledger, part),
        subtitle=KEY,
        source=SOURCE,
        description=f"{count_finding(ledger, part)}. One square a claim, a row for each chapter.",
    )


def section_rows(ledger: pl.DataFrame, sections: Iterable[str]) -> Any:
    """Draw a row of small squares for each section, with its name behind them.

    Args:
        ledger: As for `unit_squares`.
        sections: The sections in the order to show, as the ledger names them.
    """
    order = list(sections)
    rows = by_verdict(ledger, "../").with_columns(
        x=(pl.int_range(pl.len()).over("section") + 0.5) * SMALL_SQUARE
    )
    y = alt.Y("section:N", sort=order, axis=None)
    base = alt.Chart(rows).encode(
        x=alt.X("x:Q", scale=None),
        y=y,
        color=verdict_color(),
        href="href:N",
        tooltip=["verdict:N", "claim:N"],
    )
    squares = base.mark_point(
        shape="square", size=(SMALL_SQUARE - 4) ** 2, strokeWidth=1.5, opacity=1
    )
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
    for count in heads["lines"].unique().sort():
        small = alt.Chart(heads.filter(lines=count)).transform_calculate(
            words=f"width < {WIDE} ? datum.short : ''"
        )
        height = 12
        texts.append(
            small.mark_text(
                align="left",
                dx=8,
                dy=-height * (count - 1) / 2,
                fontSize=11,
                lineBreak="\n",
                lineHeight=height,
            )
        )
    return [text.encode(x=alt.value(right), y=y, text="words:N") for text in texts]


def by_verdict(ledger: pl.DataFrame, root: str) -> pl.DataFrame:
    """What squares need of each claim, the supported ones first: its shape, and where it leads.

    Args:
        ledger: As for `unit_squares`.
        root: Address of the site's root, seen from the page.

    Returns:
        `claim_id`, `section`, `claim`, `verdict`, `shape`, `href`.
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
    shades = [theme.color(verdict) for verdict in VERDICTS]
    return alt.Color("verdict:N").scale(domain=list(VERDICTS), range=shades).legend(None)


def count_finding(ledger: pl.DataFrame, part: str) -> str:
    """Say how many claims a part has, and how many of each verdict."""
    found = dict(ledger.group_by("verdict").len().rows())
    said = [f"{found[verdict]} {verdict}" for verdict in VERDICTS if verdict in found]
    return f"{part}: of {len(ledger)} claims {', '.join(said)}"
