"""What the pages of a site share while they are built, and leave for the finished site."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from livecells.author import params
from livecells.errors import BuildError, report
from livecells.figures.publish import Figures
from livecells.messages import ENGLISH, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livecells.author.prerender import Prerenderer
    from livecells.release.components import Component


@dataclass
class SiteContext:
    """One build of a site, as its pages see it.

    Attributes:
        prerenderer: Runs their cells.
        words: What the build writes into them, in the site's language.
        pages: Markdown file of every page by its address below the site's root.
        components: The third-party components that the site ships.
        root: Folder of the project; messages name files below it.
        wording: Module with the formatters of expressions in prose; empty for none.
        titles: Of the pages so far, by their addresses.
        figures: The charts of the cells so far, each a thing of its own.
        precomputed: Files with the outputs of choices computed ahead, by name.
        values: What prose and charts say so far: file, line, expression, what it gives. A chart's
            text alternative is the expression `cell-id: description`.
        errors: The authors' mistakes so far.
    """

    prerenderer: Prerenderer
    words: Words = ENGLISH
    pages: Mapping[str, Path] = field(default_factory=dict)
    components: tuple[Component, ...] = ()
    root: Path = Path()
    wording: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    precomputed: dict[str, bytes] = field(default_factory=dict)
    values: list[tuple[str, int, str, str]] = field(default_factory=list)
    errors: list[BuildError] = field(default_factory=list)

    def keep(self, earlier: SiteContext) -> None:
        """Take over what the pages of an earlier build left, for those that did not change."""
        self.titles, self.figures, self.values = earlier.titles, earlier.figures, earlier.values
        self.figures.pages.clear()

    def begin(self, url: str, source: Path, title: str) -> None:
        """Begin a page; what it left in an earlier build is forgotten."""
        self.titles[url] = title
        self.figures.begin(url)
        self.values = [one for one in self.values if one[0] != self.name_of(source)]

    def name_of(self, path: Path) -> str:
        """Return a file's path as its author knows it."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        )

    def require_no_errors(self) -> None:
        """End the build where an author has made a mistake.

        Raises:
            BuildError: All of them.
        """
        if self.errors:
            raise report(self.errors)

    def write_precomputed(self, site: Path) -> None:
        """Write the outputs of choices computed ahead into a built site."""
        for name, content in self.precomputed.items():
            place = site / params.FOLDER / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
