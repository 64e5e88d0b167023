"""Everything of a site that is not a page: the runtime, the page's half, the data."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from livecells.author import params
from livecells.figures import social
from livecells.release import footer as colophon, policy
from livecells.release.app import head, write_app
from livecells.release.assets import Assets, make_assets, web_in
from livecells.release.components import SBOM, TEXTS, Part, gather, sbom, texts
from livecells.runtime.bundle import Bundle, BundleConfig, SourceTree, assemble
from livecells.release.copies import Copy, write_copy
from livecells.errors import BuildError
from livecells.release.local_wheel import Native, native
from livecells.author.page import Page
from livecells.release.precache import write_service_worker
from livecells.author.prerender import Prerenderer
from livecells.figures.publish import Figures, Publication, publish
from livecells.release.version import BUILD_TOKEN, Change, Release, build_id, read_changes, stamp
from livecells.release.scripts import ON_DISK, Bundler
from livecells.settings import Settings
from livecells.author.messages import WORDS, language_of
from livecells.markup import Markup, join

PACKAGE = Path(__file__).parent
ENGINE_IN_BROWSER = ("__init__.py", "markup.py", "kernel/*.py")
CELL_CODE = [PACKAGE / name for name in ("kernel", "markup.py", "figures/draw.py", "figures/fit.py")]
"""The engine's part of what a cell's result depends on."""

PACKAGE_FILES = ("**/*.py", "**/*.toml")
"""What ships of a site's own packages: modules, and the texts that they read beside them."""


NOTHING = Markup()


