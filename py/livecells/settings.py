"""What a site says of itself under `plugins: livecells:` in mkdocs.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from livecells.errors import BuildError


@dataclass(frozen=True)
class App:
    """How the site looks among a reader's apps.

    Attributes:
        icon: SVG of 512 x 512 pixels, painted to its edges: systems cut it to their own shape.
        short_name: For below the icon.
        colour: Of the window's frame, in CSS.
        background: Of the window before the first page is there, in CSS.
        opens: Address of the page that takes files of data, below the site's root: it has cells.
        shortcuts: Addresses of pages by what the icon's menu calls them.
    """

    icon: str
    short_name: str
    colour: str
    background: str = "#fff"
    opens: str = ""
    shortcuts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Check what mkdocs.yml says.

        Raises:
            BuildError: A key is missing or does not exist.
        """
        known = {field.name for field in fields(cls)}
        missing = {"icon", "short_name", "colour"} - set(written)
        if missing or set(written) - known:
            msg = f"mkdocs.yml: livecells.app takes {sorted(known)}, not {sorted(written)}"
            raise BuildError(msg)
        return cls(**written)


MODES = ("strict", "report", "off")


KINDS: dict[type, tuple[type, str]] = {
    tuple: (list, 'a list, such as ["a", "b"]'),
    str: (str, "a text"),
    bool: (bool, "true or false"),
    int: (int, "a number"),
}
"""By the kind that a setting has in Python: what YAML gives, and how to tell an author."""


def _require_kind(key: str, value: object, kind: type) -> None:
    wanted, told = KINDS.get(kind, (object, ""))
    if not isinstance(value, wanted):
        msg = f"mkdocs.yml: livecells.{key} is {value!r}, expected {told}"
        raise BuildError(msg)
    if isinstance(value, list) and (wrong := [one for one in value if str(one).startswith("/")]):
        msg = f"mkdocs.yml: livecells.{key} has {wrong[0]}: write it relative to mkdocs.yml"
        raise BuildError(msg)


CELLS = ("marked", "all")


def require_cells(where: str, written: object) -> str:
    """Check which Python blocks shall be cells.

    Raises:
        BuildError: It is not one of `CELLS`.
    """
    if written not in CELLS:
        msg = f"{where} is {written!r}, expected {' or '.join(CELLS)}"
        raise BuildError(msg)
    return str(written)


@dataclass(frozen=True)
class Policy:
    """The content policy of the pages (release/policy.py).

    Attributes:
        mode: `strict` is enforced; `report` only tells, by a header on hosts that take headers;
            `off` is none.
        more: Further sources by directive, such as `https://img.shields.io` for `img-src`.
    """

    mode: str = "strict"
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, written: object) -> Self:
        """Check what mkdocs.yml says: a mode, or directives with sources, `mode` among them.

        Raises:
            BuildError: It is neither.
        """
        given = {"mode": written} if isinstance(written, str | bool) else written
        if not isinstance(given, dict):
            msg = f"mkdocs.yml: livecells.policy takes {', '.join(MODES)} or directives"
            raise BuildError(msg)
        given = dict(given)
        mode = given.pop("mode", "strict")
        mode = "off" if mode is False else str(mode)  # YAML reads a bare `off` as false
        if mode not in MODES:
            msg = f"mkdocs.yml: livecells.policy is {mode!r}, expected {', '.join(MODES)}"
            raise BuildError(msg)
        more = {
            name: (text,) if isinstance(text, str) else tuple(text) for name, text in given.items()
        }
        return cls(mode, more)


