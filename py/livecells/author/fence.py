"""The fences of an author.

```` ```python cell="id" ```` is a cell, ```` ```try cell="id" ```` an edit of it to try,
```` ```example ```` a text for the cells of a notebook.

Fence functions rather than a MkDocs plugin: they outlive the site generator.
"""

import re
from collections.abc import Callable
from typing import Any

from pymdownx.superfences import SuperFencesException

from livecells.author import static
from livecells.author.controls import form
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.markup import Markup, element, join

CELL_ID = re.compile(r"[a-z][a-z0-9-]*")


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
    return guarded(lambda: _checked(_cell, source, options, page_of(md)))


def format_try(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write a suggested edit of a cell above: `- old line`, `+ new line`, what it shows.

    Raises:
        SuperFencesException: The cell or the line to change does not exist.
    """
    return guarded(lambda: _checked(_try, source, options, page_of(md)))


def format_example(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write Python that a reader can put into a cell of the page's notebook."""
    return guarded(lambda: static.example(source, page_of(md).site.words))


def own_cell(page: Page, cell: str, source: str) -> Markup:
    """Write a cell that shares no variables with its page, for fences of the site's own.

    Args:
        page: Where it stands.
        cell: Its id, which the page must not have yet.
        source: Its Python.

    Raises:
        CellError: The id is taken or the cell raised.
    """
    rendered = page.run(cell, source, alone=True)
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


def guarded(write: Callable[[], Markup]) -> str:
    """Call `write` and turn a mistake of the author into the one exception that stops a build.

    Raises:
        SuperFencesException: With the message of the `BuildError`.
    """
    try:
        return str(write())
    except BuildError as error:
        raise SuperFencesException(str(error)) from error


def _checked(
    write: Callable[[Page, str, str], Markup], source: str, options: Any, page: Page
) -> Markup:
    cell = str(options["cell"])
    if unknown := sorted(set(options) - {"cell"}):
        raise page.error(cell, f'cell "{cell}": unknown option {", ".join(unknown)}')
    if not CELL_ID.fullmatch(cell):
        raise page.error(cell, f'cell id "{cell}" must match {CELL_ID.pattern}')
    return write(page, cell, source)


def _cell(page: Page, cell: str, source: str) -> Markup:
    declared, precomputed = page.try_out(cell, source)
    rendered = page.run(cell, source)
    figure = cell if cell in page.site.figures else None
    controls = form(cell, declared, precomputed, page.site.words) if declared else None
    return static.cell(
        cell, page.url, source, rendered, figure=figure, controls=controls, words=page.site.words
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
