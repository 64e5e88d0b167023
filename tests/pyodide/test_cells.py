"""Same numbers: every cell of every page gives under CPython and in the real Pyodide the same."""

from __future__ import annotations

import asyncio
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from livecells.kernel import Emitted, Kernel
from livecells.kernel.outputs import Output
from livecells.kernel.settled import settled

if TYPE_CHECKING:
    from pyodide.conftest import Session

SITE = Path("_site")
TOLERANCE = 1e-9
"""Of a float, relative: sums of many rows may be added in another order in 32 bits."""

RUN = """
import json
from livecells import kernel

outputs = []
reply = await kernel.execute({request!r}, outputs.append)
[json.loads(reply), [json.loads(one) for one in outputs]]
"""


class Cell(NamedTuple):
    page: str
    cell: str
    source: str


class CellReader(HTMLParser):
    """Collects the cells of a page as the page's own script reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self._cell: tuple[str, str] | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "code-cell":
            self._cell = (given.get("data-page") or "", given.get("id") or "")
        elif tag == "code" and self._cell and given.get("class") == "language-python":
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self._cell and self._text is not None:
            self.cells.append(Cell(*self._cell, "".join(self._text)))
            self._cell, self._text = None, None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def site_pages() -> dict[str, list[Cell]]:
    """The cells of the built site, by page."""
    found = {}
    for path in sorted(SITE.rglob("index.html")):
        reader = CellReader()
        reader.feed(path.read_text(encoding="utf-8"))
        if reader.cells:
            found[str(path.parent.relative_to(SITE))] = reader.cells
    return found


PAGES = site_pages()


def test_the_site_has_cells() -> None:
    assert PAGES, "there is no built site: run 'make build'"


@pytest.mark.parametrize("page", PAGES)
def test_cells_agree(pyodide: Session, page: str) -> None:
    kernel = Kernel()
    for cell in PAGES[page]:
        request: Any = cell._asdict()
        outputs: list[Emitted] = []
        here = asyncio.run(kernel.execute(request, outputs.append))
        reply, there = pyodide.run(RUN.format(request=json.dumps(request)))
        assert here["status"] == "ok", outputs[-1]
        assert reply["status"] == "ok", there[-1]
        native = json.loads(json.dumps(settled(outputs), default=str))
        differences = list(different(without_counts(native), without_counts(settled(there))))
        assert not differences, f"{cell.cell}: {differences[:3]}"


def without_counts(outputs: list[Output]) -> Any:
    """Leave out what differs by design: how often a kernel ran before, and the names of data.

    Altair names data after its content: one differing last digit would give another name.
    """
    text = json.dumps([{**output, "execution_count": 0} for output in outputs])
    names = dict.fromkeys(re.findall(r"data-[0-9a-f]{32}", text))
    for number, name in enumerate(names):
        text = text.replace(name, f"data-{number}")
    return json.loads(text)


def different(one: Any, two: Any, path: str = "") -> Any:
    """Yield the places at which two JSON values differ."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in one.keys() | two.keys():
            yield from different(one.get(key), two.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for i, (a, b) in enumerate(zip(one, two, strict=True)):
            yield from different(a, b, f"{path}[{i}]")
    elif isinstance(one, float) and isinstance(two, float):
        if not math.isclose(one, two, rel_tol=TOLERANCE):
            yield path, one, two
    elif one != two:
        yield path, one, two


def test_differences_are_seen() -> None:
    one: Any = {"a": [1.0, "x"], "b": 2}
    assert list(different(one, {"a": [1.0 + 1e-12, "x"], "b": 2})) == []
    assert list(different(one, {"a": [1.1, "y"], "c": 2})) != []
    assert len(list(different(one, {"a": [1.1, "y"], "b": 3}))) == 3
