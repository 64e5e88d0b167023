"""Writes `web/shapes.js`: what Python and the page exchange, in the types of JavaScript.

Run `python -m livecells.release.shapes` when one of these types has changed.
"""

from __future__ import annotations

import json
import types
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from livecells import kernel
from livecells.author.static import MIME_ORDER
from livecells.kernel import dependencies, expressions, outputs, requests, selections
from livecells.kernel.display import rows
from livecells.kernel.editor import complete, hover
from livecells.kernel.failures import hints
from livecells.kernel.files import text_columns, uploads
from livecells.release import copies
from livecells.release.assets import WEB
from livecells.release.local_wheel import LocalWheel
from livecells.release.version import Change
from livecells.runtime import manifest

TARGET = WEB / "shapes.js"

SHAPES: dict[str, Any] = {
    "StreamOutput": outputs.Stream,
    "DisplayOutput": outputs.DisplayData,
    "ResultOutput": outputs.ExecuteResult,
    "ErrorOutput": outputs.Error,
    "UpdateOutput": outputs.UpdateDisplayData,
    "ClearOutput": outputs.ClearOutput,
    "Frame": outputs.Frame,
    "Hint": hints.Hint,
    "Related": outputs.Related,
    "ErrorDetails": outputs.ErrorDetails,
    "DetailedError": outputs.DetailedError,
    "Request": expressions.Request,
    "Value": expressions.Value,
    "ExecuteReply": outputs.ExecuteReply,
    "Condition": selections.Condition,
    "PageRequest": requests.PageRequest,
    "Mistake": requests.Mistake,
    "Suggestion": complete.Suggestion,
    "Completion": complete.Completion,
    "Explanation": hover.Explanation,
    "Dependencies": dependencies.Dependencies,
    "Rows": rows.Page,
    "Problem": uploads.Problem,
    "Point": text_columns.Point,
    "Preview": uploads.Preview,
    "Blocks": manifest.Blocks,
    "RuntimeFile": manifest.FileEntry,
    "Package": manifest.PackageEntry,
    "Runtime": manifest.Manifest,
    "LocalWheel": LocalWheel,
    "Change": Change,
    "PackedFile": copies.PackedFile,
    "PageFile": copies.PageFile,
    "Copies": copies.Copies,
}
"""Records by their names in JavaScript."""

UNIONS = {"Output": outputs.Output, "Emitted": outputs.Emitted}

PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", Any: "unknown"}

HEAD = """\
/**
 * What Python and the page exchange, written by `python -m livecells.release.shapes`: the
 * docstrings of the types in Python say what each field means.
 *
"""


def script() -> str:
    """Write the module."""
    typedefs = {name: _record(shape) for name, shape in SHAPES.items()}
    typedefs |= {name: _type(union) for name, union in UNIONS.items()}
    lines = [f" * @typedef {{{text}}} {name}" for name, text in typedefs.items()]
    constants = {
        "PROGRESS": outputs.PROGRESS,
        "VEGALITE": outputs.VEGALITE,
        "MIME_ORDER": MIME_ORDER,
        "GIVEN": sorted(kernel.given),
    }
    values = [f"export const {name} = {json.dumps(value)};" for name, value in constants.items()]
    return HEAD + "\n".join([*lines, " */", "", *values, ""])


def _record(shape: Any) -> str:
    fields = []
    for name, kind in get_type_hints(shape, include_extras=True).items():
        is_optional = get_origin(kind) is NotRequired
        text = _type(get_args(kind)[0] if is_optional else kind)
        fields.append(f"{name}{'?' if is_optional else ''}: {text}")
    return f"{{{', '.join(fields)}}}"


def _type(kind: Any) -> str:
    known = next((name for name, shape in SHAPES.items() if shape is kind), PLAIN.get(kind))
    if known:
        return known
    arguments = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return " | ".join(json.dumps(value) for value in arguments)
        case origin if origin in {Union, types.UnionType}:
            return " | ".join(_type(one) for one in arguments)
        case origin if origin is list:
            item = _type(arguments[0])
            return f"({item})[]" if " " in item else f"{item}[]"
        case origin if origin is dict:
            return f"Record<string, {_type(arguments[1])}>"
    if kind is type(None):
        return "null"
    msg = f"{kind} has no counterpart in JavaScript"
    raise TypeError(msg)


if __name__ == "__main__":
    TARGET.write_text(script(), encoding="utf-8")
