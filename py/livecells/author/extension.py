"""The Markdown extension that tells a page's fences which page they stand in."""

from markdown import Markdown
from markdown.extensions import Extension

from livecells.author.page import Page


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
