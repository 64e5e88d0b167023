"""The page's half of the engine: our modules as written, third-party libraries as one file each."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.build.errors import BuildError

WEB = Path(__file__).parent.parent / "web"
WORKERS = (WEB / "sw.js", WEB / "sw-off.js")
"""They go into the site's root: build/precache.py."""

VENDOR = WEB / "vendor"
"""One entry module for each third-party library; esbuild puts what it imports into one file."""


@dataclass(frozen=True)
class Assets:
    """The files of one release of the page's half.

    Attributes:
        release: Hash over all files; names their folder, so that pages and
            modules of two releases never mix.
        files: Path in the release folder to content.
    """

    release: str
    files: dict[str, bytes]


def make_assets(manifest: Any, node_modules: Path, cache: Path) -> Assets:
    """Gather our modules, the bundled libraries and the runtime's manifest.

    Raises:
        BuildError: npm's packages are missing or esbuild failed.
    """
    files = {
        path.relative_to(WEB).as_posix(): path.read_bytes()
        for path in sorted(WEB.rglob("*"))
        if path.suffix in {".js", ".css"} and VENDOR not in path.parents and path not in WORKERS
    }
    for entry in sorted(VENDOR.glob("*.js")):
        files[f"vendor/{entry.name}"] = _bundled(entry, node_modules, cache)
    files["manifest.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return Assets(digest.hexdigest()[:12], files)


def _bundled(entry: Path, node_modules: Path, cache: Path) -> bytes:
    """Bundle a library once for each state of its entry and of npm's lock file."""
    lock = node_modules / ".package-lock.json"
    if not lock.is_file():
        msg = f"{node_modules} is missing or incomplete: run 'npm ci'"
        raise BuildError(msg)
    key = hashlib.sha256(entry.read_bytes() + lock.read_bytes()).hexdigest()[:16]
    kept = cache / f"{entry.stem}-{key}.js"
    if not kept.is_file():
        _esbuild(entry, node_modules, kept)
    return kept.read_bytes()


def _esbuild(entry: Path, node_modules: Path, target: Path) -> None:
    command = [
        str(node_modules / "esbuild" / "bin" / "esbuild"),
        str(entry),
        "--bundle",
        "--format=esm",
        "--minify",
        "--legal-comments=eof",
        "--log-level=warning",
        f"--outfile={target}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        msg = f"esbuild failed on {entry.name}:\n{done.stderr}"
        raise BuildError(msg)
