"""Packages by size and growth, always against the median package: everything grows."""

from collections.abc import Collection

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts import theme
from trends.charts.parts.axes import log_axis
from trends.charts.parts.label_placement import MARGIN, Place, Scatter
from trends.charts.parts.rules import COUNTED, level_rule
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import haloed, tips
from trends.frames import PRESENT, Month, keeping_up

HEIGHT = 420
X_TITLE, Y_TITLE = "million downloads", "times as many"

SHADES = {"named": "accent", "rival": "rest"}
"""Name of the palette by the role of a package: the article names it, or leaves it out."""

WIDE = 450
"""Pixels of width from which a scatter has room for the labels of a desktop page."""


def scatter(
    grown: pl.DataFrame,
    *,
    median: float,
    start: Month,
    end: Month = PRESENT,
    labelled: Collection[str] = (),
    others: bool = True,
) -> Picture:
    """Draw each package by size and growth; above the dashed rule it outgrew the median.

    Args:
        grown: One row a package: `package`, `before`, `after` (downloads in 30 days), `growth`, and
            `role` (named by the article, or rival).
        median: Growth of the median package.
        start: The month divided by.
        end: The month divided.
        labelled: Packages to name first where there is not room for all.
        others: Name further packages where there is room.
    """
    labelled = [wording.product(name) for name in labelled]
    rows = grown.with_columns(
        pl.col("package").replace(wording.PRODUCTS),
        millions=pl.col("after") / 1e6,
    )
    first = pl.col("package").is_in(labelled), pl.col("role") == "named", "after"
    rows = rows.sort(*first, descending=True)
    kinds = [role for role in SHADES if role in rows["role"]]
    shades = [theme.color(SHADES[role]) for role in kinds]
    # the grey of points is too light for words
    words = alt.Scale(domain=kinds, range=[theme.words_color(shade) for shade in shades])
    scale = alt.Scale(type="log", padding=MARGIN, nice=False)
    x = alt.X("millions:Q").title(X_TITLE).scale(scale)
    y = alt.Y("growth:Q").title(Y_TITLE).scale(scale)
    downloads, growth = ("millions:Q", ",.2f", X_TITLE), ("growth:Q", ",.2f", Y_TITLE)
    points = alt.Chart(rows).mark_circle(size=70, opacity=0.9)
    points = points.encode(
        x=x.axis(log_axis(rows["millions"])),
        y=y.axis(log_axis(rows["growth"])),
        color=alt.Color("role:N").scale(domain=kinds, range=shades).legend(None),
        tooltip=tips("package:N", downloads, growth, "role:N"),
    )
    fill = alt.Fill("role:N").scale(words).legend(None)
    names = _names(rows, median, fill, wanted=labelled, others=others)
    up = keeping_up(rows, median).height
    months = wording.month_span((start, end))
    return theme.finish(
        alt.layer(level_rule(median, shade="text"), points, *names).properties(height=HEIGHT),
        title=f"{up} of {len(rows)} kept up with the median package",
        subtitle=f"Downloads and growth, {months}, log scales; in colour: named by the article",
        source=f"{COUNTED}, {months}.",
    )


def _names(
    rows: pl.DataFrame, median: float, words: alt.Fill, *, wanted: Collection[str], others: bool
) -> list[alt.Chart]:
    """Write the names that fit beside their points, chosen anew for page and phone."""
    layers = []
    said = f"median package {wording.fold(median)}"
    for width, test in ((560, f"width >= {WIDE}"), (270, f"width < {WIDE}")):
        shown = alt.ExprRef(f"{test} ? 1 : 0")
        size = width, HEIGHT - 100
        picture = Scatter(rows, x="millions", y="growth", size=size, rule=median)
        places = picture.free_places(said, wanted=wanted)
        placed = rows.join(places, on="package", maintain_order="left")
        if not others:
            placed = placed.filter(pl.col("package").is_in(list(wanted)))
        for place in Place:
            here = placed.filter(place=place.name)
            if here.is_empty():
                continue
            align, dx, dy = place.value
            base = alt.Chart(here).encode(x="millions:Q", y="growth:Q", text="package:N")
            halo, text = haloed(base, align=align, dx=dx, dy=dy, opacity=shown)
            layers += [halo, text.encode(fill=words)]
        align, dy = picture.rule_corner(said).value
        x, dx = (alt.value(0), 4) if align == "left" else (alt.value(alt.ExprRef("width")), -4)
        at = pl.DataFrame({"level": [median], "words": [said]})
        base = alt.Chart(at).encode(y="level:Q", text="words:N", x=x)
        layers += haloed(base, align=align, dx=dx, dy=dy, opacity=shown)
    return layers
