"""A package has one colour in all charts of the site."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trends.charts.parts.theme import PACKAGES, PALETTE

FIGURES = Path(os.environ.get("LIVECELLS_SITE", "_site")) / "figures"
GREYS = {PALETTE[name][0] for name in ("rest", "muted", "text")}
"""A grey package is the background of another one."""


def _scales(spec: Any) -> Iterator[tuple[str, str]]:
    """Yield what a specification colours, with its colour."""
    if isinstance(spec, dict):
        match spec.get("scale"):
            case {"domain": list(names), "range": list(shades)}:
                yield from zip(map(str, names), map(str, shades), strict=False)
        for part in spec.values():
            yield from _scales(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _scales(part)


def test_a_package_has_one_colour() -> None:
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for path in FIGURES.glob("*.json"):
        for name, shade in _scales(json.loads(path.read_text(encoding="utf-8"))):
            if name in PACKAGES and shade.startswith("#") and shade not in GREYS:
                seen[name].setdefault(shade, path.stem)
    assert len(seen) > len(PACKAGES) / 2
    assert {name: shades for name, shades in seen.items() if len(shades) > 1} == {}


def test_no_colour_is_kept_for_nothing() -> None:
    drawn = "".join(path.read_text(encoding="utf-8") for path in FIGURES.glob("*.json"))
    assert [name for name in PACKAGES if f'"{name}"' not in drawn] == []
