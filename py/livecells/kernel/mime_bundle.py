"""From any Python object to a MIME bundle, by the methods that Jupyter asks objects for."""

import base64
import json
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from livecells.kernel import tables
from livecells.kernel.outputs import VEGALITE, MimeBundle

MOST_PLAIN = 1_000_000
"""Characters of plain text; the rest is counted."""

LARGEST = 50_000_000
"""Characters of any other format; a page with a larger one would not live."""

REPR_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}


def mime_bundle(value: object) -> MimeBundle:
    """Describe `value` in every format it offers; `text/plain` is always among them.

    Args:
        value: Anything. Altair charts give Vega-Lite, Polars frames an
            accessible table, other objects what their `_repr_*_` methods give.

    Raises:
        Exception: Whatever the object's own methods raise; an invalid chart
            raises Altair's `SchemaValidationError` here.
    """
    adapter = _adapter(value)
    if adapter is not None:
        return adapter(value)
    bundle = _from_mimebundle(value) or _from_methods(value)
    if "text/plain" not in bundle:
        bundle["text/plain"] = str(repr(value))  # a reader's `__repr__` may give a text of its own
    return _bounded(bundle)


def shortened(text: str, most: int) -> str:
    """Cut a text that is longer than `most` characters, and say how much is missing."""
    left_out = len(text) - most
    return text if left_out <= 0 else f"{text[:most]}… {left_out:,} more characters"


def _bounded(bundle: MimeBundle) -> MimeBundle:
    """Leave out what no page could show, and say so in plain text."""
    sizes = {mime: len(content) for mime, content in bundle.items() if isinstance(content, str)}
    large = {mime: size for mime, size in sizes.items() if size > LARGEST and mime != "text/plain"}
    notes = [f"{mime} of {size:,} characters is too large to show" for mime, size in large.items()]
    kept = {mime: content for mime, content in bundle.items() if mime not in large}
    plain = shortened(str(bundle["text/plain"]), MOST_PLAIN)
    return kept | {"text/plain": "\n".join([*notes, plain])}


def _from_mimebundle(value: object) -> MimeBundle:
    method = _method(value, "_repr_mimebundle_")
    if method is None:
        return {}
    result = method()
    data = result[0] if isinstance(result, tuple) and result else result
    found = dict(data or {}).items()
    return {str(mime): _encoded(str(mime), content) for mime, content in found}


def _from_methods(value: object) -> MimeBundle:
    bundle: MimeBundle = {}
    for name, mime in REPR_METHODS.items():
        method = _method(value, name)
        content = method() if method else None
        content = content[0] if isinstance(content, tuple) and content else content
        if content is not None:
            bundle[mime] = _encoded(mime, content)
    return bundle


def _method(value: object, name: str) -> Callable[[], Any] | None:
    """Find a bound method; classes themselves have the name too, but are not instances."""
    method = None if isinstance(value, type) else getattr(value, name, None)
    return method if callable(method) else None


def _encoded(mime: str, content: object) -> object:
    """Make content what a notebook keeps: JSON where the format is JSON, else text."""
    if isinstance(content, bytes):
        return base64.b64encode(content).decode()
    if mime.endswith("json"):
        return json.loads(json.dumps(content, allow_nan=False, default=str))
    return str(content)


def _adapter(value: object) -> Callable[[Any], MimeBundle] | None:
    """Find the adapter for a library whose own choice of format does not suit a page.

    The check is by module and method, so that the kernel imports neither library.
    """
    module = type(value).__module__.partition(".")[0]
    if module == "altair" and hasattr(value, "to_dict") and hasattr(value, "mark_point"):
        return _chart
    if module == "altair" and hasattr(value, "to_dict") and hasattr(value, "resolve_scale"):
        return _chart
    if module == "polars" and hasattr(value, "glimpse") and hasattr(value, "height"):
        return _frame
    if module == "polars" and hasattr(value, "to_frame"):
        return lambda series: _frame(series.to_frame()) | {"text/plain": repr(series)}
    if module == "polars" and hasattr(value, "collect") and hasattr(value, "explain"):
        return lambda lazy: {"text/plain": lazy.explain()}
    return None


def _chart(chart: Any) -> MimeBundle:
    spec = chart.to_dict()
    try:
        json.dumps(spec, allow_nan=False)
    except (TypeError, ValueError):
        spec = drawable(spec)
    return {VEGALITE: spec, "text/plain": spec.get("description") or f"{type(chart).__name__}()"}


def drawable(value: Any) -> Any:
    """Write what JSON cannot hold as what a chart can draw.

    What is no finite number becomes a gap, a decimal a number; days and times within records become
    text, as Altair writes those of columns.
    """
    match value:
        case dict():
            return {key: drawable(item) for key, item in value.items()}
        case list() | tuple():
            return [drawable(item) for item in value]
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return drawable(float(value))
        case str() | int() | None:
            return value
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _frame(frame: Any) -> MimeBundle:
    return {"text/html": str(tables.frame_html(frame)), "text/plain": repr(frame)}
