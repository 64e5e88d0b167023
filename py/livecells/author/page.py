"""One page while it is built: its cells in order, its namespace, where its fences stand."""

import builtins
import posixpath
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile
from pathlib import Path

from livecells.author import params
from livecells.author.context import SiteContext
from livecells.author.exercise import Exercise
from livecells.author.inline import Located, locate
from livecells.author.params import Param
from livecells.author.prerender import Rendered, Step, chart_spec
from livecells.author.source import CELLS, Fence, Ids, fences, inlines, raised_text, unexpected
from livecells.errors import BuildError, PageError
from livecells.figures.draw import description
from livecells.figures.publish import Figure
from livecells.kernel.expressions import ExpressionError, Value, evaluate
from livecells.kernel.sql import is_sql


@dataclass
class Page:
    """A page being rendered.

    Attributes:
        site: What it shares with the other pages.
        url: Address below the site's root; names the namespace.
        source: The Markdown file, for messages and line numbers.
        title: What the page is called, for those who cite a figure of it.
        base: Address below the site's root that relative addresses in what it writes start from:
            the page's own, where the site generator does not rewrite them.
        is_all: Whether all its Python blocks are cells.
        is_reactive: Whether what depends on a cell runs by itself after it.
        cells: Source of each cell so far, by its id.
        values: What the expressions of its prose give, by their number.
        languages: Of the blocks that the site writes itself.
    """

    site: SiteContext
    url: str
    source: Path
    title: str = ""
    is_all: bool = False
    base: str = ""
    is_reactive: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    values: dict[int, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        text = self.source.read_text(encoding="utf-8") if self.source.is_file() else ""
        self._written = text
        self.base = self.base or self.url
        self.ids = Ids.of_page(self.url, is_all=self.is_all)
        self._fences = list(fences(text, self.ids))
        self._seen: Counter[str] = Counter()
        self._fence: Fence | None = None
        self._located: list[Located] = []
        self._broken = ""
        self.session = self.site.prerenderer.session(self.url)
        self.site.begin(self.url, self.source, self.title)

    def link_to(self, url: str) -> str | None:
        """Return the relative address of another page, or None where the site has no such page.

        Args:
            url: Address below the site's root, such as `part/chapter/`.
        """
        if url not in self.site.pages:
            return None
        here = posixpath.dirname(self.base) or "."
        return posixpath.relpath(url or ".", here).rstrip("/") + "/"

    @property
    def root(self) -> str:
        """The relative address of the site's root, with a slash at its end or empty."""
        return "../" * self.base.count("/")

    def enter(self, language: str) -> None:
        """Note that the next fence in a language is being written, for the line of messages."""
        same = [one for one in self._fences if one.language == language]
        if language in CELLS:
            same = [one for one in same if one.is_ours]
        number = self._seen[language]
        self._seen[language] += 1
        self._fence = same[number] if number < len(same) else None

    @property
    def made_id(self) -> str:
        """The id of the fence that is being written, for a cell to which its author gives none.

        Raises:
            PageError: The fence comes from another file.
        """
        if self._fence is None:
            message = 'a cell of another file needs an id: write cell="an-id"'
            raise self.error(message)
        return self._fence.cell

    def note(self, cell: str, source: str) -> None:
        """Note the next cell of the page.

        Raises:
            PageError: The id is taken.
        """
        if cell in self.cells:
            raise self.error(f'cell id "{cell}" is used twice on this page')
        self.cells[cell] = source

    def run(
        self, cell: str, source: str, *, alone: bool = False, raises: str = ""
    ) -> Rendered | None:
        """Run the next cell of the page, in the page's namespace or in one of its own.

        Args:
            cell: Its id.
            source: Its Python.
            alone: Whether in one of its own.
            raises: The exception that ends it on purpose.

        Returns:
            What it gave; None below a cell that raised, where one mistake would be told many times.

        Raises:
            PageError: The id is taken, or the cell ended in another way.
        """
        self.note(cell, source)
        if self._broken and not alone:
            return None
        session = self.site.prerenderer.session(self.url_of(cell)) if alone else self.session
        wanted = [] if alone else [one for one in self._located if one.cell == cell]
        requests = [one.request for one in wanted]
        rendered = session.run(cell, source, requests, self.site.wording, raises)
        if ending := unexpected(_raised(rendered), raises):
            self._broken = self._broken if alone else cell
            line = rendered.error_line - is_sql(source)  # whose first line is that of the fence
            raise self.error(f'cell "{cell}" {ending}', max(line, 0))
        if problem := rendered.problem:
            raise self.error(f'cell "{cell}": {problem}')
        if not alone:
            self._publish(cell, source, rendered)
            self._take(wanted, rendered.values)
        return rendered

    def prove(self, cell: str, exercise: Exercise) -> None:
        """Prove that the solution of an exercise passes its checks, and that its first text fails.

        Raises:
            PageError: The id is taken, or one of them does not.
        """
        self.note(cell, exercise.start.source)
        if self._broken:
            return
        told, solution = f'exercise "{cell}"', exercise.solution
        answer = self.session.answer(cell, solution.source, exercise.code)
        if raised := _raised(answer):
            line = solution.line + max(answer.error_line, 0)
            raise self.error(f"{told}: the solution {raised_text(raised)}", line)
        if answer.failed >= 0:
            check = exercise.checks[answer.failed]
            raise self.error(f"{told}: the solution fails the check {check.said!r}", check.line)
        first = self.session.answer(cell, exercise.start.source, exercise.code)
        if not first.error and first.failed < 0:
            raise self.error(f"{told}: the first text passes all checks, so nothing is asked", 1)

    def try_out(
        self, cell: str, source: str, *, is_ahead: bool = True
    ) -> tuple[list[Param], params.Precomputed]:
        """Compute what the choices of the next cell's parameters give, and publish it.

        Args:
            cell: Its id.
            source: Its Python.
            is_ahead: Whether to compute; else its parameters are only read.

        Returns:
            The parameters; for each of them, the file of each value computed ahead.

        Raises:
            PageError: A parameter is written wrongly, or a choice raised.
        """
        try:
            declared = params.parse(source)
        except ValueError as error:
            raise self.error(f'cell "{cell}": {error}') from error
        precomputed: params.Precomputed = {}
        hidden = self._hidden_after(cell)
        wanted = [one for name in (cell, *hidden) for one in self._located if one.cell == name]
        is_ahead = is_ahead and not self._broken
        for param, literal, text in params.variants(source) if is_ahead else ():
            steps = [self._step(*pair) for pair in ((cell, text), *hidden.items())]
            rendered = self.session.try_out(steps, self.site.wording)
            if raised := _raised(rendered):
                message = f'cell "{cell}" with {param.name} = {literal} {raised_text(raised)}'
                raise self.error(message, rendered.error_line)
            numbers = [one.number for one in wanted]
            name, content = params.precomputed_file(cell, rendered, numbers)
            self.site.precomputed[name] = content
            precomputed.setdefault(param.name, {})[literal] = name
        return declared, precomputed

    def _hidden_after(self, cell: str) -> dict[str, str]:
        """Return the sources of the hidden cells right below a cell, by id."""
        cells = [one for one in self._fences if one.is_cell]
        below = dropwhile(lambda one: one.cell != cell, cells)
        return {
            one.cell: one.source
            for one in takewhile(lambda one: "hide" in one.options, islice(below, 1, None))
        }

    def _step(self, cell: str, source: str) -> Step:
        return cell, source, [one.request for one in self._located if one.cell == cell]

    def _publish(self, cell: str, source: str, rendered: Rendered) -> None:
        """Hand over the cell's chart; of several the first is the figure."""
        pairs = zip(rendered.outputs, rendered.pictures, strict=True)
        charts = [(chart_spec(out) or {}, picture) for out, picture in pairs if picture]
        if not charts:
            return
        figure = Figure(cell, *charts[0], source, self.url, self.title, self.source.name)
        line = self._fence.line if self._fence else 0
        said = (self.source_name, line, f"{cell}: description", description(figure.spec))
        self.site.values.append(said)
        if other := self.site.figures.add(figure):
            message = f'figure "{cell}" is on {other} too: cells with a chart need ids of their own'
            raise self.error(message)

    def expect(self, text: str) -> list[tuple[int, int, int]]:
        """Note the expressions of the page's prose, before its cells run.

        Args:
            text: The page, as Markdown gets it.

        Returns:
            Start, end and number of each.
        """
        found = list(inlines(text, self.ids))
        written = [one for *_, one in inlines(self._written, self.ids)]
        # Snippets may have moved the lines; the file's own are what its author sees.
        placed = written if len(written) == len(found) else [one for *_, one in found]
        lines = [one.line for one in placed]
        cells = {one.cell: one.source for one in fences(text, self.ids) if one.is_cell}
        for number, (_, _, inline) in enumerate(found):
            try:
                self._located.append(locate(number, lines[number], inline, cells))
            except ExpressionError as error:
                self.report(self._wrong(lines[number], inline.text, str(error)))
        return [(start, end, number) for number, (start, end, _) in enumerate(found)]

    def located(self, number: int) -> Located | None:
        """Return an expression by its number; None for one that could not be read."""
        return next((one for one in self._located if one.number == number), None)

    def settle(self) -> None:
        """Evaluate the expressions that use no cell, when all cells have run."""
        wanted = [one for one in self._located if not one.cell]
        self._take(wanted, [_value(one, self.site.wording) for one in wanted])

    def _take(self, wanted: Sequence[Located], values: Sequence[Value]) -> None:
        for one, value in zip(wanted, values, strict=True):
            if "text" in value:
                self.values[one.number] = value["text"]
                self.site.values.append((self.source_name, one.line, one.text, value["text"]))
            else:
                problem = value.get("problem", "another cell has changed what it uses")
                self.report(self._wrong(one.line, one.text, problem))

    def _wrong(self, line: int, expression: str, problem: str) -> PageError:
        problem = problem.removeprefix("ExpressionError: ")
        return PageError(self.source_name, line, f"{{= {expression} =}}: {problem}")

    def close(self) -> None:
        """Report each fence with a cell that has not come out of the page.

        Where Markdown cannot read the first line of one, it is plain text to it.
        """
        counts: Counter[str] = Counter()
        for one in self._fences:
            if mistake := one.mistake(self.languages):
                self.report(PageError(self.source_name, one.line, mistake))
            elif one.is_ours:
                counts[one.language] += 1
                if counts[one.language] > self._seen[one.language]:
                    wanted = f'write ```{one.language} cell="an-id" alone'
                    msg = f"this fence is not read as a cell: {wanted}"
                    self.report(PageError(self.source_name, one.line, msg))

    def report(self, error: BuildError) -> None:
        """Note a mistake of the author; the build goes on, to find the others."""
        self.site.errors.append(error)

    @property
    def source_name(self) -> str:
        """The page's file, as its author knows it."""
        return self.site.name_of(self.source)

    def url_of(self, cell: str) -> str:
        """Return the cell's own address, which names its namespace when it runs alone."""
        return f"{self.url}#{cell}"

    def error(self, message: str, offset: int = 0) -> PageError:
        """Make an error that points at line `offset` (0: its first line) of the fence."""
        line = self._fence.line + offset if self._fence else 0
        return PageError(self.source_name, line, message)


def _raised(rendered: Rendered) -> tuple[str, str] | None:
    error = rendered.error
    return (error["ename"], error["evalue"]) if error else None


def _value(one: Located, wording: str) -> Value:
    try:
        return {"text": evaluate(one.text, vars(builtins), wording)}
    except Exception as error:  # the author's expression may raise anything
        return {"problem": f"{type(error).__name__}: {error}"}
