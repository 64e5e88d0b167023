"""What may come next at the cursor: names, attributes, arguments, columns, listed values."""

import builtins
import inspect
import keyword
import re
import sys
import typing
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, Literal, TypedDict

from livecells.kernel import code, sql

MOST = 400
"""Suggestions sent; the editor narrows them down while the reader types."""

MOST_BITS = 256
"""Of a number that is written out."""

Kind = Literal["variable", "function", "class", "module", "property", "argument", "column", "value"]


class Suggestion(TypedDict):
    """One text to put at the cursor; `detail` says in few words what it is."""

    label: str
    kind: Kind | Literal["keyword"]
    detail: str


class Completion(TypedDict):
    """Suggestions for what begins at character `start` of the text."""

    start: int
    options: list[Suggestion]


def complete(source: str, cursor: int, variables: Mapping[str, Any]) -> Completion:
    """Suggest what may stand at a place of a cell.

    Args:
        source: The cell's text.
        cursor: Place in it, in characters.
        variables: What the page's cells have defined.
    """
    variables = named(variables)
    before = source[: max(cursor, 0)]
    if sql.is_sql(source):
        return _of_sql(before, source, variables)
    string = code.open_string(before)
    if string is not None:
        found = code.tokens(before[: string.quote])
        options = [*_values(found, variables), *_columns(variables)]
        inner = re.search(r"[^'\"{}]*$", before[string.content :])  # of an f-string too
        assert inner
        return _completion(string.content + inner.start(), inner[0], options)
    typed = re.search(r"\w*$", before)
    assert typed
    start = typed.start()
    found = code.tokens(before[:start])
    if found and found[-1].text == ".":
        owner = code.look_up(code.steps(found[:-1]), variables)
        return _completion(start, typed[0], _attributes(owner))
    arguments = _arguments(code.open_call(found), variables)
    return _completion(start, typed[0], [*arguments, *_names(variables)])


def _of_sql(before: str, source: str, variables: Mapping[str, Any]) -> Completion:
    typed = re.search(r"\w*$", before)
    assert typed
    start = typed.start()
    if "\n" not in before:  # the name of the result is the reader's own
        return {"start": start, "options": []}
    found = sql.suggestions(before[:start], source, variables)
    options: list[Suggestion] = [
        {"label": label, "kind": kind, "detail": detail} for label, kind, detail in found
    ]
    return _completion(start, typed[0], options)


def named(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what no text can name: the keys of `globals()` may be anything."""
    return {name: value for name, value in variables.items() if type(name) is str}


def _completion(start: int, typed: str, options: Iterable[Suggestion]) -> Completion:
    unique = {option["label"]: option for option in reversed(list(options))}
    fits = [one for one in reversed(unique.values()) if _fits(one["label"], typed)]
    return {"start": start, "options": fits[:MOST]}


def _fits(label: str, typed: str) -> bool:
    return typed.lower() in label.lower() and (typed.startswith("_") or not label.startswith("_"))


def _names(variables: Mapping[str, Any]) -> Iterator[Suggestion]:
    for name, value in variables.items():
        yield {"label": name, "kind": kind_of(value), "detail": summary(value)}
    for name in keyword.kwlist:
        yield {"label": name, "kind": "keyword", "detail": ""}
    for name in dir(builtins):
        value = getattr(builtins, name)
        yield {"label": name, "kind": kind_of(value), "detail": ""}


def _attributes(value: Any) -> Iterator[Suggestion]:
    if value is code.MISSING:
        return
    value = value.of if code.is_a(value, code.Instance) else value
    for name in _dir(value):
        static = inspect.getattr_static(value, name, None)
        is_property = code.is_a(static, property)
        kind: Kind = "property" if is_property else kind_of(static)
        yield {"label": name, "kind": kind, "detail": ""}


def _dir(value: Any) -> list[str]:
    try:
        return [name for name in dir(value) if type(name) is str]
    except Exception:  # a reader's own __dir__ may raise anything
        return []


def _arguments(call: code.Call | None, variables: Mapping[str, Any]) -> Iterator[Suggestion]:
    if call is None:
        return
    for parameter in _parameters(code.look_up(call.function, variables)):
        by_name = parameter.kind in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        if by_name and parameter.name not in call.named and not call.keyword:
            has_default = parameter.default is not parameter.empty
            detail = f"= {summary(parameter.default)}" if has_default else ""
            yield {"label": f"{parameter.name}=", "kind": "argument", "detail": detail}


def _parameters(function: Any) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except Exception:  # a reader's own class may raise anything when looked at
        return []


def _values(found: list[code.Token], variables: Mapping[str, Any]) -> Iterator[Suggestion]:
    """The values that the argument at the cursor may have, where its type lists them."""
    call = code.open_call(found)
    if call is None:
        return
    function = code.look_up(call.function, variables)
    parameters = [p for p in _parameters(function) if p.name != "self"]
    name = call.keyword
    if not name and call.position < len(parameters):
        name = parameters[call.position].name
    for value in _literals(_hint(function, name)):
        yield {"label": str(value), "kind": "value", "detail": name}


def _hint(function: Any, name: str) -> Any:
    annotations = code.attribute(function, "__annotations__")
    annotation = annotations.get(name) if code.is_a(annotations, dict) else None
    if code.is_a(annotation, str):  # written as text; looked up, never evaluated
        module = sys.modules.get(str(code.attribute(function, "__module__")))
        text = annotation.partition("|")[0].strip()
        return getattr(module, text, None)
    return annotation


def _literals(hint: Any) -> Iterator[object]:
    if typing.get_origin(hint) is Literal:
        yield from typing.get_args(hint)
    else:
        for part in typing.get_args(hint):
            yield from _literals(part)


def _columns(variables: Mapping[str, Any]) -> Iterator[Suggestion]:
    """The columns of all frames in scope: which one is meant, no text tells for sure."""
    for name, value in variables.items():
        if not name.startswith("_") and _is_frame(value):
            for column, dtype in _schema(value):
                yield {"label": column, "kind": "column", "detail": f"{name}: {dtype}"}


def _is_frame(value: object) -> bool:
    kind = type(value)
    return kind.__name__ in ("DataFrame", "LazyFrame") and str(kind.__module__).startswith(
        "polars."
    )


def _schema(frame: Any) -> list[tuple[str, str]]:
    try:
        schema = frame.collect_schema() if hasattr(frame, "collect_schema") else frame.schema
    except Exception:  # a lazy frame of a query that cannot be planned
        return []
    return [(column, str(dtype).partition("(")[0]) for column, dtype in schema.items()]


def kind_of(value: object) -> Kind:
    """Sort a value for the editor's symbols, by its type alone: its `__class__` may raise."""
    kind = type(value)
    if issubclass(kind, ModuleType):
        return "module"
    if issubclass(kind, type):
        return "class"
    return "function" if callable(value) or kind is staticmethod else "variable"


def summary(value: object) -> str:
    """Return in few words what a value is, without its own `__repr__`, which may be slow."""
    kind = type(value)
    if value is None or kind in (bool, float) or (kind is int and _is_short(value)):
        return repr(value)
    if type(value) is str:
        return repr(value if len(value) <= 20 else f"{value[:19]}…")
    if _is_frame(value) and kind.__name__ == "DataFrame":
        rows, columns = value.shape  # type: ignore[attr-defined]
        return f"DataFrame, {rows:,} x {columns}"
    return "" if issubclass(kind, ModuleType) or callable(value) else kind.__name__


def _is_short(value: Any) -> bool:
    """Whether Python would write a number: of thousands of digits it does not."""
    return int.bit_length(value) <= MOST_BITS