@dataclass(frozen=True)
class Settings:
    """Where a site keeps what its cells use; all paths are relative to `root`.

    Attributes:
        root: Folder of mkdocs.yml.
        packages: Folders of own Python packages that cells may import.
        exclude: Globs below those folders of files that must not ship.
        licence: SPDX expression for `packages`.
        data: Globs of files that cells find under the same path.
        data_index: TOML file with a licence for each data file; empty for none.
        preload: Modules that need no compiled library: cells that import them do not wait for one.
        warm_up: Module of `packages` whose `run()` makes one small output of each usual kind:
            what it imports is fetched first.
        on_demand: Packages among `requirements` that are only fetched when a cell imports them.
        offline: Whether the site has a service worker; `false` removes it from readers' browsers.
        requirements: Hashed pins of the pure-Python packages that ship.
        wheels: Folder of wheels that no registry has.
        node_modules: Where npm put Pyodide and Vega.
        cache: Folder for everything that can be made again; `.livecells` under Zensical.
        figure_css: Stylesheets of the site, relative to what is built, for embedded figures.
        changelog: Markdown file that names the versions (release/version.py); empty for none.
        copy: Name of the copy for disk (release/copies.py) that readers can download, or empty.
        foot: Links at the foot of every page: address below the site's root by what it says.
        language: Of the engine's own words, as the theme names it; English where there are none.
        cells: `marked` for the Python blocks with the option `cell`, `all` for all of them; a page
            says otherwise in its head.
        reactive: Whether what depends on a cell runs by itself after it; a page says otherwise in
            its head, and readers have a switch.
        native_setup: Python that lets cells find the site's data outside of it. With it the site
            offers the project's own wheel, and says how to run a page natively; empty for none.
        app: How the site looks among a reader's apps; without it the site cannot be installed.
        policy: The content policy of the pages.
        wording: Module of `packages` whose functions format values in prose, too; empty for none.
        prose_lock: JSON file with the accepted values of expressions in prose and text alternatives
            of charts; empty for none.
        after_build: Function of the site's own as `module:name`. It is called with the folder of
            the built site, its name and its address, and writes what else the site hands out.
        max_file_bytes: Largest file that the host takes.
    """

    root: Path
    packages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    licence: str = "MIT"
    data: tuple[str, ...] = ()
    data_index: str = ""
    preload: tuple[str, ...] = ()
    warm_up: str = ""
    on_demand: tuple[str, ...] = ()
    offline: bool = True
    requirements: str = "requirements/browser.txt"
    wheels: str = "py/wheels"
    node_modules: str = "node_modules"
    cache: str = ".cache"
    figure_css: tuple[str, ...] = ()
    changelog: str = ""
    copy: str = ""
    foot: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    cells: str = "marked"
    reactive: bool = False
    native_setup: str = ""
    app: App | None = None
    policy: Policy = Policy()
    wording: str = ""
    prose_lock: str = ""
    after_build: str = ""
    max_file_bytes: int = 100_000_000

    @classmethod
    def read(cls, root: Path, written: Mapping[str, Any] | None) -> Self:
        """Check what mkdocs.yml says.

        Raises:
            BuildError: A key does not exist, or its value is of another kind.
        """
        kinds = {one.name: type(one.default) for one in fields(cls)[1:]}  # [0] is the root
        given = dict(written or {})
        require_cells("mkdocs.yml: livecells.cells", given.get("cells", "marked"))
        for key, value in given.items():
            if key not in kinds:
                near = get_close_matches(key, kinds, n=1)
                told = f"did you mean {near[0]}?" if near else f"it has {', '.join(sorted(kinds))}"
                msg = f"mkdocs.yml: livecells has no setting {key}: {told}"
                raise BuildError(msg)
            _require_kind(key, value, kinds[key])
        if "policy" in given:
            given["policy"] = Policy.read(given["policy"])
        if "app" in given:
            given["app"] = App.read(given["app"])
        listed = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
        return cls(root=root, **(given | listed))

    def cached(self, kind: str) -> Path:
        """Return the folder below the cache for one kind of made files."""
        return self.root / self.cache / kind

    @property
    def data_files(self) -> list[Path]:
        """The data files that ship, sorted."""
        return sorted(path for pattern in self.data for path in self.root.glob(pattern))
