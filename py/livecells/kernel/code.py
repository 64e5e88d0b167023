"""Reads the code around a cursor: enough of it to complete, to explain, and no more.

The text is usually not Python yet, for its writer is in the middle of it. So it is read by tokens,
from the cursor backwards, and nothing of it is ever called: names and attributes are looked up in
variables that exist, and the result of a call is known from its annotation.
"""

import builtins
import io
import keyword
import re
import sys
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")

MISSING = object()
"""What `look_up` gives for a chain that leads nowhere."""

_OPEN = {"(": ")", "[": "]", "{": "}"}
_SKIPPED = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Token:
    """A piece of code; `start` is its place in the text, in characters."""

    kind: int
    text: str
    start: int


@dataclass(frozen=True)
class Step:
    """A name on the way to a value, and whether it is called there."""

    name: str
    is_called: bool = False


@dataclass(frozen=True)
class Instance:
    """Some value of a class: what is known of the result of a call."""

    of: type


@dataclass(frozen=True)
class Call:
    """The call whose arguments the cursor stands in.

    Attributes:
        function: The way to what is called, such as `pl`, `read_csv`.
        position: Number of the argument at the cursor, from 0.
        keyword: Its name where it is given by name.
        named: Names of the arguments given by name so far.
    """

    function: tuple[Step, ...]
    position: int = 0
    keyword: str = ""
    named: tuple[str, ...] = ()


def tokens(text: str) -> list[Token]:
    """Take code apart; a string or bracket may be open at the end."""
    lines = io.StringIO(text)  # Python's own ends of lines, and no others
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _SKIPPED:
                row, column = token.start
                found.append(Token(token.type, token.string, starts[row - 1] + column))
    except (tokenize.TokenError, SyntaxError):
        pass  # the rest is not code yet; what came before stands
    return found


@dataclass(frozen=True)
class OpenString:
    """Places in the text, in characters: of the opening quote and of what follows it."""

    quote: int
    content: int


def open_string(text: str) -> OpenString | None:
    """Find the string that the end of `text` stands in, if it does."""
    quote, place, start = "", 0, 0
    while place < len(text):
        if not quote and text[place] == "#":
            place = text.find("\n", place)
            if place < 0:
                return None
        elif not quote and text[place] in "\"'":
            start = place
            quote = text[place] * (3 if text.startswith(text[place] * 3, place) else 1)
            place += len(quote) - 1
        elif quote and text[place] == "\\":
            place += 1
        elif quote and text.startswith(quote, place):
            place += len(quote) - 1
            quote = ""
        elif text[place] == "\n" and len(quote) == 1:
            quote = ""
        place += 1
    return OpenString(start, start + len(quote)) if quote else None


def steps(found: list[Token]) -> tuple[Step, ...]:
    """Return the names before the end that are joined by dots, calls between them included.

    Returns:
        `df.filter(x).se` gives `df`, `filter` (called), `se`; nothing where an operator, an index
        or the like comes in between.
    """
    taken: list[Step] = []
    place = len(found) - 1
    while place >= 0:
        is_called = found[place].text == ")"
        if is_called:
            place = _opening(found, place) - 1
        token = found[place] if place >= 0 else None
        if token is None or token.kind != tokenize.NAME or keyword.iskeyword(token.text):
            return ()
        taken.append(Step(token.text, is_called))
        if place == 0 or found[place - 1].text != ".":
            return tuple(reversed(taken))
        place -= 2
    return ()


def _opening(found: list[Token], place: int) -> int:
    """Find the bracket that the one at `place` closes; -1 where there is none."""
    depth = 0
    for at in range(place, -1, -1):
        if found[at].text in _OPEN.values():
            depth += 1
        elif found[at].text in _OPEN:
            depth -= 1
            if depth == 0:
                return at
    return -1


def open_call(found: list[Token]) -> Call | None:
    """Find the innermost call that is open at the end."""
    depth, position, at_keyword = 0, 0, ""
    named: list[str] = []
    for place in range(len(found) - 1, -1, -1):
        token = found[place]
        if token.text in _OPEN.values():
            depth += 1
        elif token.text in _OPEN and depth:
            depth -= 1
        elif token.text in _OPEN:
            function = steps(found[:place]) if token.text == "(" else ()
            return Call(function, position, at_keyword, tuple(named)) if function else None
        elif depth == 0 and token.text == ",":
            position += 1
        elif depth == 0 and token.text == "=" and place and found[place - 1].kind == tokenize.NAME:
            named.append(found[place - 1].text)
            at_keyword = at_keyword if position else named[-1]
    return None


def look_up(way: tuple[Step, ...], variables: Mapping[str, Any]) -> Any:
    """Follow names, attributes and calls without calling anything.

    Returns:
        The value; an `Instance` where only its class is known; `MISSING` where nothing is.
    """
    value: Any = MISSING
    for place, step in enumerate(way):
        owner = value
        if place == 0:
            value = variables.get(step.name, getattr(builtins, step.name, MISSING))
        else:
            value = attribute(owner, step.name)
        if step.is_called:
            value = _result(value, owner)
        if value is MISSING:
            return MISSING
    return value


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Return what `isinstance` does, without asking the value, whose `__class__` may raise."""
    return issubclass(type(value), kind)


def attribute(owner: Any, name: str) -> Any:
    """Look an attribute up; `MISSING` where there is none, or where looking raises."""
    try:
        return getattr(owner.of if is_a(owner, Instance) else owner, name, MISSING)
    except Exception:  # a reader's own property may raise anything
        return MISSING


def _result(function: Any, owner: Any) -> Any:
    """Return what a call gives, from the annotation of what is called."""
    if is_a(function, type):
        return Instance(function)
    annotations = attribute(function, "__annotations__")
    returned = annotations.get("return", MISSING) if is_a(annotations, dict) else MISSING
    if is_a(returned, type):
        return Instance(returned)
    if not is_a(returned, str):
        return MISSING
    name = re.split(r"[|\[]", returned.strip("'\""))[0].strip()
    if name == "Self":
        return Instance(_class_of(owner)) if owner is not MISSING else MISSING
    module = str(attribute(function, "__module__"))
    for place in (module, module.partition(".")[0]):
        found = getattr(sys.modules.get(place), name, None)
        if is_a(found, type):
            return Instance(found)
    return MISSING


def _class_of(owner: Any) -> type:
    if is_a(owner, Instance):
        return owner.of
    return owner if is_a(owner, type) else type(owner)
