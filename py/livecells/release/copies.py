"""Writes the copy of a finished site that runs from disk, as a zip: no server, no request.

A page on disk can run scripts and read no other file. So each module is bundled as a classic script
(release/scripts.py), and whatever a page would fetch lies in `embedded/` as a script that calls
`livecellsEmbed` (web/disk/embedded-files.js).
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypedDict

from livecells.markup import Markup, element, join
from livecells.release import policy
from livecells.release.scripts import CLASSIC
from livecells.runtime.zstd import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "copy"
"""Of the site; what lies in it is made from everything else."""

ABOUT = f"{FOLDER}/copy.json"
EMBEDDED = "embedded"
WORTH = 0.95
"""A file is packed when that leaves less of it."""

PAGE_PACKS = ("project-sources",)
"""Packs beside those of a start that a page's own cells read: they show the text of checks."""

MOST_BYTES = 9_900_000
"""Of a page as one file: below 10 MB."""

WRITTEN = 1 + 4 / 256
"""What is written for a byte: four of its values take two characters (web/net/as-text.js)."""

LEFT_OUT = (
    f"{FOLDER}/*",
    "404.html",
    "sw.js",
    "manifest.webmanifest",
    "sitemap.xml",
    "*.gz",
    "*.map",
    "assets/javascripts/lunr/*",
    "assets/javascripts/lunr/*/*",
    "livecells/runtime/ruff-*",
    "figures/pages/*",  # pictures of pages for those who link to them
    "figures/*.html",  # figures in other sites
    "figures/*.png",
    "figures/*.svg",
)

PAGE_LEFT_OUT = (
    "meta[http-equiv=Content-Security-Policy]",  # on disk nothing is of its own origin
    "link[rel=manifest]",
    "link[rel=apple-touch-icon]",
    "link[rel=icon]",
    "link[rel=prev]",
    "link[rel=next]",
    "[data-md-component=search]",
    "label[for=__search]",
    "label[for=__drawer]",
    "[data-md-type=navigation]",
    ".md-footer__inner",
    "page-file",
)
"""Elements without use in a page as one file: the theme's search and menus, an app's manifest."""

FIGURE_FILES = (".metadata.json", ".json", ".csv", ".parquet")
"""Endings of a figure's files that its page asks for."""

WORKERS = ("assets/javascripts/workers/*.js",)
"""Started by the theme."""

SEARCH = "search/search_index.json"
"""On disk the theme looks for a script that sets `__index`."""

PLAIN = (".css", ".ico", ".png", ".svg")
"""What pages name in tags."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD_END = "</head>"
_LINK = re.compile(r'(?<= href=")(?![a-z][a-z.+-]*:|//)[^"#?]*(?=["#?])')
_SCRIPT = re.compile(r'<script src="(?P<address>[^":]+)"(?P<module> type="module")?></script>')
_APP = re.compile(r'<link rel="manifest"[^>]*>')


class PackedFile(TypedDict):
    """A file for a page as one file: `file` has it, packed as `packing` says."""

    path: str
    file: str
    packing: str


class PageFile(TypedDict):
    """How the page makes one file of itself (web/offline/page-composer.js).

    `bytes` counts all but the text, figures and data of the page; `files` are what it counts. Data
    is added while the whole has no more than `most` bytes.
    """

    bytes: int
    most: int
    left_out: str
    figure_files: list[str]
    files: list[PackedFile]


class Copies(TypedDict):
    """What the site says of its copies: the whole site as a zip, and a page as one file."""

    file: str
    bytes: int
    unpacked: int
    page: PageFile


@dataclass(frozen=True)
class Copy:
    """A copy to write.

    Attributes:
        site: Folder of the finished site.
        release: Folder of the page's half, below the site's root.
        name: Of the copy's own folder and of its zip.
    """

    site: Path
    release: str
    name: str

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the copy's files by their names, sorted."""
        made = dict(self._files())
        for name in sorted(made):
            yield name, made[name]

    def _files(self) -> Iterator[tuple[str, bytes]]:
        named: set[tuple[str, bool]] = set()
        others = []
        for path in sorted(self.site.rglob("*")):
            name = path.relative_to(self.site).as_posix()
            if not path.is_file() or _is_among(name, LEFT_OUT):
                continue
            if path.suffix == ".html":
                text = path.read_text(encoding="utf-8")
                yield name, self.page(name, text).encode()
                named |= scripts_of(name, text)
            else:
                others.append((name, path))
        classics = {
            f"{name.removesuffix('.js')}{CLASSIC}" for name, is_module in named if is_module
        }
        plain = classics | {name for name, is_module in named if not is_module}
        for name, path in others:
            if path.suffix in PLAIN or name in plain or name == self.loader:
                yield name, path.read_bytes()
            elif name == SEARCH:
                yield SEARCH.removesuffix("on"), search_script(path.read_text("utf-8")).encode()
            elif _is_among(name, WORKERS):
                yield _script_name(name), embedded_script(name, path.read_bytes(), is_packed=False)
            elif name == self.worker_script:
                yield (
                    _script_name(self.worker),
                    embedded_script(self.worker, path.read_bytes(), is_packed=False),
                )
            elif path.suffix != ".js":
                yield _script_name(name), embedded_script(name, path.read_bytes())

    def page(self, name: str, text: str) -> str:
        """Turn a page of the site into one of the copy."""
        root = "../" * name.count("/")
        theme = [
            path.relative_to(self.site).as_posix()
            for pattern in WORKERS
            for path in sorted(self.site.glob(pattern))
        ]
        ahead = [self.loader, *(_script_name(worker) for worker in (self.worker, *theme))]
        tags = join(*(element("script", src=f"{root}{one}") for one in ahead))
        text = policy.without(_APP.sub("", text))
        text = _LINK.sub(lambda found: with_index(found[0]), text)
        text = _SCRIPT.sub(_as_classic, text)
        before, end, after = text.partition(_HEAD_END)
        return f"{before}{tags}{end}{after}"

    @property
    def loader(self) -> str:
        """The script that stands in for the server."""
        return f"{self.release}/embedded-files{CLASSIC}"

    @property
    def worker(self) -> str:
        """Where pages ask for Python's worker."""
        return f"{self.release}/worker/worker.js"

    @property
    def worker_script(self) -> str:
        """Python's worker as a classic script."""
        return f"{self.release}/worker{CLASSIC}"


