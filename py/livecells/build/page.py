"""One page while it is built: its cells in order, its namespace, where its fences stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from livecells.build.errors import CellError
from livecells.build.prerender import Prerenderer, Rendered, Session


@dataclass
class Page:
    """A page being rendered.

    Attributes:
        url: Address below the site's root; names the namespace.
        source: The Markdown file, for messages and line numbers.
    """

    url: str
    source: Path
    prerenderer: Prerenderer
    session: Session
    cells: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, url: str, source: Path, prerenderer: Prerenderer) -> "Page":
        """Start a page with an empty namespace."""
        return cls(url, source, prerenderer, prerenderer.session(url))

    def run(self, cell: str, source: str, *, alone: bool = False) -> Rendered:
        """Run the next cell of the page, in the page's namespace or in one of its own.

        Raises:
            CellError: The id is taken or the cell raised; names page, line and traceback.
        """
        if cell in self.cells:
            raise self.error(cell, f'cell id "{cell}" is used twice on this page')
        self.cells[cell] = source
        session = self.prerenderer.session(self.url_of(cell)) if alone else self.session
        rendered = session.run(cell, source)
        if rendered.error:
            traceback = "\n".join(rendered.error["traceback"])
            raise self.error(cell, f'cell "{cell}" raised\n{traceback}', rendered.error_line)
        if problem := rendered.problem:
            raise self.error(cell, f'cell "{cell}": {problem}')
        return rendered

    def url_of(self, cell: str) -> str:
        """Give the cell's own address, which names its namespace when it runs alone."""
        return f"{self.url}#{cell}"

    def error(self, cell: str, message: str, offset: int = 0) -> CellError:
        """Make an error that points at line `offset` (0: the fence itself) of a cell."""
        return CellError(self.source.name, self._line(cell) + offset, message)

    def _line(self, cell: str) -> int:
        """Find the last fence that names `cell`; of two with one id the second is the mistake."""
        found = [number for number, line in self._lines() if f'cell="{cell}"' in line]
        return found[-1] if found else 0

    def _lines(self) -> Iterator[tuple[int, str]]:
        if self.source.is_file():
            text = self.source.read_text(encoding="utf-8")
            yield from enumerate(text.splitlines(), start=1)
