"""Reads a page as its author wrote it: where its fences and its expressions stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Self

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from livecells.kernel.sql import MARK
from livecells.store import digest

CELLS = ("python", "sql")
"""Of fences that are cells."""

LANGUAGES = (*CELLS, "try", "exercise")
"""Of fences that belong to a cell."""

FLAGS = ("hide", "alone", "network", "plain")
"""Options without a value: shown only to readers who want to see code; in a namespace of its own;
run by readers and never by the build; not a cell although all blocks of its page are."""

OPTIONS = ("cell", "raises", *FLAGS)
"""Of a cell's fence. `raises` names the exception that ends it on purpose."""

EXPRESSION = re.compile(r"\{=(?P<text>.*?)=\}", re.DOTALL)
IN_CELL = re.compile(r"(?P<cell>[a-z][a-z0-9-]*):\s")

_FENCE = re.compile(r"^[ \t>]*(?P<mark>`{3,}|~{3,})(?P<header>[^`]*)$")
_OPTION = re.compile(
    r"""(?P<name>[\w-]+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+)))?"""
)
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")


@dataclass(frozen=True)
class Fence:
    """A fenced block.

    Attributes:
        line: Of its first line, from 1.
        language: Its first word.
        options: What follows that, by name; None for an option without a value.
        source: Its body.
    """

    line: int
    language: str
    options: dict[str, str | None]
    source: str

    @property
    def cell(self) -> str:
        """The id of the cell that it is or belongs to; empty for an ordinary block."""
        return (self.options.get("cell") or "") if self.language in LANGUAGES else ""

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell whose names the page sees."""
        is_apart = "alone" in self.options or not self.runs_here
        return self.language in CELLS and bool(self.cell) and not is_apart

    @property
    def is_ours(self) -> bool:
        """Whether livecells writes it: a cell, an edit of one, a block kept from being one."""
        is_kept = self.language == "python" and "plain" in self.options
        return is_kept or (self.language in LANGUAGES and "cell" in self.options)

    @property
    def runs_here(self) -> bool:
        """Whether it is run outside of a reader's browser."""
        return {"plain", "network"}.isdisjoint(self.options)

    def mistake(self, languages: Iterable[str]) -> str | None:
        """Return what is wrong with its first line, where it seems to mean a block of ours.

        Args:
            languages: Of the site's own blocks.
        """
        known = [*LANGUAGES, *languages]
        if self.language in LANGUAGES and "cell" not in self.options:
            meant = next((name for name in self.options if _is_near(name, "cell")), None)
            if meant:
                wanted = f'cell="{self.options[meant] or "an-id"}"'
                return f"unknown option {meant}: did you mean {wanted}?"
            stray = next((name for name in self.options if name in OPTIONS), None)
            if stray and "plain" not in self.options:
                return f"{stray} is an option of cells: write ```{self.language} cell {stray}"
        elif self.language not in known:
            if "cell" in self.options:
                wanted = (get_close_matches(self.language, LANGUAGES, n=1) or LANGUAGES)[0]
                return (
                    f"a block in {self.language or 'no language'} is not a cell: "
                    f'write ```{wanted} cell="{self.options["cell"] or "an-id"}"'
                )
            near = get_close_matches(self.language, known, n=1, cutoff=0.8)
            if near and not _has_colours(self.language):
                return f"no block is called {self.language}: did you mean {near[0]}?"
        return None


@dataclass(frozen=True)
class Inline:
    """An expression in prose.

    Attributes:
        line: Where it begins, from 1.
        text: The expression, without a cell's name before it.
        place: Id of the cell whose names it sees: the one named, else the one above; empty before
            the first.
        is_named: Whether the author has named it.
    """

    line: int
    text: str
    place: str
    is_named: bool