class Site:
    """A site under construction; lives as long as the build or the preview server.

    Attributes:
        pages: Markdown file of every page by its address below the site's root.
    """

    def __init__(
        self, settings: Settings, *, is_preview: bool = False, theme: Sequence[str] = ()
    ) -> None:
        self.settings = settings
        self.theme = theme
        root = settings.root
        self.prerenderer = Prerenderer(
            cache=self._cache("prerender"),
            code=[
                *CELL_CODE,
                *(root / folder for folder in settings.packages),
                *settings.data_files,
            ],
            packages=[Path(folder).name for folder in settings.packages],
        )
        self.pages: Mapping[str, Path] = {}
        # A preview changes with every keystroke: a service worker would show yesterday's.
        self._is_offline = settings.offline and not is_preview
        self._is_copied = bool(settings.copy) and not is_preview
        self._figures = Figures()
        self._titles: dict[str, str] = {}
        self._answers: dict[str, bytes] = {}
        self._bundle: Bundle | None = None
        self._bundler: Bundler | None = None
        self._assets: Assets | None = None
        self._changes: tuple[Change, ...] = ()
        self._native: Native | None = None
        self._parts: tuple[Part, ...] = ()

    def refresh(self) -> None:
        """Notice what changed since the last build; takes a moment when nothing did.

        Raises:
            BuildError: A part of the set-up is missing or altered.
        """
        self.prerenderer.refresh()
        if self.settings.changelog:
            self._changes = read_changes(self.settings.root / self.settings.changelog)
        self._figures, self._titles, self._answers = Figures(), {}, {}
        self._bundle = assemble(self.bundle_config())
        cache = self._cache("vendor")
        node_modules = self.settings.root / self.settings.node_modules
        listed: dict[str, Any] = {
            **self._bundle.manifest,
            "offline": self._is_offline,
            "copy": self._is_copied,
        }
        if setup := self.settings.native_setup:
            self._native = native(self.settings.root, self._cache("native"), setup)
            listed["native"] = self._native
        self._bundler = Bundler(node_modules, cache)
        web = web_in(language_of(self.settings.language), cache)
        self._assets = make_assets(listed, self._bundler, web)
        wheels = self.settings.root / self.settings.wheels
        self._parts = gather(self._bundle, self._bundler.packages, wheels, self.theme)

    def open_page(self, url: str, source: Path, title: str) -> Page:
        """Start a page: its address, its Markdown file, its title."""
        self._titles[url] = title
        return Page.open(
            url,
            source,
            self.prerenderer,
            title=title,
            pages=self.pages,
            figures=self._figures,
            answers=self._answers,
            words=WORDS[language_of(self.settings.language)],
            parts=self._parts,
        )

    @property
    def stylesheet(self) -> str:
        """Address of the engine's stylesheet below the site's root."""
        return f"{self._release}/livecells.css"

    @property
    def script(self) -> str:
        """Address of the page's entry module below the site's root."""
        return f"{self._release}/main.js"

    @property
    def watched(self) -> list[Path]:
        """Folders whose change asks for a new build."""
        root = self.settings.root
        data = sorted({path.parent for path in self.settings.data_files})
        return [PACKAGE, *(root / folder for folder in self.settings.packages), *data]

    def install(self, target: Path) -> None:
        """Copy the runtime, the page's half and the data into a built site.

        Files that stand there from an earlier build are replaced; stale
        releases are MkDocs' to clean, which empties the folder first.
        """
        assert self._bundle is not None
        assert self._assets is not None
        for path, source in self._bundle.files.items():
            _place(source, target / path)
        if self._native:
            _place(self._cache("native") / self._native["wheel"], target / self._native["wheel"])
        for name, content in self._assets.files.items():
            place = target / self._release / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def finish_page(self, page: str, name: str, root: str, about: Markup = NOTHING) -> str:
        """Say in a written page of the site `name` which release it belongs to.

        `root` is the way from the page to the site's root, `about` is for the head too.
        """
        line = colophon.line(name, Release(self._changes), self.settings.foot, root)
        app = head(self.settings.app, root) if self.settings.app else Markup()
        return colophon.finish(page, line, join(colophon.HEAD, app, about))

    def release(self, target: Path) -> None:
        """Make a release of a built site, in which everything else must be there.

        Raises:
            BuildError: A link at the foot of the pages leads nowhere.
        """
        assert self._bundle is not None
        assert self._assets is not None
        for address in self.settings.foot.values():
            _require_page(target, address)
        policy.guard(target)
        made = Release(self._changes, build_id(target))
        stamp(target, {BUILD_TOKEN: made.build})
        wire = {file["path"]: file["wire"] for file in self._bundle.manifest["files"]}
        late = wire | dict.fromkeys((f"{params.FOLDER}/{name}" for name in self._answers), 0)
        worker = self._assets.service_worker if self._is_offline else None
        write_service_worker(target, made, late, worker)
        if self._is_copied:
            write_copy(Copy(target, self._release, self.settings.copy))

    def write_twins(self, target: Path, modules: Sequence[str]) -> None:
        """Write the scripts that pages on disk run in the place of the site's own modules.

        Raises:
            BuildError: esbuild failed.
        """
        assert self._bundler is not None
        for address in modules if self._is_copied else ():
            module = target / address
            if module.is_file() and not address.startswith("livecells/"):
                twin = self._bundler.twin(module, target.glob("assets/*.js"))
                module.with_name(f"{module.stem}{ON_DISK}").write_bytes(twin)

    def publish(self, target: Path, *, name: str, url: str, description: str) -> None:
        """Write figures, answers and the app into a built site that is called and lies so.

        Raises:
            BuildError: The app's icon is missing.
        """
        sheets = (self.stylesheet, *self.settings.figure_css)
        script = f"{self._release}/embed.js"
        publication = Publication(name, url, script, sheets)
        cache = self._cache("figures")
        publish(self._figures, target, publication, cache)
        social.write(self._titles, self._figures, name, target, cache)
        for answer, content in self._answers.items():
            place = target / params.FOLDER / answer
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
        bill = sbom(self._parts, name, Release(self._changes))
        (target / SBOM).write_text(bill, encoding="utf-8")
        (target / TEXTS).write_text(texts(self._parts), encoding="utf-8")
        if app := self.settings.app:
            about = {"name": name, "description": description}
            icons = self._cache("icons")
            write_app(app, self.settings.root, target, icons, about=about)

    def _cache(self, part: str) -> Path:
        """Give the folder below the site's cache for one kind of made files."""
        return self.settings.root / self.settings.cache / part

    @property
    def _release(self) -> str:
        assert self._assets is not None
        return f"livecells/{self._assets.release}"

    def bundle_config(self) -> BundleConfig:
        """Say what the site ships to the browser."""
        settings, root = self.settings, self.settings.root
        own = [
            SourceTree(root / folder, Path(folder).name, PACKAGE_FILES, settings.exclude)
            for folder in settings.packages
        ]
        engine = SourceTree(PACKAGE, "livecells", include=ENGINE_IN_BROWSER)
        return BundleConfig(
            root=root,
            requirements=root / settings.requirements,
            wheels=root / settings.wheels,
            node_modules=root / settings.node_modules,
            cache=root / settings.cache,
            sources=(engine, *own),
            data=settings.data,
            preload=settings.preload,
            warm_up=settings.warm_up,
            on_demand=settings.on_demand,
            data_index=root / settings.data_index if settings.data_index else None,
        )


def _require_page(site: Path, address: str) -> None:
    page = address.partition("#")[0]
    if not (site / page / "index.html").is_file() and not (site / page).is_file():
        msg = f"mkdocs.yml: extra.livecells.foot leads to {address!r}, which is no page"
        raise BuildError(msg)


def _place(source: Path, target: Path) -> None:
    """Link where the file system allows it: the runtime is tens of megabytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
