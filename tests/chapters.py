"""Reads the pages of the story and runs their cells as the build does, for the tests."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.author.fence import parse_try
from livecells.author.source import of_sql
from livecells.kernel import Emitted, Kernel, Output
from livecells.kernel.coalesce import coalesce

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"
FENCE = re.compile(r'^```(python|sql|try) cell="([^"]+)"\n(.*?)^```$', re.M | re.S)


@dataclass(frozen=True)
class Cell:
    """A cell as it stands on its page, with the edit suggested below it."""

    page: str
    id: str
    source: str
    edit: tuple[str, str] | None = None

    @property
    def edited(self) -> str:
        """The source after the suggested edit."""
        assert self.edit
        old, new = self.edit
        lines = self.source.split("\n")
        assert lines.count(old) == 1, f"{self.id}: {old!r} stands {lines.count(old)} times"
        return "\n".join(new if line == old else line for line in lines)


def pages() -> list[str]:
    """The pages with cells, such as `frameworks/async`."""
    found = sorted(SITE.rglob("*.md"))
    return [str(p.relative_to(SITE).with_suffix("")) for p in found if FENCE.search(p.read_text())]


def cells(page: str) -> list[Cell]:
    """The cells of a page in order."""
    fences = FENCE.findall((SITE / f"{page}.md").read_text(encoding="utf-8"))
    edits = {cell: parse_try(body)[:2] for kind, cell, body in fences if kind == "try"}
    return [
        Cell(
            page,
            cell,
            (body if kind == "python" else of_sql(cell, body)).rstrip("\n"),
            edits.get(cell),
        )
        for kind, cell, body in fences
        if kind != "try"
    ]


def url_of(page: str) -> str:
    """The address of a page below the site's root."""
    return f"{page.removesuffix('index').removesuffix('/')}/".removeprefix("/")


class Run:
    """One page's namespace; `variables` is what the cells have defined so far."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.kernel = Kernel()

    @property
    def variables(self) -> dict[str, Any]:
        """The names the cells have defined."""
        return self.kernel.namespace(self.page).variables

    def execute(self, cell: Cell, source: str = "") -> list[Output]:
        """Run a cell and give its outputs; an exception of the cell fails the test."""
        outputs: list[Emitted] = []
        request: Any = {"page": self.page, "cell": cell.id, "source": source or cell.source}
        reply = asyncio.run(self.kernel.execute(request, outputs.append))
        assert reply["status"] == "ok", f"{self.page} {cell.id}: {outputs[-1]}"
        return coalesce(outputs)
