r"""The figures of the prose under lock: every `{= ... =}` of a page with the text it gave.

    python -m trends.pages.prose          compares the pages with the lock file
    python -m trends.pages.prose --write  accepts what the data says now

A data refresh that changes a figure fails the first until someone has read the sentence again.
"""

import json
import re
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from trends.pages import macros

SITE = Path("site")
LOCK = Path("tests/golden/prose.json")
CONVERTED = "---\nrender_macros: false"
"""How a page begins whose figures come from its own cells; the engine's lock holds them."""
COMMAND = "python -m trends.pages.prose --write"
DELIMITERS: dict[str, Any] = {  # as the macros plugin has them in mkdocs.yml
    "variable_start_string": "{=",
    "variable_end_string": "=}",
    "block_start_string": "{%%",
    "block_end_string": "%%}",
    "comment_start_string": "{##",
    "comment_end_string": "##}",
}
PIECES = frozenset({"catalogue", "changes", "open_table"})
"""Calls that write a piece of a page; what they say is held by tests of their own."""

EXPRESSION = re.compile(r"\{=(.*?)=\}", re.DOTALL)
TAG = re.compile(r"<[^>]+>")

Lock = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Figure:
    """One expression of a page; `line` counts from 1, `text` is what a reader sees."""

    page: str
    line: int
    expression: str
    text: str

    @property
    def place(self) -> str:
        """Page, line and expression, for a message."""
        return f"{self.page}:{self.line}: {{= {self.expression} =}}"


def figures(site: Path = SITE) -> Iterator[Figure]:
    """Evaluate every expression of every page, as the build does.

    Raises:
        ValueError: An expression fails; the message names page and line.
    """
    environment = Environment(undefined=StrictUndefined, autoescape=False, **DELIMITERS)  # noqa: S701 (Markdown)
    environment.filters.update(macros.figures())
    for path in sorted(site.rglob("*.md")):
        page, text = path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        if not text.startswith(CONVERTED):
            yield from _page_figures(environment, page, text)


def _page_figures(environment: Environment, page: str, text: str) -> list[Figure]:
    """Render a page whole, for its expressions may use what it has set above them."""
    found: list[Figure] = []

    def keep(start: int, expression: str, value: object) -> str:
        line = text.count("\n", 0, start) + 1
        found.append(Figure(page, line, expression, plain(str(value))))
        return ""

    def wrapped(match: re.Match[str]) -> str:
        expression = " ".join(match[1].split())
        if expression.partition("(")[0] in PIECES:
            return ""
        return f"{{= keep({match.start()}, {json.dumps(expression)}, ({match[1]})) =}}"

    try:
        template = environment.from_string(EXPRESSION.sub(wrapped, text))
        template.render({**macros.vocabulary(), "keep": keep})
    except Exception as error:
        msg = f"{page}:{_line(error)}: {type(error).__name__}: {error}"
        raise ValueError(msg) from error
    return found


def _line(error: Exception) -> int:
    """Find the line of the template at which an error arose; 0 when unknown."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == "<template>"]
    return getattr(error, "lineno", None) or (lines[-1] if lines else 0)


def plain(written: str) -> str:
    """Return what a reader sees of a piece of HTML."""
    return " ".join(TAG.sub(" ", written).split())


def differences(lock: Lock, found: list[Figure]) -> list[str]:
    """Return where pages and lock differ, a line each."""
    lines = []
    for figure in found:
        before = lock.get(figure.page, {}).get(figure.expression)
        if before is None:
            lines.append(f"{figure.place} is not in {LOCK}, gives {figure.text!r}: {COMMAND}")
        elif before != figure.text:
            lines.append(f"{figure.place} was {before!r}, is {figure.text!r}")
    kept = {(figure.page, figure.expression) for figure in found}
    lines += [
        f"{page}: {{= {expression} =}} is in {LOCK} only: {COMMAND}"
        for page, expressions in lock.items()
        for expression in expressions
        if (page, expression) not in kept
    ]
    return lines


def read(path: Path = LOCK) -> Lock:
    """Read the lock file; an empty one where there is none."""
    lock: Lock = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return lock


def write(found: list[Figure], path: Path = LOCK) -> None:
    """Write the lock file, sorted, so that two people's pages merge."""
    lock: Lock = {}
    for figure in found:
        lock.setdefault(figure.page, {})[figure.expression] = figure.text
    text = json.dumps(lock, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Compare, or with `--write` accept; returns the exit status."""
    found = list(figures())
    lines = differences(read(), found)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if "--write" in arguments:
        write(found)
        sys.stdout.write(f"{LOCK}: {len(found)} figures\n")
        return 0
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
