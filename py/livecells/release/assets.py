"""The page's half of the engine, as few scripts: our modules and third-party libraries bundled."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.release.scripts import CLASSIC, Bundler

WEB = Path(__file__).parent.parent / "web"

SERVICE_WORKER = "sw"
WORKER = f"{SERVICE_WORKER}/worker.js"
"""Goes as one script into the site's root, behind a list of all files: release/precache.py."""

PYTHONS = "worker/worker.js"
"""One module, so that a start need not fetch some thirty."""

ENTRIES = ("main.js", "embed.js", "ruff/worker.js")
"""What pages name, and a worker of the page's; what they import comes as parts beside them."""

CLASSICS = ("main.js", PYTHONS, "disk/embedded-files.js")
"""What copies on disk run, as scripts: release/copies.py."""

FONT_SIZE = re.compile(r"font-size: ([\d.]+)rem")

SHEETS = ("livecells.css", "embed.css")
"""Of pages, and of figures in frames of other sites."""

STYLES = "css"
"""Parts of the sheets, which name them."""

SCRIPTS = "scripts"
"""Folder of the ready-made parts, with one for each language."""

STRINGS = "strings"
"""A file of sentences for each language."""


@dataclass(frozen=True)
class Assets:
    """The files of one release of the page's half.

    Attributes:
        release: Hash over all files; names their folder, so that pages and
            modules of two releases never mix.
        files: Path in the release folder to content.
        service_worker: Script of the service worker, which lies elsewhere.
    """

    release: str
    files: dict[str, bytes]
    service_worker: bytes


def web_in(language: str, cache: Path) -> Path:
    """Return our modules with the sentences of one language, English being how they lie here."""
    if language == "en":
        return WEB
    copy = cache / f"web-{language}"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(WEB, copy)
    (copy / f"{STRINGS}.js").write_text(f'export * from "./{STRINGS}/{language}.js";\n')
    return copy


def bundled(bundler: Bundler, web: Path = WEB) -> dict[str, bytes]:
    """Make what esbuild makes of the modules in `web`, by path.

    Raises:
        BuildError: esbuild failed.
    """
    sources = sorted(web.rglob("*.js"))
    sheets = [web / name for name in SHEETS]
    parts = [*sheets, *sorted((web / STYLES).glob("*.css"))]
    made = {one.name: for_any_theme(bundler.styles(one, parts)) for one in sheets}
    made |= bundler.modules(web, ENTRIES, sources)
    for module in CLASSICS:
        made[f"{Path(module).stem}{CLASSIC}"] = bundler.classic(web / module, sources)
    made[PYTHONS] = bundler.whole(web / PYTHONS, sources)
    return made | {WORKER: bundler.script(web / WORKER, sources)}


def for_any_theme(sheet: bytes) -> bytes:
    """Make a stylesheet that is written for Material hold under other themes.

    Material has a rem of 20 pixels, others of 16. Rules that outdo a theme's stand below
    `.md-typeset`, which others do not have.
    """
    text = sheet.decode().replace(".md-typeset ", ":is(.md-typeset, body) ")
    return FONT_SIZE.sub(
        lambda found: f"font-size: max({found[1]}rem, {20 * float(found[1]):g}px)", text
    ).encode()


def keep_bundled(made: Mapping[str, bytes], parts: Path, language: str) -> None:
    """Write what `bundled` made for `ready_made`."""
    for name, content in made.items():
        place = parts / SCRIPTS / language / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def ready_made(parts: Path, language: str) -> dict[str, bytes]:
    """Return what `bundled` made when the wheel was built."""
    folder = parts / SCRIPTS / language
    places = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in places}


def make_assets(manifest: Any, scripts: Mapping[str, bytes]) -> Assets:
    """Gather what `bundled` made, and the runtime's manifest."""
    files = {name: content for name, content in scripts.items() if name != WORKER}
    files["manifest.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return Assets(digest.hexdigest()[:12], files, scripts[WORKER])
