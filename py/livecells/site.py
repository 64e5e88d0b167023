"""A site under construction: its pages, its figures, the runtime, and the release made of them."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from livecells.author import lock
from livecells.author.context import SiteContext
from livecells.author.page import Page
from livecells.author.params import FOLDER as PRECOMPUTED
from livecells.author.prerender import Prerenderer
from livecells.errors import BuildError
from livecells.figures import social
from livecells.figures.publish import Publication, publish
from livecells.kernel import sql
from livecells.markup import Markup
from livecells.messages import WORDS, language_of
from livecells.parts import PACKAGE
from livecells.release.builder import NOTHING, ReleaseBuilder
from livecells.runtime.bundle import assemble
from livecells.settings import Settings, require_cells
from livecells.store import digest

ENGINE = ("kernel", "markup.py", "figures/draw.py", "figures/fit.py")
"""The engine's part of what a cell's result depends on."""


class Site:
    """Lives as long as the build or the preview server.

    Attributes:
        settings: What the site says of itself.
        prerenderer: Runs the cells of its pages, or knows what they gave.
        context: What its pages share in the build under way.
        is_partial: Whether this build writes only the pages that have changed.
    """

    context: SiteContext
    is_partial = False

    def __init__(
        self, settings: Settings, *, is_preview: bool = False, theme: Sequence[str] = ()
    ) -> None:
        self.settings = settings
        packages = [settings.root / folder for folder in settings.packages]
        homes = (str(folder.parent) for folder in packages)
        sys.path[:0] = [home for home in dict.fromkeys(homes) if home not in sys.path]
        self.prerenderer = Prerenderer(
            cache=settings.cached("prerender"),
            code=[*(PACKAGE / name for name in ENGINE), *packages, *settings.data_files],
            packages=[folder.name for folder in packages],
        )
        self._release = ReleaseBuilder(settings, is_preview=is_preview, theme=theme)
        self._basis = self._finished = ""

    def refresh(self, setup: str = "") -> None:
        """Begin a build: notice what changed since the last; takes a moment when nothing did.

        Args:
            setup: How the generator is set up, where it writes only the pages that have changed.
                All have to be written where this, code or data are others than before.

        Raises:
            BuildError: A part of the set-up is missing or altered.
        """
        sql.find = lambda: [one for one in self.settings.data_files if one.suffix == ".parquet"]
        self.prerenderer.refresh()
        self._bundle = assemble(self.settings)
        self._release.refresh(self._bundle)
        words = WORDS[language_of(self.settings.language)]
        self._basis = setup and digest(setup, self.prerenderer.environment, self._release.folder)
        self.is_partial = bool(setup) and self._basis == self._finished
        context = SiteContext(
            self.prerenderer,
            words=words,
            components=self._release.components,
            root=self.settings.root,
            wording=self.settings.wording,
        )
        if self.is_partial:
            context.keep(self.context)
        self.context = context

    def open_page(
        self, url: str, source: Path, title: str, head: Mapping[str, Any], *, base: str = ""
    ) -> Page:
        """Start a page, whose `head` may say `cells` and `reactive`; the rest as `Page` has it.

        Raises:
            BuildError: The head says something else of them than it may.
        """
        place = f"{self.context.name_of(source)}: {{}} in the head of the page"
        wanted = head.get("cells", self.settings.cells)
        is_all = require_cells(place.format("'cells'"), wanted) == "all"
        is_reactive = head.get("reactive", self.settings.reactive)
        if not isinstance(is_reactive, bool):
            msg = f"{place.format(repr('reactive'))} is {is_reactive!r}, expected true or false"
            raise BuildError(msg)
        return Page(self.context, url, source, title, is_all, base, is_reactive)

    def check_pages(self) -> None:
        """End the build where an author has made a mistake, or a value in prose has changed.

        Raises:
            BuildError: All mistakes.
        """
        self.context.require_no_errors()
        if not self.settings.prose_lock:
            return
        place, values = self.settings.root / self.settings.prose_lock, self.context.values
        if os.environ.get(lock.ACCEPT):
            lock.write(place, values)
        self.context.errors += lock.differences(place, values)
        self.context.require_no_errors()

    @property
    def stylesheet(self) -> str:
        """Address of the engine's stylesheet below the site's root."""
        return f"{self._release.folder}/livecells.css"

    @property
    def script(self) -> str:
        """Address of the page's entry module below the site's root."""
        return f"{self._release.folder}/main.js"

    @property
    def watched(self) -> list[Path]:
        """Folders whose change asks for a new build."""
        root = self.settings.root
        data = sorted({path.parent for path in self.settings.data_files})
        return [PACKAGE, *(root / folder for folder in self.settings.packages), *data]

    def finish_page(self, page: str, name: str, root: str, about: Markup = NOTHING) -> str:
        """Complete a written page; `ReleaseBuilder.finish_page` says how."""
        return self._release.finish_page(page, name, root, about)

    def finish(
        self, target: Path, *, name: str, url: str, description: str, modules: Sequence[str]
    ) -> Sequence[str]:
        """Lay everything beside the pages of a built site, and make a release of it.

        Args:
            target: Folder of the built site. Stale releases in it are the generator's to clean.
            name: What the site is called.
            url: Where it will stand; empty when unknown.
            description: A sentence on it.
            modules: Addresses of the site's own scripts.

        Returns:
            What the author should know.

        Raises:
            BuildError: Something is missing, or a tool failed.
        """
        if not self.is_partial:
            if self.settings.after_build:
                module, _, function = self.settings.after_build.partition(":")
                getattr(import_module(module), function)(target, name, url)
            self._bundle.install(target)
            self._release.install(target)
            self._release.describe(target, name, description)
        sheets = (f"{self._release.folder}/embed.css", *self.settings.figure_css)
        publication = Publication(name, url, f"{self._release.folder}/embed.js", sheets)
        figures, cache = self.context.figures, self.settings.cached("figures")
        publish(figures, target, publication, cache, self.settings.cached("published"))
        written = {url: self.context.titles[url] for url in figures.pages}
        social.write(written, figures, name, target, cache)
        self.context.write_precomputed(target)
        late = dict.fromkeys((f"{PRECOMPUTED}/{one}" for one in self.context.precomputed), 0)
        self._release.seal(target, modules, late)
        self._finished = self._basis  # a build that failed before has laid nothing there
        return self._release.warnings
