"""The page's half of the engine: our modules as written, third-party libraries as one file each."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.build.scripts import ON_DISK, Bundler

WEB = Path(__file__).parent.parent / "web"
SERVICE_WORKER = WEB / "sw"
"""Goes as one script into the site's root, behind a list of all files: build/precache.py."""

DISK = WEB / "disk"
"""What only copies on disk have."""

VENDOR = WEB / "vendor"
"""One entry module for each third-party library; esbuild puts what it imports into one file."""

TWINS = (WEB / "main.js", WEB / "worker" / "worker.js", DISK / "carry.js")
"""What copies on disk run, as scripts: build/copies.py."""

STYLES = WEB / "css"
"""Parts of `livecells.css`, which names them."""


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


def make_assets(manifest: Any, bundler: Bundler) -> Assets:
    """Gather our modules, the bundled libraries and the runtime's manifest.

    Raises:
        BuildError: esbuild failed.
    """
    sources = sorted(WEB.rglob("*.js"))
    files = {
        path.relative_to(WEB).as_posix(): path.read_bytes()
        for path in sorted(WEB.rglob("*"))
        if path.suffix == ".js" and not {VENDOR, SERVICE_WORKER, DISK} & set(path.parents)
    }
    styles = WEB / "livecells.css"
    parts = [styles, *sorted(STYLES.glob("*.css"))]
    files[styles.name] = bundler.styles(styles, parts)
    for entry in sorted(VENDOR.glob("*.js")):
        files[f"vendor/{entry.name}"] = bundler.module(entry)
    for entry in TWINS:
        files[f"{entry.stem}{ON_DISK}"] = bundler.twin(entry, sources)
    files["manifest.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    worker = bundler.script(SERVICE_WORKER / "worker.js", sources)
    return Assets(digest.hexdigest()[:12], files, worker)
