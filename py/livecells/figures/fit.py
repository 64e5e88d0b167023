"""Fits a Vega-Lite specification to a width. `web/output/fit.js` does the same in the page.

Both read the cases of `tests/golden/fit.json`, so that they cannot drift apart.
"""

import copy
from typing import Any

WIDE_WIDTH = 672
"""Pixels; the text column of a desktop page."""

NARROW_WIDTH = 340
"""Pixels; a phone of 390 with the theme's margins, rounded down."""

LEAST_PANEL, PANEL_GAP = 100, 20
"""Pixels of a panel of facets that can be read, and between two of them."""

LEAST_HEIGHT = 150
"""Pixels of a height that holds a plot beside title and axes; less is the plot's own height."""

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
    elif not _fit_panels(fitted, width):
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
        wanted = view.get("width")
        if not isinstance(wanted, dict) and not (isinstance(wanted, int) and wanted <= width):
            view["width"] = width


def _fit_panels(spec: Spec, width: int) -> bool:
    """Fit a specification of several panels of one kind; False for any other."""
    encoding: Spec = spec.get("encoding", {})
    by: Any = spec.get("facet", spec.get("repeat"))
    room = width - AXIS_ALLOWANCE
    if "concat" in spec:
        columns = _columns(len(spec["concat"]), spec, width, LEAST_PANEL + AXIS_ALLOWANCE)
        _set_widths(spec["concat"], width // columns - AXIS_ALLOWANCE)
    elif by:
        if isinstance(by, list):
            columns = _columns(len(by), spec, room)
        elif "field" in by:
            columns = _columns(_count(spec, by), spec, room)
        else:
            across = by.get("column", [0])
            count = len(across) if isinstance(across, list) else _count(spec, across)
            columns = count or _most(room)
        _set_widths([spec["spec"]], room // columns - PANEL_GAP)
    elif "column" in encoding or "facet" in encoding:
        name = "column" if "column" in encoding else "facet"
        count = _count(spec, encoding[name])
        if name == "column" and "row" not in encoding and not 0 < count <= _most(room):
            encoding["facet"] = encoding.pop(name)
            name = "facet"
        by = encoding[name]
        columns = _columns(count, by, room) if name == "facet" else count or _most(room)
        _set_widths([spec], room // columns - PANEL_GAP)
    elif "row" in encoding:
        _set_widths([spec], room - PANEL_GAP)
    else:
        return False
    return True


def _columns(count: int, owner: Spec, room: int, panel: int = LEAST_PANEL + PANEL_GAP) -> int:
    """Choose how many panels stand side by side, and write it where the panels wrap.

    Args:
        count: Panels; 0 where only the drawing can tell.
        owner: Of the property `columns`.
        room: Pixels.
        panel: Pixels that one needs.
    """
    most = max(room // panel, 1)
    chosen: int = min(filter(None, (most, count, owner.get("columns"))))
    if owner.get("columns", count) != chosen:
        owner["columns"] = chosen
    return chosen


def _most(room: int) -> int:
    return max(room // (LEAST_PANEL + PANEL_GAP), 1)


def _count(spec: Spec, by: Spec) -> int:
    """Count the values of a field; 0 where only the drawing can tell."""
    data = spec.get("data", {})
    rows = data.get("values", spec.get("datasets", {}).get(data.get("name"), []))
    if not isinstance(rows, list) or "bin" in by or "timeUnit" in by:
        return 0
    return len({str(row[by["field"]]) for row in rows if by.get("field") in row})


def _fit_single(spec: Spec, width: int) -> None:
    wanted, height = spec.get("width"), spec.get("height")
    if isinstance(wanted, int) and wanted + AXIS_ALLOWANCE <= width:
        return
    if isinstance(wanted, dict):  # a width per step of a discrete axis: the chart knows its size
        return
    x, y = _channels(spec, "x"), _channels(spec, "y")
    if y and not x and wanted is None:  # one axis: its other side has the size of a step
        return
    spec["width"] = width
    # What has no room for a plot is the height of the plot alone: only the width is fitted.
    is_stepped = height is None and any(c.get("type") in ("nominal", "ordinal") for c in y)
    is_low = isinstance(height, dict) or (isinstance(height, int) and height < LEAST_HEIGHT)
    kind = "fit-x" if is_stepped or is_low or (x and not y) else "fit"
    spec["autosize"] = {"type": kind, "contains": "padding"}


def _channels(view: Spec, name: str) -> list[Spec]:
    """Find a channel in a view and in its layers."""
    own = [view["encoding"][name]] if name in view.get("encoding", {}) else []
    return own + [found for layer in view.get("layer", []) for found in _channels(layer, name)]
