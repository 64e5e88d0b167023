"""Fits a Vega-Lite specification to a width. `web/output/fit.js` does the same in the page.

Both read the cases of `tests/golden/fit.json`, so that they cannot drift apart.
"""

import copy
from typing import Any

WIDE_WIDTH = 672
"""Pixels; the text column of a desktop page."""

NARROW_WIDTH = 340
"""Pixels; a phone of 390 with the theme's margins, rounded down."""

STACK_BELOW = 480
"""Pixels; side-by-side views stand below each other in less."""

AXIS_ALLOWANCE = 72
"""Pixels for axis labels and titles of a joined view; only single views can be fitted exactly."""

TITLE_SIZE, SUBTITLE_SIZE = 16, 11.6
"""Pixels of an em of a bold heading of 16 pixels, and of a plain one of 13, which runs narrower."""

TITLE_MARGIN = 8
"""Pixels that a title is set in; Vega draws it in one line and cuts what is too long."""

EMS = (("ijlI|'.,:;! ", 0.38), ('ftr-()[]/"', 0.48), ("mwMW@%", 1.02))
OTHER_EM = 0.7
"""Width of characters in a bold Verdana or DejaVu Sans, the widest faces that a reader may have."""

Spec = dict[str, Any]


def fit(spec: Spec, width: int) -> Spec:
    """Return a copy of `spec` that is at most `width` pixels wide.

    Args:
        spec: Any top-level specification. A width that the author set and
            that has room is kept.
        width: Room in pixels, axes and legends included.

    Returns:
        A new specification; `spec` is unchanged.
    """
    fitted = copy.deepcopy(spec)
    if "hconcat" in fitted and width < STACK_BELOW:
        fitted["vconcat"] = fitted.pop("hconcat")
    if "hconcat" in fitted:
        views = fitted["hconcat"]
        _set_widths(views, width // max(len(views), 1) - AXIS_ALLOWANCE)
    elif "vconcat" in fitted:
        _set_widths(fitted["vconcat"], width - AXIS_ALLOWANCE)
    elif "facet" not in fitted and "repeat" not in fitted and "concat" not in fitted:
        _fit_single(fitted, width)
    _wrap_title(fitted, width)
    return fitted


def _wrap_title(spec: Spec, width: int) -> None:
    title = spec.get("title")
    if not isinstance(title, dict):
        return
    for key, size in (("text", TITLE_SIZE), ("subtitle", SUBTITLE_SIZE)):
        if isinstance(title.get(key), str):
            title[key] = wrapped(title[key], (width - TITLE_MARGIN) / size)


def wrapped(text: str, ems: float) -> list[str]:
    """Break text at spaces into lines of at most so many ems; longer words stay whole."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(longer) <= ems or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def measure(text: str) -> float:
    """Return the estimated width of a line of bold text in ems: there is no font to measure."""
    return sum(
        next((em for letters, em in EMS if character in letters), OTHER_EM) for character in text
    )


def _set_widths(views: list[Spec], width: int) -> None:
    for view in views:
        if not isinstance(view.get("width"), int) or view["width"] > width:
            view["width"] = width


def _fit_single(spec: Spec, width: int) -> None:
    wanted = spec.get("width")
    if isinstance(wanted, int) and wanted + AXIS_ALLOWANCE <= width:
        return
    if isinstance(wanted, dict):  # a width per step of a discrete axis: the chart knows its size
        return
    spec["width"] = width
    # a height per step of a discrete axis is the chart's own business: only the width is fitted
    kind = "fit-x" if isinstance(spec.get("height"), dict) else "fit"
    spec["autosize"] = {"type": kind, "contains": "padding"}