@dataclass(frozen=True)
class Ids:
    """Names the cells to which their author gives no id.

    Attributes:
        prefix: Of their ids, from the page's address: a chart's id is one of the site's.
        is_all: Whether all Python blocks of the page are cells.
    """

    prefix: str = "cell"
    is_all: bool = False

    @classmethod
    def of_page(cls, url: str, *, is_all: bool) -> Self:
        """Name cells after the address of their page."""
        name = re.sub(r"[^a-z0-9]+", "-", url.removesuffix(".html").lower()).strip("-")
        unique = "" if url.isascii() else digest(url)[:6]
        parts = ["" if name[:1].isalpha() else "page", name, unique]
        return cls("-".join(part for part in parts if part), is_all)

    def named(self, blocks: Iterable[Fence]) -> Iterator[Fence]:
        """Give each cell among the blocks of a page its id."""
        number = 0
        for one in blocks:
            is_cell = one.language == "python" and (self.is_all or "cell" in one.options)
            if is_cell and "plain" not in one.options:
                number += 1
                cell = one.options.get("cell") or f"{self.prefix}-{number}"
                yield replace(one, options={**one.options, "cell": cell})
            elif one.language == "sql" and one.options.get("cell"):
                yield replace(one, source=of_sql(one.cell, one.source))
            else:
                yield one


UNNAMED = Ids()


def of_sql(cell: str, statement: str) -> str:
    """Return the text of a cell of SQL: its result has the cell's name."""
    return f"{MARK} {cell.replace('-', '_')}\n{statement}"


def raised_text(raised: tuple[str, str]) -> str:
    """Say which exception ended a block; its text may be empty."""
    return f"raised {': '.join(part for part in raised if part)}"


def unexpected(raised: tuple[str, str] | None, wanted: str | None) -> str:
    """Return what is wrong with how a block ended, or nothing.

    Args:
        raised: Name and text of the exception, if one ended it.
        wanted: What its option `raises` says.
    """
    if raised is None:
        return f"raised nothing, not {wanted}: take 'raises' out" if wanted else ""
    if wanted == raised[0]:
        return ""
    said = raised_text(raised)
    if wanted:
        return f"{said}, not {wanted}"
    return f'{said}; if it is on purpose, write raises="{raised[0]}"'


def fences(text: str, ids: Ids = UNNAMED) -> Iterator[Fence]:
    """Find the fenced blocks of a page; a block inside of another is a part of it."""
    return ids.named(_blocks(text))


def _blocks(text: str) -> Iterator[Fence]:
    mark, start = "", 0
    body: list[str] = []
    head: tuple[str, dict[str, str | None]] = ("", {})
    for number, line in enumerate(text.split("\n"), start=1):
        found = _FENCE.match(line)
        if mark and found and found["mark"].startswith(mark) and not found["header"].strip():
            yield Fence(start, *head, "\n".join(body))
            mark = ""
        elif mark:
            body.append(line)
        elif found:
            mark, start, body = found["mark"], number, []
            language, _, options = _bare(found["header"]).partition(" ")
            head = language, {one["name"]: _value(one) for one in _OPTION.finditer(options)}


def _bare(header: str) -> str:
    """Write a header in braces, as in `{.python cell=one}`, without them."""
    found = re.fullmatch(r"\{\s*\.(?P<inside>[\w-]+\s.*?)\s*\}", header.strip())
    return found["inside"] if found else header.strip()


def inlines(text: str, ids: Ids = UNNAMED) -> Iterator[tuple[int, int, Inline]]:
    """Find the expressions of a page outside of code: start, end, and what they say."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    blocks = [
        (starts[one.line - 1], starts[min(one.line + one.source.count("\n") + 2, len(lines))], one)
        for one in fences(text, ids)
    ]
    spans = [(start, end) for start, end, _ in blocks]
    spans += [found.span() for found in _CODE.finditer(text)]
    for found in EXPRESSION.finditer(text):
        if any(start <= found.start() < end for start, end in spans):
            continue
        above = [one.cell for start, _, one in blocks if start < found.start() and one.is_cell]
        said = found["text"].strip()
        named = IN_CELL.match(said)
        is_named = named is not None and named["cell"] != "lambda"
        place = named["cell"] if named and is_named else (above or [""])[-1]
        inner = said[named.end() :] if named and is_named else said
        number = text.count("\n", 0, found.start()) + 1
        yield found.start(), found.end(), Inline(number, " ".join(inner.split()), place, is_named)


def _value(option: re.Match[str]) -> str | None:
    return next(
        (option[kind] for kind in ("double", "single", "bare") if option[kind] is not None), None
    )


def _is_near(name: str, wanted: str) -> bool:
    return bool(get_close_matches(name.lower(), [wanted], cutoff=0.7))


def _has_colours(language: str) -> bool:
    """Tell whether it is a language that Pygments knows, or none at all, such as `{.class}`."""
    try:
        return not re.fullmatch(r"[\w-]+", language) or bool(find_lexer_class_by_name(language))
    except ClassNotFound:
        return False
