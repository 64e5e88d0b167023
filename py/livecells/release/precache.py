"""Writes the service worker of a finished site: every file it keeps, with its hash and sizes."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from livecells.release.version import Change, Release

NAME = "sw.js"
RETIRED = Path(__file__).parent.parent / "web" / "sw" / "off.js"

LEFT_OUT = (
    "sw.js",
    "copy/*",
    "*.gz",
    "*.map",
    "sitemap.xml",  # without it page changes are plain loads, which work offline
    "assets/javascripts/lunr/*",  # search in other languages
    "assets/javascripts/lunr/*/*",
    "figures/*.svg",
    "figures/*.png",
    "figures/*.html",
    "figures/pages/*",
    "data/*.csv",
    "livecells/native/*",
)
"""What no page needs: downloads, figures for other sites, tools for developers."""

LATE = (
    "figures/*",
    "*.classic.js",
    "*.jsonld",
    "ruff/worker.js",
    "sbom.cdx.json",
    "licences.txt",
)
"""What only a page's menus or a long edit ask for: kept with the runtime."""

COMPRESSED = (".css", ".csv", ".html", ".js", ".json", ".svg", ".toml", ".txt")
"""What hosts compress on the fly."""

MOST_CHANGES = 5
"""Versions whose changes a reader sees; the changelog has the others."""

Entry = tuple[str, int] | tuple[str, int, int]
FileList = dict[str, Entry]
"""By path: sha256, bytes, and what travels of them where that is less."""


@dataclass(frozen=True)
class Precache:
    """The files of one release by path: `shell` is kept at once, `runtime` when the reader asks."""

    release: Release
    shell: FileList
    runtime: FileList

    @property
    def key(self) -> str:
        """What names the release's cache: a hash over all files."""
        text = json.dumps([self.shell, self.runtime], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def script(self, worker: bytes) -> str:
        """Put the list before the worker's script."""
        changes: tuple[Change, ...] = self.release.changes[:MOST_CHANGES]
        listed = {
            "key": self.key,
            "version": self.release.version,
            "build": self.release.build,
            "changes": changes,
            "shell": self.shell,
            "runtime": self.runtime,
        }
        return f"self.PRECACHE = {json.dumps(listed)};\n{worker.decode()}"


def read_site(site: Path, release: Release, runtime: Mapping[str, int]) -> Precache:
    """List the files of a finished site.

    Args:
        site: Folder of the built site.
        release: What it is called.
        runtime: What only Python needs, the runtime's files and the data: bytes on the wire by
            path, 0 where that is not known yet.
    """
    shell: FileList = {}
    kept: FileList = {}
    for path in sorted(site.rglob("*")):
        inside = path.relative_to(site)
        if not path.is_file() or any(inside.match(one) for one in LEFT_OUT):
            continue
        name = inside.as_posix()
        is_late = name in runtime or any(inside.match(one) for one in LATE)
        (kept if is_late else shell)[name] = _entry(path, runtime.get(name, 0))
    return Precache(release, shell, kept)


def _entry(path: Path, wire: int) -> Entry:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if not wire and path.suffix in COMPRESSED:
        wire = _compressed_size(content)
    return (sha256, len(content), wire) if 0 < wire < len(content) else (sha256, len(content))


@lru_cache(maxsize=4096)
def _compressed_size(content: bytes) -> int:
    """What a preview or a test that writes a release after the other need not do again."""
    return len(gzip.compress(content, compresslevel=6, mtime=0))


def write_service_worker(
    site: Path, release: Release, runtime: Mapping[str, int], worker: bytes | None
) -> None:
    """Write `sw.js` into a finished site; with no worker's script it is one that removes itself."""
    if worker is None:
        script = RETIRED.read_text(encoding="utf-8")
    else:
        script = read_site(site, release, runtime).script(worker)
    (site / NAME).unlink(missing_ok=True)  # in a copy of a site it may be a link
    (site / NAME).write_text(script, encoding="utf-8")
