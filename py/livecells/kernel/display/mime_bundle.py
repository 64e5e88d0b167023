"""From any Python object to a MIME bundle, by the methods that Jupyter asks objects for."""

import base64
import inspect
import json
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from livecells.kernel.display import tables
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
    "_repr_gif_": "image/gif",
    "_repr_webp_": "image/webp",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}


CANARY = "_livecells_no_such_name_"
"""A proxy or a mock has even this attribute; such an object says nothing about its formats."""


def mime_bundle(value: object) -> tuple[MimeBundle, dict[str, Any]]:
    """Describe `value` in every format it offers; `text/plain` is always among them.

    A method of the object that raises is named on standard error, and the others are used.

    Args:
        value: Anything. Altair charts give Vega-Lite, Polars frames an accessible table, other
            objects what their `_repr_*_` methods give.

    Returns:
        The formats and their metadata, by MIME types.

    Raises:
        Exception: What `__repr__` raises; an invalid chart raises Altair's
            `SchemaValidationError`.
    """
    adapter = _adapter(value)
    if adapter is not None:
        return adapter(value), {}
    bundle, metadata = _from_mimebundle(value)
    if not bundle:
        bundle, metadata = _from_methods(value)
    if "text/plain" not in bundle:
        bundle["text/plain"] = str(repr(value))  # a reader's `__repr__` may give a text of its own
    return _bounded(bundle), metadata


def raw_bundle(data: Any, metadata: Any) -> tuple[MimeBundle, dict[str, Any]]:
    """Make formats and metadata, by MIME types, what a notebook keeps."""
    found = {str(mime): _encoded(str(mime), content) for mime, content in dict(data or {}).items()}
    return found, _encoded("json", {str(name): one for name, one in dict(metadata).items()})


def own_display(value: object) -> Callable[[], Any] | None:
    """Find the method by which an object shows itself, if it has one."""
    return _method(value, "_ipython_display_")


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


def _from_mimebundle(value: object) -> tuple[MimeBundle, dict[str, Any]]:
    method = _method(value, "_repr_mimebundle_")
    if method is None:
        return {}, {}
    try:
        return raw_bundle(*_parted(_called(method)))
    except RecursionError:  # to go on would do the same again, twice as often at each level
        raise
    except Exception as error:  # the reader's own method
        _note(value, "_repr_mimebundle_", error)
        return {}, {}


def _called(method: Callable[..., Any]) -> Any:
    """Call it as IPython documents it, or without arguments where it takes none."""
    try:
        inspect.signature(method).bind(include=None, exclude=None)
    except TypeError:
        return method()
    except ValueError:  # compiled, and without a signature
        pass
    return method(include=None, exclude=None)


def _from_methods(value: object) -> tuple[MimeBundle, dict[str, Any]]:
    bundle: MimeBundle = {}
    metadata: dict[str, Any] = {}
    for name, mime in REPR_METHODS.items():
        method = _method(value, name)
        try:
            content, about = _parted(method() if method else None)
            if content is not None:
                bundle[mime] = _encoded(mime, content)
                metadata |= _encoded("json", {mime: dict(about)}) if about else {}
        except RecursionError:
            raise
        except Exception as error:  # the reader's own method
            _note(value, name, error)
    return bundle, metadata


def _parted(content: Any) -> tuple[Any, Any]:
    """Part what a method gives into the data and, in a tuple, its metadata."""
    if not isinstance(content, tuple) or not content:
        return content, {}
    return content[0], content[1] if len(content) > 1 and content[1] else {}


def _note(value: object, name: str, error: Exception) -> None:
    kind = type(value).__name__
    print(f"{kind}.{name}() raised {type(error).__name__}, so it is left out", file=sys.stderr)  # noqa: T201


def _method(value: object, name: str) -> Callable[..., Any] | None:
    """Find a bound method; classes themselves have the name too, but are not instances."""
    if isinstance(value, type):
        return None
    try:
        if getattr(value, CANARY, None) is not None:
            return None
        method = getattr(value, name, None)
    except Exception:  # a reader's own __getattr__
        return None
    return method if callable(method) else None


def _encoded(mime: str, content: object) -> Any:
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
