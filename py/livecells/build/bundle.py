"""Assembles the runtime: Pyodide's core and standard library, packs of packages, the data files."""

from __future__ import annotations

import gzip
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from livecells.build import bytecode, packs
from livecells.build.bundle_errors import FileTooLargeError
from livecells.build.core import CORE_FILES, Core, find_core
from livecells.build.datafiles import data_files
from livecells.build.manifest import SCHEMA, FileEntry, Kind, Manifest, PackageEntry
from livecells.build.sources import SourceTree, merge, read_trees
from livecells.build.store import Made, Store, Stored, digest, file_sha256
from livecells.build.wheels import Wheel, fetch_wheels, own_wheels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Bundle", "BundleConfig", "SourceTree", "assemble"]

RUNTIME = "livecells/runtime"


@dataclass(frozen=True)
class BundleConfig:
    """What goes into a runtime.

    Attributes:
        root: Project root, with package.json; data keeps its path below it.
        requirements: Hashed pins of the pure wheels.
        wheels: Folder with wheels.toml and our own wheels.
        node_modules: Where npm installed Pyodide.
        cache: Folder for fetched wheels and made files; safe to delete.
        sources: Own packages that ship as sources.
        data: Globs below `root` of files that cells may open.
        licence: SPDX expression for `sources`.
        data_index: TOML file of tables with `file` and `licence`, for the licences of `data`.
        max_file_bytes: Largest file that the host takes.
    """

    root: Path
    requirements: Path
    wheels: Path
    node_modules: Path
    cache: Path
    sources: tuple[SourceTree, ...] = ()
    data: tuple[str, ...] = ()
    licence: str = "MIT"
    data_index: Path | None = None
    max_file_bytes: int = 100_000_000


@dataclass(frozen=True)
class Bundle:
    """An assembled runtime.

    Attributes:
        manifest: Goes into the site as JSON.
        files: For each path below the site's root, where its bytes lie on this machine.
    """

    manifest: Manifest
    files: dict[str, Path]


@dataclass(frozen=True)
class _Part:
    entry: FileEntry
    source: Path


def assemble(config: BundleConfig) -> Bundle:
    """Make the runtime, or take from the cache what did not change.

    Equal inputs give equal bytes and names. Nothing is fetched while the cache holds the pinned
    wheels.

    Raises:
        BundleError: An input is missing, altered, unpinned or too large, and what to do.
    """
    core = find_core(config.root, config.node_modules)
    pure = fetch_wheels(config.requirements, config.cache / "wheels", core.python_minor)
    own = own_wheels(config.wheels, core.abi)
    store = Store(config.cache / "runtime")
    parts = [
        *_core_parts(core, store),
        *_made_parts(core, store, [*pure, *own]),
        _project_part(config, core, store),
        *(_Part(*file) for file in data_files(config.root, config.data, config.data_index)),
    ]
    for part in parts:
        if part.entry["bytes"] > config.max_file_bytes:
            raise FileTooLargeError(part.entry["path"], part.entry["bytes"], config.max_file_bytes)
    return Bundle(
        _manifest(core, [*pure, *own], parts), {part.entry["path"]: part.source for part in parts}
    )


def _manifest(core: Core, wheels: Iterable[Wheel], parts: Iterable[_Part]) -> Manifest:
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
        packages=packages,
        files=[part.entry for part in parts],
    )


def _core_parts(core: Core, store: Store) -> list[_Part]:
    paths = {name: core.folder / name for name in CORE_FILES}
    hashes = {name: file_sha256(path) for name, path in paths.items()}
    folder = f"{RUNTIME}/core-{digest(*hashes.values())[:12]}"
    parts = []
    for name, path in paths.items():
        size = path.stat().st_size
        entry = FileEntry(
            path=f"{folder}/{name}",
            kind="core",
            name=name,
            target="",
            sha256=hashes[name],
            bytes=size,
            wire=_wire_size(path, hashes[name], store),
            unpacked=size,
            licence="MPL-2.0",
        )
        parts.append(_Part(entry, path))
    return parts


def _wire_size(path: Path, sha256: str, store: Store) -> int:
    """Tell how many bytes a host sends that compresses this type on the fly (gzip, level 6)."""

    def measure() -> Made:
        size = len(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))
        return Made(str(size).encode(), 0)

    return int(store.keep(f"{path.name}.wire", sha256, measure).path.read_bytes())


def _made_parts(core: Core, store: Store, wheels: list[Wheel]) -> list[_Part]:
    """Make what needs compiling; side by side, since each runs its own Node."""
    pure = [wheel for wheel in wheels if wheel.is_pure]
    compiled = [wheel for wheel in wheels if not wheel.is_pure]
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(_stdlib_part, core, store)]
        jobs.append(pool.submit(_wheels_part, "site-packages", pure, core, store))
        jobs += [pool.submit(_wheels_part, wheel.name, [wheel], core, store) for wheel in compiled]
        return [job.result() for job in jobs]


def _stdlib_part(core: Core, store: Store) -> _Part:
    def make() -> Made:
        files = bytecode.compile_tree(core.read_stdlib(), core.stdlib_zip, core)
        return Made(_zip(files), sum(map(len, files.values())))

    source = file_sha256(core.folder / "python_stdlib.zip")
    stored = store.keep("stdlib.zip", _key(core, source), make)
    return _stored_part("stdlib", "stdlib", core.stdlib_zip, stored, "PSF-2.0")


def _wheels_part(name: str, wheels: list[Wheel], core: Core, store: Store) -> _Part:
    def make() -> Made:
        files = merge((wheel.path.name, wheel.read()) for wheel in wheels)
        return _made_pack(bytecode.compile_tree(files, core.site_packages, core))

    key = _key(core, core.site_packages, *(wheel.sha256 for wheel in wheels))
    stored = store.keep(f"{name}.pack", key, make)
    licence = " AND ".join(sorted({_bracketed(wheel.licence) for wheel in wheels}))
    return _stored_part("pack", name, core.site_packages, stored, licence)


def _project_part(config: BundleConfig, core: Core, store: Store) -> _Part:
    files = read_trees(config.sources)
    pack = packs.join(files)
    stored = store.keep("project.pack", digest(pack), lambda: _made_pack(files))
    return _stored_part("pack", "project", core.site_packages, stored, config.licence)


def _stored_part(kind: Kind, name: str, target: str, stored: Stored, licence: str) -> _Part:
    """Name a made file by its content, so that hosts may keep it for ever."""
    entry = FileEntry(
        path=f"{RUNTIME}/{name}-{stored.sha256[:12]}{stored.path.suffix}",
        kind=kind,
        name=name,
        target=target,
        sha256=stored.sha256,
        bytes=stored.bytes,
        wire=stored.bytes,
        unpacked=stored.unpacked,
        licence=licence,
    )
    return _Part(entry, stored.path)


def _key(core: Core, *parts: str) -> str:
    return digest(bytecode.recipe(), core.version, core.python, *parts)


def _made_pack(files: Mapping[str, bytes]) -> Made:
    pack = packs.join(files)
    return Made(packs.squeeze(pack), len(pack))


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=9)
    return buffer.getvalue()


def _bracketed(licence: str) -> str:
    return f"({licence})" if " OR " in licence else licence
