"""Makes a release of a built site: our scripts, footers, policy, service worker and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from livecells import parts
from livecells.errors import BuildError
from livecells.markup import Markup, join
from livecells.messages import language_of
from livecells.release import components, footer, policy
from livecells.release.app import head, write_app
from livecells.release.assets import Assets, bundled, make_assets, ready_made, web_in
from livecells.release.copies import Copy, write_copy
from livecells.release.local_wheel import LocalWheel, local_wheel
from livecells.release.precache import NAME as SERVICE_WORKER
from livecells.release.precache import RETIRED, write_service_worker
from livecells.release.scripts import CLASSIC, Bundler
from livecells.release.version import BUILD_TOKEN, Change, Release, build_id, read_changes, stamp
from livecells.store import Store, digest, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from livecells.runtime.bundle import Bundle
    from livecells.settings import Settings

NOTHING = Markup()


class ReleaseBuilder:
    """What every page and the finished site get around the author's content.

    Attributes:
        components: The third-party components of the site, once refreshed.
        warnings: What the author should know of the last build.
    """

    components: tuple[components.Component, ...] = ()
    warnings: Sequence[str] = ()

    def __init__(self, settings: Settings, *, is_preview: bool, theme: Sequence[str]) -> None:
        self._settings = settings
        self._theme = theme
        # A preview changes with every keystroke: a service worker would show yesterday's.
        self._is_preview = is_preview
        self._is_offline = settings.offline and not is_preview
        self._is_copied = bool(settings.copy) and not is_preview
        self._changes: tuple[Change, ...] = ()
        self._local_wheel: LocalWheel | None = None
        self._bundler: Bundler | None = None

    def refresh(self, runtime: Bundle) -> None:
        """Make our scripts anew where something changed.

        Raises:
            BuildError: A part of the set-up is missing, or a tool failed.
        """
        settings, root = self._settings, self._settings.root
        if settings.changelog:
            self._changes = read_changes(root / settings.changelog)
        listed: dict[str, Any] = {
            **runtime.manifest,
            "offline": self._is_offline,
            "copy": self._is_copied,
        }
        if settings.wording:
            listed["wording"] = settings.wording
        if setup := settings.native_setup:
            self._local_wheel = local_wheel(root, settings.cached("native"), setup)
            listed["native"] = self._local_wheel
        language, cache = language_of(settings.language), settings.cached("vendor")
        self._runtime = runtime
        if folder := parts.ready():
            scripts, engine = ready_made(folder, language), components.read(folder)
        else:
            self._bundler = Bundler(root / settings.node_modules, cache)
            scripts = bundled(self._bundler, web_in(language, cache))
            wheels = root / settings.wheels
            engine = components.of_engine(runtime, self._bundler.packages, wheels)
        self._assets: Assets = make_assets(listed, scripts)
        self.components = components.gather(engine, self._theme)

    @property
    def folder(self) -> str:
        """Folder of our scripts below the site's root; its name changes with them."""
        return f"livecells/{self._assets.release}"

    def finish_page(self, page: str, name: str, root: str, about: Markup = NOTHING) -> str:
        """Write into a finished page of the site `name` which release it belongs to.

        `root` is the way from the page to the site's root, `about` is for the head too.
        """
        release = Release(self._changes)
        line = footer.line(name, release, self._settings.foot, root)
        app = head(self._settings.app, root) if self._settings.app else NOTHING
        return footer.finish(page, line, join(footer.head(release), app, about))

    def install(self, target: Path) -> None:
        """Copy our scripts and the project's own wheel into a built site."""
        if wheel := self._local_wheel:
            place(self._settings.cached("native") / wheel["wheel"], target / wheel["wheel"])
        for name, content in self._assets.files.items():
            path = target / self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def describe(self, target: Path, name: str, description: str) -> None:
        """Write what the site is made of, and how it looks among a reader's apps.

        Raises:
            BuildError: The app's icon is missing.
        """
        sbom = components.sbom(self.components, name, Release(self._changes))
        (target / components.SBOM).write_text(sbom, encoding="utf-8")
        texts = components.texts(self.components)
        (target / components.TEXTS).write_text(texts, encoding="utf-8")
        if app := self._settings.app:
            about = {"name": name, "description": description}
            icons = self._settings.cached("icons")
            write_app(app, self._settings.root, target, icons, about=about)

    def seal(self, target: Path, modules: Iterable[str], late: Mapping[str, int]) -> None:
        """Make a release of a built site, in which everything else must be there.

        Args:
            target: Folder of the built site.
            modules: Addresses of the site's own scripts.
            late: What only Python needs besides the runtime: bytes on the wire by path, 0 where
                that is not known.

        Raises:
            BuildError: A link at the foot of the pages leads nowhere, or esbuild failed.
        """
        self._write_classic_scripts(target, modules)
        for address in self._settings.foot.values():
            _require_page(target, address)
        if not self._is_preview:  # it would stop the script that shows a save
            self.warnings = policy.guard(target, self._settings.policy)
        made = Release(self._changes, build_id(target))
        stamp(target, {BUILD_TOKEN: made.build})
        wire = {file["path"]: file["wire"] for file in self._runtime.manifest["files"]}
        worker = self._assets.service_worker if self._is_offline else None
        copy = Copy(target, self.folder, self._settings.copy) if self._is_copied else None

        def make() -> dict[str, bytes]:
            """Write what is made of the whole site, for which the id of its build stands."""
            write_service_worker(target, made, {**wire, **late}, worker)
            names = [SERVICE_WORKER]
            if copy:
                folder = write_copy(copy).parent  # with the files for single pages, too
                names += [one.relative_to(target).as_posix() for one in sorted(folder.iterdir())]
            return {name: (target / name).read_bytes() for name in names}

        if self._is_preview:  # another site at every save
            make()
            return
        script = worker or RETIRED.read_bytes()
        about = (made, wire, late, script, self.folder, copy and copy.name)
        store = Store(self._settings.cached("finished"), is_single=True)
        key = digest(parts.recipe(), repr(about))
        for name, kept in store.keep_files(key, make).items():
            place(kept, target / name)

    def _write_classic_scripts(self, target: Path, modules: Iterable[str]) -> None:
        """Write the scripts that pages on disk run instead of the site's own modules."""
        for address in modules if self._is_copied else ():
            module = target / address
            if module.is_file() and not address.startswith("livecells/"):
                if not self._bundler:
                    msg = (
                        f"the copy for disk cannot have {address}, which is a module: list it in "
                        "extra_javascript as an ordinary script, or take livecells.copy out"
                    )
                    raise BuildError(msg)
                script = self._bundler.classic(module, target.glob("assets/*.js"))
                module.with_name(f"{module.stem}{CLASSIC}").write_bytes(script)


def _require_page(site: Path, address: str) -> None:
    page = address.partition("#")[0]
    if not (site / page / "index.html").is_file() and not (site / page).is_file():
        msg = f"the setting livecells.foot leads to {address!r}, which is not a page of the site"
        raise BuildError(msg)
