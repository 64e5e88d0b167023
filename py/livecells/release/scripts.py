"""Runs esbuild: puts a module and what it imports into one script."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from livecells.errors import BuildError
from livecells.store import Made, Store, digest, file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASSIC = ".classic.js"
"""Ending of a module as a classic script: pages on disk may not run modules."""

SHARED = ("@codemirror/autocomplete", "@codemirror/language", "@lezer/highlight", "@lezer/lr")
"""What an addition to a library takes from the library's own file: two copies would not fit."""

MODULES = "node_modules/"
_ALWAYS = (
    "--bundle",
    "--legal-comments=eof",
    "--log-level=warning",
    "--tsconfig-raw={}",  # otherwise the result depends on what lies in the folders above
)
_ADDRESS = "livecellsAddress"
_OPENING = (
    f"(() => {{ const {_ADDRESS} = self.document"
    " && (document.currentScript.src || document.currentScript.dataset.src);"
)
"""A script knows its own address only while it starts; an inline one reads it from its element."""


class Bundler:
    """Makes scripts, each once for each state of its sources and of npm's lock file."""

    def __init__(self, node_modules: Path, cache: Path) -> None:
        """Remember where npm's packages are, and the folder for made files.

        Raises:
            BuildError: npm's packages are missing.
        """
        lock = node_modules / ".package-lock.json"
        if not lock.is_file():
            msg = f"{node_modules} is missing or incomplete: run 'npm ci'"
            raise BuildError(msg)
        self._lock = file_sha256(lock)
        self._node_modules = node_modules
        self._program = node_modules / "esbuild" / "bin" / "esbuild"
        self._store = Store(cache)
        self._made: dict[str, tuple[bytes, bytes]] = {}
        self.packages: set[Path] = set()
        """Folders of the npm packages of which something is in the scripts made so far."""

    def module(self, entry: Path) -> bytes:
        """Bundle a library as one minified module; `name-more.js` adds to that of `name.js`."""
        base = f"{entry.stem.partition('-')[0]}.js"
        shared = [f"--external:./{base}", *(f"--alias:{one}=./{base}" for one in SHARED)]
        more = shared if entry.name != base else []
        return self._built(entry, [entry], "--format=esm", "--minify", *more)

    def styles(self, entry: Path, parts: Iterable[Path]) -> bytes:
        """Put a stylesheet and those that it imports into one."""
        return self._built(entry, parts)

    def script(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle one of our modules as a script; `sources` are our modules that may be in it."""
        return self._built(entry, sources, "--format=iife")

    def classic(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle a module as a script that a page on disk can run in its place."""
        return self._built(
            entry,
            sources,
            "--format=iife",
            "--minify",
            f"--define:import.meta.url={_ADDRESS}",
            f"--banner:js={_OPENING}",
            "--footer:js=})();",
        )

    def _built(self, entry: Path, sources: Iterable[Path], *options: str) -> bytes:
        content = [file_sha256(path) for path in sorted(sources)]
        key = digest(self._lock, entry.name, *_ALWAYS, *options, *content)

        def made(which: int) -> Made:
            if key not in self._made:
                self._made[key] = self._run(entry, options)
            return Made(self._made[key][which], 0)

        script = self._store.keep(entry.name, key, lambda: made(0))
        about = self._store.keep(f"{entry.name}.inputs", key, lambda: made(1))
        for name in json.loads(about.path.read_bytes()):
            self.packages.add(self._node_modules / name)
        return script.path.read_bytes()

    def _run(self, entry: Path, options: tuple[str, ...]) -> tuple[bytes, bytes]:
        """Return the script, and the npm packages in it as JSON."""
        with TemporaryDirectory() as folder:
            target, about = Path(folder) / entry.name, Path(folder) / "about.json"
            command = [
                str(self._program),
                str(entry),
                *_ALWAYS,
                f"--outfile={target}",
                f"--metafile={about}",
                *options,
            ]
            done = subprocess.run(  # noqa: S603
                command,
                cwd=entry.parent,
                env=os.environ
                | {"NODE_PATH": str(self._node_modules)},  # for copies of our modules
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                msg = f"esbuild failed on {entry.name}:\n{done.stderr}"
                raise BuildError(msg)
            return target.read_bytes(), json.dumps(_packages(about.read_bytes())).encode()


def _packages(about: bytes) -> list[str]:
    """Find the npm packages of which something came into a script, by their folders."""
    (output,) = json.loads(about)["outputs"].values()
    used = [path for path, part in output["inputs"].items() if part["bytesInOutput"]]
    return sorted({_package(path.partition(MODULES)[2]) for path in used if MODULES in path})


def _package(path: str) -> str:
    """Cut a path below the outermost `node_modules` down to the package it is of."""
    outer, _, inner = path.rpartition(MODULES)
    words = inner.split("/")
    name = "/".join(words[: 2 if inner.startswith("@") else 1])
    return f"{outer}{MODULES}{name}" if outer else name
