"""Runs esbuild: puts modules and what they import into few scripts."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from livecells.errors import BuildError
from livecells.store import Store, digest, file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASSIC = ".classic.js"
"""Ending of a module as a classic script: pages on disk may not run modules."""

MODULES = "node_modules/"
PACKAGES = "packages.json"
Scripts = dict[str, bytes]
"""Scripts by their names below the folder of the entries."""

_ALWAYS = (
    "--bundle",
    "--legal-comments=eof",
    "--log-level=warning",
    "--tsconfig-raw={}",  # otherwise the result depends on what lies in the folders above
    "--preserve-symlinks",  # and the names of parts on where npm's packages really lie
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
        self.packages: set[Path] = set()
        """Folders of the npm packages of which something is in the scripts made so far."""

    def modules(self, folder: Path, entries: Iterable[str], sources: Iterable[Path]) -> Scripts:
        """Bundle modules into few: the entries, and parts that they share or ask for later.

        Args:
            folder: Where our modules lie.
            entries: What pages and workers name, from there.
            sources: Our modules that may be in it.
        """
        split = ("--splitting", "--chunk-names=[name]-[hash]", "--format=esm", "--minify")
        return self._built(folder, entries, sources, *split)

    def styles(self, entry: Path, parts: Iterable[Path]) -> bytes:
        """Put a stylesheet and those that it imports into one."""
        return self._one(entry, parts)

    def script(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle one of our modules as a script; `sources` are our modules that may be in it."""
        return self._one(entry, sources, "--format=iife", "--minify")

    def whole(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle one of our modules as a module; names stay as they are, for the console."""
        without_paths = "--minify-whitespace"  # esbuild writes those of npm's packages otherwise
        return self._one(entry, sources, "--format=esm", without_paths)

    def classic(self, entry: Path, sources: Iterable[Path]) -> bytes:
        """Bundle a module as a script that a page on disk can run in its place."""
        return self._one(
            entry,
            sources,
            "--format=iife",
            "--minify",
            f"--define:import.meta.url={_ADDRESS}",
            f"--banner:js={_OPENING}",
            "--footer:js=})();",
        )

    def _one(self, entry: Path, sources: Iterable[Path], *options: str) -> bytes:
        return self._built(entry.parent, [entry.name], sources, *options)[entry.name]

    def _built(
        self, folder: Path, entries: Iterable[str], sources: Iterable[Path], *options: str
    ) -> Scripts:
        entries = list(entries)
        content = [file_sha256(path) for path in sorted(sources)]
        key = digest(self._lock, *entries, *_ALWAYS, *options, *content)
        kept = self._store.keep_files(key, lambda: self._run(folder, entries, options))
        made = {name: path.read_bytes() for name, path in kept.items()}
        self.packages |= {self._node_modules / name for name in json.loads(made.pop(PACKAGES))}
        return made

    def _run(self, folder: Path, entries: list[str], options: tuple[str, ...]) -> Scripts:
        """Make the scripts, and the list of the npm packages in them."""
        with TemporaryDirectory() as made:
            about = Path(made) / "about.json"
            target = Path(made) / "scripts"
            command = [
                str(self._program),
                *entries,
                *_ALWAYS,
                f"--outdir={target}",
                "--outbase=.",
                f"--metafile={about}",
                *options,
            ]
            done = subprocess.run(  # noqa: S603
                command,
                cwd=folder,
                env=os.environ
                | {"NODE_PATH": str(self._node_modules)},  # for copies of our modules
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                msg = f"esbuild failed on {entries[0]}:\n{done.stderr}"
                raise BuildError(msg)
            scripts = {
                path.relative_to(target).as_posix(): path.read_bytes()
                for path in sorted(target.rglob("*"))
                if path.is_file()
            }
            return scripts | {PACKAGES: json.dumps(_packages(about.read_bytes())).encode()}


def _packages(about: bytes) -> list[str]:
    """Find the npm packages of which something came into scripts, by their folders."""
    outputs = json.loads(about)["outputs"].values()
    inputs = [one for output in outputs for one in output["inputs"].items()]
    used = [path for path, part in inputs if part["bytesInOutput"]]
    return sorted({_package(path.partition(MODULES)[2]) for path in used if MODULES in path})


def _package(path: str) -> str:
    """Cut a path below the outermost `node_modules` down to the package it is of."""
    outer, _, inner = path.rpartition(MODULES)
    words = inner.split("/")
    name = "/".join(words[: 2 if inner.startswith("@") else 1])
    return f"{outer}{MODULES}{name}" if outer else name
