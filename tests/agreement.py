"""The cells of the built site, and whether two runs of one gave the same."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from livecells.kernel.outputs import Output

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


def site_pages(site: Path) -> dict[str, SitePage]:
    """The pages of a built site that have cells, by address."""
    found = {}
    for path in sorted(site.rglob("index.html")):
        reader = _PageReader()
        reader.feed(path.read_text(encoding="utf-8"))
        if reader.page.cells:
            folder = path.parent.relative_to(site).as_posix()
            found[f"{folder}/".removeprefix("./")] = reader.page
    return found


class _PageReader(HTMLParser):
    """Reads a page as its own script does."""

    def __init__(self) -> None:
        super().__init__()
        self.page = SitePage()
        self._cell: tuple[str, str] | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "code-cell":
            self._cell = (given.get("data-page", ""), given.get("id", ""))
        elif tag == "cell-try":
            self.page.edits[given["data-cell"]] = (given["data-old"], given["data-new"])
        elif tag == "code" and self._cell and given.get("class") == "language-python":
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
