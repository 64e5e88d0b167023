"""The cells of the built site, what they give natively, and whether two runs gave the same."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from buildlib import project_settings
from livecells.author.prerender import Prerenderer, Session
from livecells.kernel.outputs import Output
from livecells.site import Site

LANGUAGES = ("language-python", "language-sql")

TOLERANCE = 1e-9
"""Of a float, relative: sums of many rows may be added in another order in 32 bits."""


@dataclass(frozen=True)
class Cell:
    """A cell as a page hands it to Python: `page` names its namespace."""

    page: str
    cell: str
    source: str


@dataclass
class SitePage:
    """A built page: its cells in order, and for some of them the suggested edit of a line."""

    cells: list[Cell] = field(default_factory=list)
    edits: dict[str, tuple[str, str]] = field(default_factory=dict)

    def edited(self, cell: Cell) -> Cell:
        """The cell after its suggested edit."""
        old, new = self.edits[cell.cell]
        lines = cell.source.split("\n")
        assert old in lines, f"{cell.cell} has no line {old!r}"
        source = "\n".join(new if line == old else line for line in lines)
        return Cell(cell.page, cell.cell, source)


def pages_with_cells(site: Path) -> list[str]:
    """The addresses of a built site's pages that have cells."""
    found = []
    for path in sorted(site.rglob("index.html")):
        if "<code-cell" in path.read_text(encoding="utf-8"):
            found.append(f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./"))
    return found


def read_page(site: Path, path: str) -> SitePage:
    """Read one of them; a test does so when it runs, for it takes a moment."""
    reader = _PageReader()
    reader.feed((site / path / "index.html").read_text(encoding="utf-8"))
    return reader.page


@dataclass
class Native:
    """What the cells of a page give under CPython, and what those with an edit give after it."""

    shown: dict[str, list[Output]] = field(default_factory=dict)
    edited: dict[str, list[Output]] = field(default_factory=dict)


def native(page: SitePage) -> Native:
    """Take the outputs from the build, which has run these cells; run the edits, or have them kept.

    The cache is the build's own: by the hash of code, data and all cells above.
    """
    found = Native()
    sessions: dict[str, Session] = {}
    for cell in page.cells:
        session = sessions.setdefault(cell.page, _prerenderer().session(cell.page))
        if cell.cell in page.edits:
            rendered = session.try_out([(cell.cell, page.edited(cell).source, [])])
            assert not rendered.error, f"{cell.cell}, edited: {rendered.error}"
            found.edited[cell.cell] = rendered.outputs
        rendered = session.run(cell.cell, cell.source)
        assert not rendered.error, f"{cell.cell}: {rendered.error}"
        found.shown[cell.cell] = rendered.outputs
    return found


@cache
def _prerenderer() -> Prerenderer:
    made = Site(project_settings()).prerenderer
    made.refresh()
    return made


class _PageReader(HTMLParser):
    """Reads a page as its own script does."""

    def __init__(self) -> None:
        super().__init__()
        self.page = SitePage()
        self._cell: tuple[str, str] | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "code-cell" and "data-checks" not in given:
            self._cell = (given.get("data-page", ""), given.get("id", ""))
        elif tag == "cell-try":
            self.page.edits[given["data-cell"]] = (given["data-old"], given["data-new"])
        elif tag == "code" and self._cell and given.get("class") in LANGUAGES:
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self._cell and self._text is not None:
            self.page.cells.append(Cell(*self._cell, "".join(self._text)))
            self._cell, self._text = None, None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def comparable(outputs: list[Output]) -> Any:
    """Leave out what differs by design: how often a kernel ran before, and the names of data.

    Altair names data after its content: one differing last digit would give another name.
    """
    kept = json.loads(json.dumps(outputs, default=str))
    for output in kept:
        output["execution_count"] = 0
        output.get("metadata", {}).pop("shown", None)
    text = json.dumps(kept)
    for number, name in enumerate(dict.fromkeys(re.findall(r"data-[0-9a-f]{32}", text))):
        text = text.replace(name, f"data-{number}")
    return json.loads(text)


def differences(one: Any, two: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the places at which two JSON values differ."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in one.keys() | two.keys():
            yield from differences(one.get(key), two.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for i, (a, b) in enumerate(zip(one, two, strict=True)):
            yield from differences(a, b, f"{path}[{i}]")
    elif isinstance(one, int | float) and isinstance(two, int | float):
        # JavaScript has one kind of number: 3.0 comes back as 3
        if not math.isclose(one, two, rel_tol=TOLERANCE):
            yield path, one, two
    elif one != two:
        yield path, one, two
