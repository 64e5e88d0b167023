"""Writes the service worker of a finished site: every file it keeps, with its hash."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).parent.parent / "web"
NAME = "sw.js"

LEFT_OUT = (
    "sw.js",
    "*.gz",
    "*.map",
    "sitemap.xml",  # without it page changes are plain loads, which work offline
    "assets/javascripts/lunr/*",  # search in other languages
    "assets/javascripts/lunr/*/*",
    "figures/*",
    "figures/*/*",
    "data/*.csv",
)
"""What no page needs: downloads, figures for other sites, tools for developers."""

FileList = dict[str, tuple[str, int]]


@dataclass(frozen=True)
class Precache:
    """The files of one release by path: `shell` is kept at once, `runtime` when the reader asks."""

    shell: FileList
    runtime: FileList

    @property
    def release(self) -> str:
        """The release's id: a hash over all files."""
        return hashlib.sha256(self._text().encode()).hexdigest()[:12]

    def script(self) -> str:
        """Write the service worker of this release."""
        line = json.dumps({"release": self.release, "shell": self.shell, "runtime": self.runtime})
        return f"self.PRECACHE = {line};\n{(WEB / NAME).read_text(encoding='utf-8')}"

    def _text(self) -> str:
        return json.dumps([self.shell, self.runtime], sort_keys=True)


def read_site(site: Path, runtime: Iterable[str]) -> Precache:
    """List the files of a finished site.

    Args:
        site: Folder of the built site.
        runtime: Paths of what only Python needs: the runtime's files and the data.
    """
    late = set(runtime)
    shell: FileList = {}
    kept: FileList = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not any(path.relative_to(site).match(one) for one in LEFT_OUT):
            content = path.read_bytes()
            entry = (hashlib.sha256(content).hexdigest(), len(content))
            (kept if name in late else shell)[name] = entry
    return Precache(shell, kept)


def write_service_worker(site: Path, runtime: Iterable[str], *, is_on: bool) -> None:
    """Write `sw.js` into a finished site; switched off, it is one that removes itself."""
    if is_on:
        script = read_site(site, runtime).script()
    else:
        script = (WEB / "sw-off.js").read_text(encoding="utf-8")
    (site / NAME).write_text(script, encoding="utf-8")
