"""Runs esbuild: puts a module and what it imports into one script."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from livecells.build.errors import BuildError
from livecells.build.store import Made, Store, digest, file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ON_DISK = ".disk.js"
"""Ending of a module's twin for pages on disk, which may run scripts and no modules."""

_ADDRESS = "livecellsAddress"
_OPENING = (
    f"(() => {{ const {_ADDRESS} = self.document"
    " && (document.currentScript.src || document.currentScript.dataset.src);"
)
"""A script knows its own address only while it starts; one that stands in the page is told it."""


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
        self._program = node_modules / "esbuild" / "bin" / "esbuild"
        self._store = Store(cache)

    def module(self, entry: Path) -> bytes:
        """Bundle a library as one minified module."""
        return self._built(entry, [entry], "--format=esm", "--minify")

    def styles(self, entry: Path, parts: Iterable[Path]) -> bytes:
        """Put a stylesheet and those that it imports into one."""
        return self._built(entry, parts)

    def script(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle one of our modules as a script; `sources` are our modules that may be in it."""
        return self._built(entry, sources, "--format=iife")

    def twin(self, entry: Path, sources: Iterable[Path]) -> bytes:
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
        key = digest(self._lock, entry.name, *options, *content)
        made = self._store.keep(entry.name, key, lambda: self._run(entry, options))
        return made.path.read_bytes()

    def _run(self, entry: Path, options: tuple[str, ...]) -> Made:
        command = [
            str(self._program),
            str(entry),
            "--bundle",
            "--legal-comments=eof",
            "--log-level=warning",
            *options,
        ]
        done = subprocess.run(  # noqa: S603
            command, cwd=entry.parent, capture_output=True, check=False
        )
        if done.returncode:
            msg = f"esbuild failed on {entry.name}:\n{done.stderr.decode()}"
            raise BuildError(msg)
        return Made(done.stdout, len(done.stdout))
