"""The Markdown extension that tells a page's fences which page they stand in."""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from livecells.author.page import Page
from livecells.markup import Markup

BEFORE_FENCES, AFTER_FENCES = 27, 24
"""Priorities; pymdownx.superfences has 25."""


class Cells(Extension):  # type: ignore[misc]  # Markdown has no types
    """Hangs the page that is converted next on the Markdown instance that converts it.

    Attributes:
        page: Set before each conversion.
    """

    def __init__(self, page: Page | None = None) -> None:
        super().__init__()
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Called by Markdown for each instance that it makes."""
        md.livecells_page = self.page
        if self.page:
            held: dict[int, int] = {}
            md.preprocessors.register(_Find(md, self.page, held), "cell-values", BEFORE_FENCES)
            md.preprocessors.register(_Fill(md, self.page, held), "cell-values-fill", AFTER_FENCES)


class _Find(Preprocessor):  # type: ignore[misc]
    """Puts a placeholder in the place of each expression, before any cell runs."""

    def __init__(self, md: Markdown, page: Page, held: dict[int, int]) -> None:
        super().__init__(md)
        self._page, self._held = page, held

    def run(self, lines: list[str]) -> list[str]:
        """Called by Markdown."""
        text, out, at = "\n".join(lines), [], 0
        for start, end, number in self._page.expect(text):
            self._held[number] = self.md.htmlStash.html_counter
            out += [text[at:start], self.md.htmlStash.store("")]
            at = end
        return "".join([*out, text[at:]]).split("\n")


class _Fill(Preprocessor):  # type: ignore[misc]
    """Gives each placeholder its value, when all cells have run."""

    def __init__(self, md: Markdown, page: Page, held: dict[int, int]) -> None:
        super().__init__(md)
        self._page, self._held = page, held

    def run(self, lines: list[str]) -> list[str]:
        """Called by Markdown."""
        known = (getattr(one, "superfences", ()) for one in self.md.registeredExtensions)
        self._page.languages.update(fence["name"] for fences in known for fence in fences)
        self._page.settle()
        for number, place in self._held.items():
            found, value = self._page.located(number), self._page.values.get(number, "")
            self.md.htmlStash.rawHtmlBlocks[place] = found.html(value) if found else Markup()
        return lines
