"""The page's half of the engine: our modules as written, third-party libraries as one file each."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.build.errors import BuildError

WEB = Path(__file__).parent.parent / "web"
SERVICE_WORKER = WEB / "sw"
"""Goes as one script into the site's root, behind a list of all files: build/precache.py."""

VENDOR = WEB / "vendor"
"""One entry module for each third-party library; esbuild puts what it imports into one file."""

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


def make_assets(manifest: Any, node_modules: Path, cache: Path) -> Assets:
    """Gather our modules, the bundled libraries and the runtime's manifest.

    Raises:
        BuildError: npm's packages are missing or esbuild failed.
    """
    files = {
        path.relative_to(WEB).as_posix(): path.read_bytes()
        for path in sorted(WEB.rglob("*"))
        if path.suffix == ".js" and not {VENDOR, SERVICE_WORKER} & set(path.parents)
    }
    styles = WEB / "livecells.css"
    parts = [styles, *sorted(STYLES.glob("*.css"))]
    files[styles.name] = _built(styles, parts, node_modules, cache)
    for entry in sorted(VENDOR.glob("*.js")):
        files[f"vendor/{entry.name}"] = _bundled(entry, node_modules, cache)
    files["manifest.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    sources = sorted(SERVICE_WORKER.glob("*.js"))
    entry = SERVICE_WORKER / "worker.js"
    worker = _built(entry, sources, node_modules, cache, "--format=iife")
    return Assets(digest.hexdigest()[:12], files, worker)


def _bundled(entry: Path, node_modules: Path, cache: Path) -> bytes:
    """Bundle a library once for each state of its entry and of npm's lock file."""
    return _built(entry, [entry], node_modules, cache, "--format=esm", "--minify")


def _built(
    entry: Path, sources: list[Path], node_modules: Path, cache: Path, *options: str
) -> bytes:
    """Put what an entry imports into one file, once for each state of sources and lock file."""
    lock = node_modules / ".package-lock.json"
    if not lock.is_file():
        msg = f"{node_modules} is missing or incomplete: run 'npm ci'"
        raise BuildError(msg)
    content = b"".join(path.read_bytes() for path in [*sources, lock])
    key = hashlib.sha256(content).hexdigest()[:16]
    kept = cache / f"{entry.stem}-{key}{entry.suffix}"
    if not kept.is_file():
        _esbuild(entry, node_modules, kept, *options)
    return kept.read_bytes()


def _esbuild(entry: Path, node_modules: Path, target: Path, *options: str) -> None:
    command = [
        str(node_modules / "esbuild" / "bin" / "esbuild"),
        str(entry),
        "--bundle",
        "--legal-comments=eof",
        "--log-level=warning",
        f"--outfile={target}",
        *options,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        msg = f"esbuild failed on {entry.name}:\n{done.stderr}"
        raise BuildError(msg)
