"""The fences of an author.

```` ```python cell="id" ```` is a cell, ```` ```try cell="id" ```` an edit of it to try,
```` ```example ```` a text for the cells of a notebook.

Fence functions rather than a MkDocs plugin: they outlive the site generator.
"""

import re
from collections.abc import Callable
from typing import Any

from pymdownx.superfences import SuperFencesException

from livecells.author import params, static
from livecells.release import components as bill
from livecells.errors import BuildError
from livecells.author.page import Page
from livecells.markup import Markup, element, join

CELL_ID = re.compile(r"[a-z][a-z0-9-]*")

_page: Page | None = None


def open_page(page: Page) -> None:
    """Say which page the fences belong to that are formatted from now on."""
    global _page
    _page = page


def close_page() -> None:
    """Say that the page is written: none of its cells may be missing.

    Raises:
        CellError: One is; names page and line.
    """
    current_page().close()


def validator(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any
) -> bool:
    """Take fences that have `cell="..."`; all others stay ordinary code blocks."""
    options.update(inputs)
    return "cell" in inputs


def format_cell(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Run a cell and write it with its outputs.

    Raises:
        SuperFencesException: Anything is wrong; other exceptions would be
            swallowed by the extension and the cell would silently vanish.
    """
    return guarded(lambda: _checked(_cell, source, options))


def format_try(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write a suggested edit of a cell above: `- old line`, `+ new line`, what it shows.

    Raises:
        SuperFencesException: The cell or the line to change does not exist.
    """
    return guarded(lambda: _checked(_try, source, options))


def format_example(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write Python that a reader can put into a cell of the page's notebook."""
    return str(static.example(source, current_page().words))


def format_licences(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write what the site ships of others, by name, version and licence."""
    page = current_page()
    return str(bill.table(page.parts, "../" * page.url.count("/")))


def own_cell(cell: str, source: str) -> Markup:
    """Write a cell that shares no variables with its page, for fences of the site's own.

    Args:
        cell: Its id, which the page must not have yet.
        source: Its Python.

    Raises:
        CellError: The id is taken or the cell raised.
    """
    page = current_page()
    rendered = page.run(cell, source, alone=True)
    return static.cell(cell, page.url_of(cell), source, rendered, words=page.words)


def current_page() -> Page:
    """Give the page that is being built.

    Raises:
        BuildError: There is none, because the hooks do not run.
    """
    if _page is None:
        msg = "livecells: no page is open; is hooks.py listed under 'hooks' in mkdocs.yml?"
        raise BuildError(msg)
    return _page


def guarded(write: Callable[[], Markup]) -> str:
    """Call `write` and turn a mistake of the author into the one exception that stops a build.

    Raises:
        SuperFencesException: With the message of the `BuildError`.
    """
    try:
        return str(write())
    except BuildError as error:
        raise SuperFencesException(str(error)) from error


def _checked(write: Callable[[Page, str, str], Markup], source: str, options: Any) -> Markup:
    page, cell = current_page(), str(options["cell"])
    if unknown := sorted(set(options) - {"cell"}):
        raise page.error(cell, f'cell "{cell}": unknown option {", ".join(unknown)}')
    if not CELL_ID.fullmatch(cell):
        raise page.error(cell, f'cell id "{cell}" must match {CELL_ID.pattern}')
    return write(page, cell, source)


def _cell(page: Page, cell: str, source: str) -> Markup:
    declared, answers = page.try_out(cell, source)
    rendered = page.run(cell, source)
    figure = cell if cell in page.figures else None
    controls = params.form(cell, declared, answers, page.words) if declared else None
    return static.cell(
        cell, page.url, source, rendered, figure=figure, controls=controls, words=page.words
    )


def _try(page: Page, cell: str, source: str) -> Markup:
    try:
        old, new, effect = parse_try(source)
    except ValueError as error:
        raise page.error(cell, f'try of cell "{cell}": {error}') from error
    page.tries.append(cell)
    if old not in page.cells.get(cell, "").splitlines():
        raise page.error(cell, f'try of cell "{cell}": the cell has no line {old!r}')
    change = join(
        element("del", element("code", old.strip())), element("ins", element("code", new.strip()))
    )
    text = element("p", element("b", f"{page.words.try_this} "), _inline(effect))
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
