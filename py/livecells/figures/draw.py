"""Draws charts at build time, so that a page is complete before any script runs."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import vl_convert

from livecells.figures.fit import NARROW_WIDTH, WIDE_WIDTH, fit
from livecells.markup import quoted

VEGA_LITE = "6.4"
"""Version of vl-convert's Vega-Lite; the page's own (package.json) is of the same line."""

Spec = dict[str, Any]

BASE = "https://vega.github.io/vega-datasets/"
"""Against this vl-convert resolves the links of marks, which are the page's own."""


@dataclass(frozen=True)
class Picture:
    """A chart as two SVG texts: for a text column and for a phone."""

    wide: str
    narrow: str


def draw(spec: Spec) -> Picture:
    """Draw a Vega-Lite chart for both widths.

    Args:
        spec: A specification with its data inside; nothing is fetched.
    """
    return Picture(_svg(fit(spec, WIDE_WIDTH), "w"), _svg(fit(spec, NARROW_WIDTH), "n"))


def description(spec: Spec) -> str:
    """Return the chart's text alternative, or nothing."""
    return str(spec.get("description") or "")


def _svg(spec: Spec, variant: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    svg = svg.replace(f'href="{BASE}', 'href="')
    return _own_ids(_labelled(svg, description(spec)), variant)


def _labelled(svg: str, label: str) -> str:
    """Make the picture one thing with one label, instead of one for each mark."""
    bare = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    root = f'<svg role="img" aria-label={quoted(label)} '
    return re.sub(r"^\s*<svg ", lambda _: root, bare, count=1)


def _own_ids(svg: str, variant: str) -> str:
    """Rename ids (clip paths, gradients): a page holds many pictures."""
    prefix = f"{variant}{hashlib.sha256(svg.encode()).hexdigest()[:8]}-"
    for name in set(re.findall(r'\bid="([^"]+)"', svg)):
        svg = svg.replace(f'id="{name}"', f'id="{prefix}{name}"')
        svg = svg.replace(f"url(#{name})", f"url(#{prefix}{name})")
        svg = svg.replace(f'href="#{name}"', f'href="#{prefix}{name}"')
    return svg
