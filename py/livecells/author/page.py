"""One page while it is built: its cells in order, its namespace, where its fences stand."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from livecells.author import params
from livecells.author.context import SiteContext
from livecells.author.params import Param
from livecells.author.prerender import Rendered, chart_spec
from livecells.errors import CellError
from livecells.figures.publish import Figure

FENCE = re.compile(r"^[ \t>]*(?P<mark>`{3,}|~{3,})(?P<header>[^`]*)$")
CELL = re.compile(r"""(?:^|\s)cell=["']([^"']*)["']""")


@dataclass
class Page:
    """A page being rendered.

    Attributes:
        site: What it shares with the other pages.
        url: Address below the site's root; names the namespace.
        source: The Markdown file, for messages and line numbers.
        title: What the page is called, for those who cite a figure of it.
        cells: Source of each cell so far, by its id.
        tries: The cells that suggested edits so far are of.
    """

    site: SiteContext
    url: str
    source: Path
    title: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    tries: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = self.site.prerenderer.session(self.url)
        self.site.titles[self.url] = self.title

    def link_to(self, url: str) -> str | None:
        """Return the relative address of another page, or nothing where the site has no such page.

        Args:
            url: Address below the site's root, such as `part/chapter/`.
        """
        if url not in self.site.pages:
            return None
        here = posixpath.dirname(self.url) or "."
        return posixpath.relpath(url or ".", here).rstrip("/") + "/"

    def run(self, cell: str, source: str, *, alone: bool = False) -> Rendered:
        """Run the next cell of the page, in the page's namespace or in one of its own.

        Raises:
            CellError: The id is taken or the cell raised; names page, line and traceback.
        """
        if cell in self.cells:
            raise self.error(cell, f'cell id "{cell}" is used twice on this page')
        self.cells[cell] = source
        session = self.site.prerenderer.session(self.url_of(cell)) if alone else self.session
        rendered = session.run(cell, source)
        if rendered.error:
            traceback = "\n".join(rendered.error["traceback"])
            raise self.error(cell, f'cell "{cell}" raised\n{traceback}', rendered.error_line)
        if problem := rendered.problem:
            raise self.error(cell, f'cell "{cell}": {problem}')
        if not alone:
            self._publish(cell, source, rendered)
        return rendered

    def try_out(self, cell: str, source: str) -> tuple[list[Param], params.Precomputed]:
        """Compute what the choices of the next cell's parameters give, and publish it.

        Returns:
            The parameters; for each of them, the file of each value computed ahead.

        Raises:
            CellError: A parameter is written wrongly, or a choice raised.
        """
        try:
            declared = params.parse(source)
        except ValueError as error:
            raise self.error(cell, f'cell "{cell}": {error}') from error
        precomputed: params.Precomputed = {}
        for param, literal, text in params.variants(source):
            rendered = self.session.try_out(cell, text)
            if rendered.error:
                traceback = "\n".join(rendered.error["traceback"])
                msg = f'cell "{cell}" with {param.name} = {literal} raised\n{traceback}'
                raise self.error(cell, msg, rendered.error_line)
            name, content = params.precomputed_file(cell, rendered.outputs)
            self.site.precomputed[name] = content
            precomputed.setdefault(param.name, {})[literal] = name
        return declared, precomputed

    def _publish(self, cell: str, source: str, rendered: Rendered) -> None:
        """Hand over the cell's chart; of several the first is the figure."""
        pairs = zip(rendered.outputs, rendered.pictures, strict=True)
        charts = [(chart_spec(out) or {}, picture) for out, picture in pairs if picture]
        if not charts:
            return
        figure = Figure(cell, *charts[0], source, self.url, self.title, self.source.name)
        if other := self.site.figures.add(figure):
            message = f'figure "{cell}" is on {other} too: cells with a chart need ids of their own'
            raise self.error(cell, message)

    def close(self) -> None:
        """Make sure that each fence with a cell has come out of the page.

        Where Markdown cannot read the first line of one, it is plain text to it.

        Raises:
            CellError: One has not; names its line.
        """
        tries = list(self.tries)
        for line, language, header in self._fences():
            cell = found[1] if (found := CELL.search(header)) else ""
            if language == "python" and cell in self.cells:
                continue
            if language == "try" and cell in tries:
                tries.remove(cell)
                continue
            msg = f'this fence is not read as a cell: write ```{language} cell="an-id" alone'
            raise CellError(self.source.name, line, msg)

    def _fences(self) -> Iterator[tuple[int, str, str]]:
        """Find the fences that name a cell: line, language, and what follows it."""
        mark = ""
        for number, line in self._lines():
            found = FENCE.match(line)
            if mark and found and found["mark"].startswith(mark) and not found["header"].strip():
                mark = ""
            elif found and not mark:
                mark = found["mark"]
                language, _, header = found["header"].strip().partition(" ")
                if language in ("python", "try") and re.search(r"\bcell\s*=", header):
                    yield number, language, header

    def url_of(self, cell: str) -> str:
        """Return the cell's own address, which names its namespace when it runs alone."""
        return f"{self.url}#{cell}"

    def error(self, cell: str, message: str, offset: int = 0) -> CellError:
        """Make an error that points at line `offset` (0: the fence itself) of a cell."""
        return CellError(self.source.name, self._line(cell) + offset, message)

    def _line(self, cell: str) -> int:
        """Find the last fence that names `cell`; of two with one id the second is the mistake."""
        found = [number for number, line in self._lines() if f'cell="{cell}"' in line]
        if not found:  # written in some other way: the next one that has not come yet
            found = [number for number, *_ in self._fences()][
                : len(self.cells) + len(self.tries) + 1
            ]
        return found[-1] if found else 0

    def _lines(self) -> Iterator[tuple[int, str]]:
        if self.source.is_file():
            text = self.source.read_text(encoding="utf-8")
            yield from enumerate(text.splitlines(), start=1)
