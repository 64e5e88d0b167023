"""A chart outside its page: colours resolved, its source below it, its rows as a table."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

import vl_convert

from livecells.figures.draw import VEGA_LITE, Spec, description
from livecells.figures.fit import WIDE_WIDTH, fit, wrapped
from livecells.kernel.display import rows
from livecells.markup import Markup, element

PNG_SCALE = 2
PAPER = "white"
"""Behind exported pictures: their text is dark, and the page around them may be too."""

CAPTION_SIZE = 11
CAPTION_LINE = 15
CAPTION_EM = 9.6
"""Pixels of an em of the caption, which is not bold."""

VARIABLE = re.compile(r"var\(\s*--[\w-]+\s*,\s*((?:[^()]|\([^()]*\))+)\)")


def standalone(spec: Spec, address: str = "") -> Spec:
    """Return a chart that needs nothing of its page: no CSS variables, its own width and paper.

    Args:
        spec: The chart as it stands in its page.
        address: Where that page will stand; links of marks are written out from there.
    """
    plain = fit(_resolved(spec), WIDE_WIDTH)
    if address:
        _write_links_out(plain, address)
    return {**plain, "background": PAPER}


def _write_links_out(spec: Spec, address: str) -> None:
    links = set(_link_columns(spec))
    for table in spec.get("datasets", {}).values():
        for row in table:
            row.update({name: urljoin(address, row[name]) for name in links & row.keys()})


def _link_columns(value: Any) -> Iterator[str]:
    """Find the columns that marks link to, in any view of a chart."""
    if isinstance(value, dict):
        channel = value.get("href")
        if isinstance(channel, dict) and "field" in channel:
            yield channel["field"]
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from _link_columns(item)


def _resolved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _resolved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolved(item) for item in value]
    return resolve_variables(value) if isinstance(value, str) else value


def resolve_variables(text: str) -> str:
    """Replace each CSS variable by its fallback: `var(--x, #fff)` becomes `#fff`."""
    found = VARIABLE.search(text)
    while found:
        text = text[: found.start()] + found[1].strip() + text[found.end() :]
        found = VARIABLE.search(text)
    return text


def svg(spec: Spec, notes: Iterable[str]) -> str:
    """Draw a chart as an SVG file, with lines of text below it.

    Args:
        spec: What `standalone` gave.
        notes: Where the numbers come from, and from which site the picture is.
    """
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    head = drawn[: drawn.index(">") + 1]
    width, bottom = _side(head, "width"), _side(head, "height")
    lines = [line for note in notes for line in wrapped(note, width / CAPTION_EM)]
    total = bottom + CAPTION_LINE * (len(lines) + 1)
    return element(
        "svg",
        element("rect", width="100%", height="100%", fill=PAPER),
        Markup(drawn[len(head) :].removesuffix("</svg>")),
        *_caption(lines, bottom),
        xmlns="http://www.w3.org/2000/svg",
        **{"xmlns:xlink": "http://www.w3.org/1999/xlink"},
        viewBox=f"0 0 {width:g} {total:g}",
        width=f"{width:g}",
        height=f"{total:g}",
        role="img",
        aria_label=description(spec),
    )


def height(picture: str) -> float:
    """Return the height of a drawn chart in pixels."""
    return _side(picture[: picture.index(">") + 1], "height")


def _side(head: str, name: str) -> float:
    found = re.search(rf'\b{name}="([\d.]+)"', head)
    assert found, head
    return float(found[1])


def png(picture: str, *, scale: float = PNG_SCALE) -> bytes:
    """Draw an SVG file as PNG, with so many dots a pixel."""
    return vl_convert.svg_to_png(picture, scale=scale)


def _caption(lines: list[str], top: float) -> Iterator[Markup]:
    for number, line in enumerate(lines, start=1):
        yield element(
            "text",
            line,
            x=5,
            y=f"{top + number * CAPTION_LINE:g}",
            fill="#555c64",
            font_size=CAPTION_SIZE,
            font_family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
        )


def rows_csv(spec: Spec) -> bytes:
    """Write the rows that a chart draws, as `rows.chart_rows` gives them."""
    return rows.as_csv(rows.chart_frame(spec))


def rows_parquet(spec: Spec) -> bytes:
    """As `rows_csv`, with types."""
    return rows.as_parquet(rows.chart_frame(spec))


def last_day(spec: Spec) -> str:
    """Return the last date drawn, as `2026-03-01`; nothing where the chart has no dates."""
    days = [
        found[1]
        for row in rows.chart_rows(spec)
        for value in row.values()
        if isinstance(value, str) and (found := rows.MIDNIGHT.fullmatch(value))
    ]
    return max(days, default="")
