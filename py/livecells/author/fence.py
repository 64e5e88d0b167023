"""The fences of an author.

```` ```python cell="id" ```` is a cell, ```` ```try cell="id" ```` an edit of it to try,
```` ```example ```` a text for the cells of a notebook.

Fence functions rather than a MkDocs plugin: they outlive the site generator.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pymdownx.superfences import SuperFencesException

from livecells.author import exercise, static
from livecells.author.controls import form
from livecells.author.page import Page
from livecells.author.prerender import Rendered
from livecells.author.source import FLAGS, OPTIONS, of_sql
from livecells.errors import BuildError, PageError
from livecells.kernel.expressions import meant
from livecells.markup import Markup, element, join

CELL_ID = re.compile(r"[a-z][a-z0-9-]*")

HIGHLIGHT = ("title", "linenums", "hl_lines")
"""Options of ordinary blocks: they may stay where all blocks of a page are cells."""


def validator(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any
) -> bool:
    """Take the fences of cells; all others stay ordinary code blocks."""
    options.update(inputs)
    page: Page | None = getattr(md, "livecells_page", None)
    is_ours = language == "python" and ("plain" in inputs or (page and page.ids.is_all))
    return bool("cell" in inputs or is_ours or language == "exercise")


def format_cell(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Run a cell and write it with its outputs."""
    return guarded(md, language, lambda page: _cell(page, options, source))


