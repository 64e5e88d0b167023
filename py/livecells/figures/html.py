"""The HTML of a drawn chart, as it stands in a page before any script runs."""

import json
import re

from livecells.figures.draw import Picture, Spec
from livecells.figures.fit import NARROW_WIDTH, WIDE_WIDTH
from livecells.kernel.outputs import VEGALITE
from livecells.markup import Markup, element
from livecells.messages import ENGLISH, Words


def chart_html(spec: Spec, picture: Picture, words: Words = ENGLISH) -> Markup:
    """Write a drawn chart with the specification that makes it interactive."""
    caption = spec.get("usermeta", {}).get("caption")
    return element(
        "div",
        element(
            "figure",
            _drawn(picture.wide, "chart-wide", WIDE_WIDTH),
            _drawn(picture.narrow, "chart-narrow", NARROW_WIDTH),
            # As high as that of the live chart, which is filled when a reader opens it.
            element("details", element("summary", words.chart_rows), class_="chart-rows"),
            element("figcaption", caption, class_="chart-caption") if caption else Markup(),
            class_="chart",
        ),
        # No <script>: instant navigation makes scripts anew, without their type, and runs them.
        element("template", json.dumps(spec, separators=(",", ":")), data_part="spec"),
        data_mime=VEGALITE,
    )


def _drawn(svg: str, class_: str, width: int) -> Markup:
    """Write a picture; one that fits a width keeps its height where there is less, as live ones."""
    fitting = re.search(rf'<svg[^>]* width="{width}" height="([\d.]+)"', svg)
    style = f"--chart-height: {fitting[1]}px" if fitting else None
    return element("div", Markup(svg), class_=class_, style=style)