def write_copy(copy: Copy) -> Path:
    """Write the zip of a copy into its site, and beside it what the site says of it.

    Returns:
        The zip; equal sites give equal bytes.
    """
    place = copy.site / FOLDER / f"{copy.name}.zip"
    place.parent.mkdir(exist_ok=True)
    unpacked = 0
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in copy.files():
            info = zipfile.ZipInfo(f"{copy.name}/{name}", _EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 6)
            unpacked += len(content)
    about: Copies = {
        "file": f"{FOLDER}/{place.name}",
        "bytes": place.stat().st_size,
        "unpacked": unpacked,
        "page": page_file(copy),
    }
    (copy.site / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    return place


def page_file(copy: Copy) -> PageFile:
    """Say what a page as one file has beside what is its own, and pack that.

    Of the runtime it has what a start needs: a cell that asks for more is told what is missing.
    """
    listed = json.loads((copy.site / copy.release / "manifest.json").read_bytes())["files"]
    wanted = [one for one in listed if one["stage"] == "boot" or one["name"] in PAGE_PACKS]
    paths = {file["path"]: file["path"] for file in wanted}
    main = f"{copy.release}/main{CLASSIC}"
    paths |= {main: main, copy.worker: copy.worker_script}
    size = (copy.site / copy.loader).stat().st_size
    files: list[PackedFile] = []
    for path, name in paths.items():
        packing, content = pack((copy.site / name).read_bytes())
        file = f"{FOLDER}/{PurePosixPath(name).name}.{packing}" if packing else name
        if packing:
            (copy.site / file).write_bytes(content)
        files.append({"path": path, "file": file, "packing": packing})
        size += round(len(content) * WRITTEN)
    return {
        "bytes": size,
        "most": MOST_BYTES,
        "left_out": ",".join(PAGE_LEFT_OUT),
        "figure_files": list(FIGURE_FILES),
        "files": files,
    }


def with_index(address: str) -> str:
    """Return the page that a server would choose: a folder on disk has no index."""
    if address in {".", ".."} or address.endswith("/.."):
        return f"{address}/index.html"
    return f"{address}index.html" if address.endswith("/") else address


def scripts_of(page: str, text: str) -> set[tuple[str, bool]]:
    """Find the scripts that a page names, from the site's root, and whether each is a module."""
    folder = PurePosixPath(page).parent
    return {
        (posixpath.normpath(folder / found["address"]), found["module"] is not None)
        for found in _SCRIPT.finditer(text)
    }


def search_script(index: str) -> str:
    """Write the theme's search index as a script, its pages by the names they have on disk."""
    read = json.loads(index)
    for entry in read["docs"]:
        page, mark, place = entry["location"].partition("#")
        entry["location"] = with_index(page or "./").removeprefix("./") + mark + place
    return f"var __index = {json.dumps(read, ensure_ascii=False, separators=(',', ':'))}"


def embedded_script(name: str, content: bytes, *, is_packed: bool = True) -> bytes:
    """Write a file of the site as a script that hands it over."""
    packing, kept = pack(content) if is_packed else ("", content)
    words = ",".join(json.dumps(one) for one in (name, packing, base64.b64encode(kept).decode()))
    return f"livecellsEmbed({words});\n".encode()


def pack(content: bytes) -> tuple[str, bytes]:
    """Pack a file with zstd where that is worth it; gives the packing's name and the bytes."""
    packed = squeeze(content)
    return ("zstd", packed) if len(packed) < WORTH * len(content) else ("", content)


def _as_classic(found: re.Match[str]) -> Markup | str:
    if not found["module"]:
        return found[0]
    classic = f"{found['address'].removesuffix('.js')}{CLASSIC}"
    return element("script", src=classic, defer=True)


def _script_name(name: str) -> str:
    return f"{EMBEDDED}/{name}.js"


def _is_among(name: str, patterns: tuple[str, ...]) -> bool:
    return any(PurePosixPath(name).match(pattern) for pattern in patterns)