def format_sql(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Run a cell of SQL, whose result gets the cell's name."""
    text = of_sql(str(options.get("cell")), source)
    return guarded(md, language, lambda page: _cell(page, options, text))


def format_exercise(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write an exercise: a cell, the checks of its answers, hints and a solution."""
    return guarded(md, language, lambda page: _exercise(page, options, source))


def format_try(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write a suggested edit of a cell above: `- old line`, `+ new line`, what it shows."""
    return guarded(md, "try", lambda page: _try(page, _id(page, options, ("cell",)), source))


def format_example(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write Python that a reader can put into a cell of the page's notebook."""
    return guarded(md, "example", lambda page: static.example(source, page.site.words))


def own_cell(page: Page, cell: str, source: str) -> Markup:
    """Write a cell that shares no variables with its page, for fences of the site's own.

    Args:
        page: Where it stands.
        cell: Its id, which the page must not have yet.
        source: Its Python.

    Raises:
        PageError: The id is taken or the cell raised.
    """
    rendered = page.run(cell, source, alone=True)
    assert rendered is not None
    return static.cell(cell, page.url_of(cell), source, rendered, words=page.site.words)


def page_of(md: Any) -> Page:
    """Return the page that a Markdown instance converts (livecells.author.extension).

    Raises:
        BuildError: It converts none.
    """
    page: Page | None = getattr(md, "livecells_page", None)
    if page is None:
        msg = "livecells: no page is open; is livecells listed under 'plugins' in mkdocs.yml?"
        raise BuildError(msg)
    return page


def guarded(md: Any, language: str, write: Callable[[Page], Markup]) -> str:
    """Write a fence, or note the author's mistake with the fence's place, so that others are found.

    Args:
        md: The Markdown instance.
        language: Of the fence.
        write: Gives its HTML.

    Raises:
        SuperFencesException: No page is open; any other exception would be swallowed by the
            extension, and the fence would vanish without a word.
    """
    try:
        page = page_of(md)
    except BuildError as error:
        raise SuperFencesException(str(error)) from error
    page.enter(language)
    try:
        return str(write(page))
    except BuildError as error:
        page.report(error if isinstance(error, PageError) else page.error(str(error)))
        return ""


FEW_CONTROLS = 2
"""As many stand below the chart that they change; more come first, as a form."""

FENCES: tuple[dict[str, Any], ...] = (
    {"name": "python", "class": "python", "validator": validator, "format": format_cell},
    {"name": "sql", "class": "sql", "validator": validator, "format": format_sql},
    {"name": "exercise", "class": "exercise", "validator": validator, "format": format_exercise},
    {"name": "try", "class": "try", "validator": validator, "format": format_try},
    {"name": "example", "class": "example", "format": format_example},
)
"""As pymdownx.superfences takes them."""


def _id(page: Page, options: dict[str, Any], known: Sequence[str] = OPTIONS) -> str:
    """Check a fence's options and return the id of its cell."""
    cell = page.made_id if options.get("cell", "cell") == "cell" else str(options["cell"])
    plain = () if "cell" in options else HIGHLIGHT
    if unknown := sorted(set(options) - {*known, *plain}):
        raise page.error(f'cell "{cell}": unknown option {unknown[0]}{meant(unknown[0], known)}')
    for flag in FLAGS:
        if options.get(flag, flag) != flag:  # an option without a value has its own name for one
            raise page.error(f'cell "{cell}": {flag} takes no value')
    if options.get("raises") == "raises":
        raise page.error(f'cell "{cell}": name the exception, as in raises="ValueError"')
    if not CELL_ID.fullmatch(cell):
        raise page.error(f'cell id "{cell}" must match {CELL_ID.pattern}')
    return cell


def _cell(page: Page, options: dict[str, Any], source: str) -> Markup:
    if "plain" in options:
        return element("div", static.code(source), class_="highlight")
    cell, raises = _id(page, options), str(options.get("raises", ""))
    is_alone, is_for_readers = "alone" in options, "network" in options
    is_ahead = not (is_alone or is_for_readers or raises)
    declared, precomputed = page.try_out(cell, source, is_ahead=is_ahead)
    if is_for_readers:
        page.note(cell, source)
        rendered: Rendered | None = Rendered([])
    else:
        rendered = page.run(cell, source, alone=is_alone, raises=raises)
    if rendered is None:
        return Markup()
    words = page.site.words
    return static.cell(
        cell,
        page.url_of(cell) if is_alone else page.url,
        source,
        rendered,
        figure=cell if cell in page.site.figures else None,
        controls=form(cell, declared, precomputed, words) if declared else None,
        words=words,
        is_hidden="hide" in options,
        is_folded=bool(rendered.outputs),
        is_form=len(declared) > FEW_CONTROLS,
        raises=raises,
        is_reactive=page.is_reactive,
    )


def _exercise(page: Page, options: dict[str, Any], source: str) -> Markup:
    cell = _id(page, options, ("cell",))
    try:
        given = exercise.parse(source)
    except exercise.ExerciseError as error:
        raise page.error(f'exercise "{cell}": {error}', error.line) from error
    page.prove(cell, given)
    words = page.site.words
    live = static.cell(
        cell,
        page.url,
        given.start.source,
        Rendered([]),
        words=words,
        raises="*",
        checks=given.code,
        is_reactive=page.is_reactive,
    )
    told = [words.hint.format(number) for number in range(1, len(given.hints) + 1)]
    shown = [
        *(
            _folded(name, element("p", _inline(one.said)))
            for name, one in zip(told, given.hints, strict=True)
        ),
        _folded(
            words.solution, element("div", static.code(given.solution.source), class_="highlight")
        ),
    ]
    wrong = (element("p", _inline(one.said), data_wrong=True, hidden=True) for one in given.checks)
    help_ = element("cell-exercise", *wrong, *shown, data_cell=cell, data_search_exclude=True)
    return element("div", live, help_, class_="exercise")


def _folded(name: str, content: Markup) -> Markup:
    return element("details", element("summary", name), content)


def _try(page: Page, cell: str, source: str) -> Markup:
    try:
        old, new, effect = parse_try(source)
    except ValueError as error:
        raise page.error(f'try of cell "{cell}": {error}') from error
    if cell not in page.cells:
        near = meant(cell, page.cells)
        raise page.error(f'try of cell "{cell}": no cell above has this id{near}')
    if old not in page.cells[cell].splitlines():
        raise page.error(f'try of cell "{cell}": the cell has no line {old!r}')
    change = join(
        element("del", element("code", old.strip())), element("ins", element("code", new.strip()))
    )
    text = element("p", element("b", f"{page.site.words.try_this} "), _inline(effect))
    live = element("cell-try", change, text, data_cell=cell, data_old=old, data_new=new)
    return element("div", live, class_="cell-try")


def parse_try(source: str) -> tuple[str, str, str]:
    """Part the body of a `try` fence.

    Returns:
        The line to replace, its replacement, and the sentence on the effect.

    Raises:
        ValueError: The body is not `- old`, `+ new` and a sentence.
    """
    found = re.fullmatch(r"- (.*)\n\+ (.*)\n((?:.|\n)+)", source.strip("\n"))
    if not found:
        msg = "needs three parts: '- old line', '+ new line', a sentence on the effect"
        raise ValueError(msg)
    return found[1], found[2], found[3].strip()


def _inline(text: str) -> Markup:
    """Write text with `code` in backticks."""
    pieces = re.split(r"`([^`]+)`", text)
    return join(*(element("code", p) if i % 2 else p for i, p in enumerate(pieces)))
