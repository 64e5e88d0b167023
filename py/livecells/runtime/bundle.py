"""Assembles the runtime: Pyodide's core, packs of Python files, compiled modules, data files.

What a first output opens goes into the pack `hot`, the rest into `cold`, which the first import
from it fetches, or a later visit ahead, and packages that few readers need into `rare`.
Docstrings and sources have packs of their own, which are only fetched for `help()`, a traceback or
`inspect`. The site's own packages are the pack `project`, and their sources one more. Compiled
modules travel alone, so that they compile while they arrive; of those that are split, and of the
core, the first part is fetched for the start and the rest like `cold`. Ruff, which reads and
formats a cell's text in the editor, travels alone too, and no start waits for it.
"""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from livecells import parts
from livecells.runtime import packs, ready, startup_trace
from livecells.runtime.core import CORE_FILES, MODULE, Core, find_core
from livecells.runtime.datafiles import data_files
from livecells.runtime.errors import FileTooLargeError, InputMissingError
from livecells.runtime.manifest import SCHEMA, FileEntry, Kind, Manifest, PackageEntry, Stage
from livecells.runtime.precompile import DOCSTRINGS
from livecells.runtime.sources import own_sources
from livecells.runtime.trees import (
    PACKAGES,
    Files,
    Tree,
    is_module,
    is_source,
    project_tree,
    stdlib_tree,
    wheels_tree,
)
from livecells.runtime.wheels import Wheel, core_parts, fetch_wheels, own_wheels
from livecells.runtime.zstd import squeeze, unpacked_size, unsqueeze
from livecells.store import Made, Store, Stored, digest, file_sha256, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from livecells.settings import Settings

RUNTIME = "livecells/runtime"
PROJECT_SOURCES = "project-sources"
RUFF = "@astral-sh/ruff-wasm-web"
CORE_LICENCE = "MPL-2.0"
PYTHON_LICENCE = "PSF-2.0"


@dataclass(frozen=True)
class Bundle:
    """An assembled runtime.

    Attributes:
        manifest: Goes into the site as JSON.
        files: For each path below the site's root, where its bytes lie on this machine.
        wheels: Of which something is in it.
    """

    manifest: Manifest
    files: dict[str, Path]
    wheels: tuple[Wheel, ...] = ()

    def install(self, target: Path) -> None:
        """Put the files into a built site."""
        for path, source in self.files.items():
            place(source, target / path)


@dataclass(frozen=True)
class BundleFile:
    """A file of the runtime, and where its bytes lie on this machine."""

    entry: FileEntry
    source: Path


def assemble(settings: Settings) -> Bundle:
    """Take the runtime from the wheel, or make it, and add the site's data.

    Equal inputs give equal bytes and names. Nothing is fetched while the cache holds the pinned
    wheels.

    Raises:
        BundleError: An input is missing, altered, unpinned or too large, and what to do.
    """
    folder = parts.ready()
    made = Bundle(*ready.read(folder, settings)) if folder else _made(settings)
    index = settings.root / settings.data_index if settings.data_index else None
    data = data_files(settings.root, settings.data, index)
    files = [*made.manifest["files"], *(entry for entry, _ in data)]
    limit = settings.max_file_bytes
    for file in files:
        if file["bytes"] > limit:
            raise FileTooLargeError(file["path"], file["bytes"], limit)
    manifest: Manifest = {
        **made.manifest,
        "preload": list(settings.preload),
        "warm_up": settings.warm_up,
        "files": files,
    }
    places = {entry["path"]: source for entry, source in data}
    return Bundle(manifest, made.files | places, made.wheels)


def _made(settings: Settings) -> Bundle:
    """Make the runtime without data, or take from the cache what did not change."""
    root = settings.root
    core = find_core(root, root / settings.node_modules)
    wheels = (
        *fetch_wheels(root / settings.requirements, settings.cached("wheels"), core.python_minor),
        *own_wheels(root / settings.wheels, core.abi),
    )
    store = Store(settings.cached("runtime"))
    files = [
        *_core_files(core, core_parts(root / settings.wheels, core.module), store),
        *_library_files(settings, core, list(wheels), store),
        _ruff(root / settings.node_modules / RUFF, store),
    ]
    places = {file.entry["path"]: file.source for file in files}
    return Bundle(_manifest(core, wheels, files), places, wheels)


def _manifest(core: Core, wheels: Iterable[Wheel], files: Iterable[BundleFile]) -> Manifest:
    packages = [
        PackageEntry(name=wheel.name, version=wheel.version, licence=wheel.licence)
        for wheel in sorted(wheels, key=lambda wheel: wheel.name.lower())
    ]
    return Manifest(
        schema=SCHEMA,
        python=core.python,
        pyodide=core.version,
        abi=core.abi,
        platform=core.platform,
        preload=[],
        warm_up="",
        packages=packages,
        files=[file.entry for file in files],
    )


def _core_files(core: Core, split: Mapping[str, Path], store: Store) -> list[BundleFile]:
    """List the core's files as they are; of a split one the first part, and the rest packed."""
    paths = {name: core.folder / name for name in CORE_FILES}
    if split:
        paths[MODULE] = _unpacked(split["first"], store)
    hashes = {name: file_sha256(path) for name, path in paths.items()}
    folder = f"{RUNTIME}/core-{digest(*hashes.values())[:12]}"
    made = []
    for name, path in paths.items():
        size = path.stat().st_size
        entry = FileEntry(
            path=f"{folder}/{name}",
            kind="core",
            stage="boot",
            name=name,
            target="",
            sha256=hashes[name],
            bytes=size,
            wire=_wire_size(path, hashes[name], store),
            unpacked=size,
            licence=CORE_LICENCE,
        )
        made.append(BundleFile(entry, path))
    if split:
        made.append(_part("rest", "later", f"{MODULE}.rest", _packed(split["rest"]), CORE_LICENCE))
    return made


def _ruff(folder: Path, store: Store) -> BundleFile:
    path = folder / "ruff_wasm_bg.wasm"
    if not path.is_file():
        raise InputMissingError(path, "run npm ci")
    licence = json.loads((folder / "package.json").read_text(encoding="utf-8"))["license"]
    packed = store.keep("ruff.zst", file_sha256(path), lambda: _made_pack(path.read_bytes()))
    return _part("tool", "asked", "ruff", packed, licence)


def _unpacked(path: Path, store: Store) -> Path:
    def make() -> Made:
        content = unsqueeze(path.read_bytes())
        return Made(content, len(content))

    return store.keep(path.stem, file_sha256(path), make).path


def _wire_size(path: Path, sha256: str, store: Store) -> int:
    """Return the bytes that a host sends which compresses this type on the fly (gzip, level 6)."""

    def measure() -> Made:
        size = len(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))
        return Made(str(size).encode(), 0)

    return int(store.keep(f"{path.name}.wire", sha256, measure).path.read_bytes())


def _library_files(
    settings: Settings, core: Core, wheels: list[Wheel], store: Store
) -> list[BundleFile]:
    """Make trees, find out what is hot, pack; side by side where each runs its own program."""
    with ThreadPoolExecutor() as pool:
        trees = [
            job.result()
            for job in (
                pool.submit(stdlib_tree, core, store),
                pool.submit(wheels_tree, wheels, core, store),
                pool.submit(project_tree, own_sources(settings), core, store),
            )
        ]
        *shared, project = trees
        key = digest(*(tree.key for tree in trees))
        hot = startup_trace.opened(core, key, settings.warm_up, store, lambda: _read(trees))
        packing = _Packing(core, store, shared, wheels, hot, settings.on_demand)
        jobs = [
            pool.submit(packing.pack, "hot", "boot"),
            pool.submit(packing.pack, "cold", "later"),
            pool.submit(packing.pack, "docstrings", "asked"),
            pool.submit(packing.pack, "sources", "asked"),
            *([pool.submit(packing.pack, "rare", "asked")] if settings.on_demand else []),
        ]
        modules = [part for wheel, path in _modules(wheels) for part in packing.module(wheel, path)]
        own = packing.project(project, settings.licence)
        return [*(job.result() for job in jobs), *own, *modules]


@dataclass(frozen=True)
class _Packing:
    """Sorts the files of the shared trees into packs."""

    core: Core
    store: Store
    trees: list[Tree]
    wheels: list[Wheel]
    hot: frozenset[str]
    on_demand: tuple[str, ...]

    def pack(self, name: str, stage: Stage) -> BundleFile:
        def make() -> Made:
            sorted_files = self._sorted()
            lazy = {other: _sizes(files) for other, files in sorted_files.items() if other != "hot"}
            if not self.on_demand:
                del lazy["rare"]
            return _made_pack(packs.join(sorted_files[name], lazy=lazy if name == "hot" else None))

        key = digest(name, *(tree.key for tree in self.trees), *sorted(self.hot), *self.on_demand)
        stored = self.store.keep(f"{name}.pack", key, make)
        licences = {PYTHON_LICENCE, *(_bracketed(wheel.licence) for wheel in self.wheels)}
        licence = " AND ".join(sorted(licences))
        return _part("pack", stage, name, stored, licence, self.core.library)

    def project(self, tree: Tree, licence: str) -> list[BundleFile]:
        """Pack the site's own packages; sources and docstrings go into a pack of their own."""

        def make(name: str) -> Made:
            run, read = dict(tree.read()), {}
            for path in [one for one in run if is_source(one) or one.endswith(DOCSTRINGS)]:
                read[path] = run.pop(path)
            if name == PROJECT_SOURCES:
                return _made_pack(packs.join(read))
            return _made_pack(packs.join(run, lazy={PROJECT_SOURCES: _sizes(read)}))

        names: dict[str, Stage] = {"project": "boot", PROJECT_SOURCES: "asked"}
        return [
            _part(
                "pack",
                stage,
                name,
                self.store.keep(
                    f"{name}.pack", digest(name, DOCSTRINGS, tree.key), partial(make, name)
                ),
                licence,
                self.core.library,
            )
            for name, stage in names.items()
        ]

    def module(self, wheel: Wheel, path: str) -> list[BundleFile]:
        """Pack a compiled module, or take the parts of a split one."""

        def make() -> Made:
            content = wheel.read()[path]
            return Made(squeeze(content), len(content))

        name = PurePosixPath(path).name
        target = f"{self.core.library}/site-packages/{path}"
        if not wheel.parts:
            whole = self.store.keep(f"{name}.zst", digest(wheel.sha256, path), make)
            return [_part("module", "boot", name, whole, wheel.licence, target)]
        first, rest = (_packed(wheel.parts[part]) for part in ("first", "rest"))
        return [
            _part("module", "boot", name, first, wheel.licence, target),
            _part("rest", "later", f"{name}.rest", rest, wheel.licence, target),
        ]

    def _sorted(self) -> dict[str, Files]:
        names = ("hot", "cold", "docstrings", "sources", "rare")
        found: dict[str, Files] = {name: {} for name in names}
        for path, content in _read(self.trees).items():
            if not is_module(path):
                found[self._pack_of(path)][path] = content
        return found

    def _pack_of(self, path: str) -> str:
        if is_source(path):
            return "sources"
        if path.endswith(DOCSTRINGS):
            return "docstrings"
        if path in self.hot:
            return "hot"
        return "rare" if _package_of(path) in self.on_demand else "cold"


def _part(
    kind: Kind, stage: Stage, name: str, stored: Stored, licence: str, target: str = ""
) -> BundleFile:
    """Name a made file by its content, so that hosts may keep it for ever."""
    entry = FileEntry(
        path=f"{RUNTIME}/{name}-{stored.sha256[:12]}.zst",
        kind=kind,
        stage=stage,
        name=name,
        target=target,
        sha256=stored.sha256,
        bytes=stored.bytes,
        wire=stored.bytes,
        unpacked=stored.unpacked,
        licence=licence,
    )
    return BundleFile(entry, stored.path)


def _modules(wheels: Iterable[Wheel]) -> list[tuple[Wheel, str]]:
    compiled = (wheel for wheel in wheels if not wheel.is_pure)
    return [(wheel, path) for wheel in compiled for path in wheel.names if is_module(path)]


def _packed(path: Path) -> Stored:
    content = path.read_bytes()
    return Stored(path, file_sha256(path), len(content), unpacked_size(content))


def _package_of(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[1] if parts[0] == PACKAGES else ""


def _read(trees: Iterable[Tree]) -> Files:
    return {path: content for tree in trees for path, content in tree.read().items()}


def _sizes(files: Files) -> dict[str, int]:
    return {path: len(content) for path, content in files.items()}


def _made_pack(pack: bytes) -> Made:
    return Made(squeeze(pack), len(pack))


def _bracketed(licence: str) -> str:
    return f"({licence})" if " OR " in licence else licence
