"""The runtime as the wheel has it: made once, and an author's own packages are added to it.

They are added as sources, which Python in the browser compiles when it imports them: byte code for
another version of Python would need Node and Pyodide on the author's machine.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from livecells.errors import BuildError
from livecells.runtime import packs
from livecells.runtime.sources import merge, read_trees, site_sources
from livecells.runtime.trees import below
from livecells.runtime.zstd import squeeze, unsqueeze
from livecells.store import Made, Store, digest

if TYPE_CHECKING:
    from pathlib import Path

    from livecells.runtime.manifest import FileEntry, Manifest
    from livecells.settings import Settings

MANIFEST = "manifest.json"
PROJECT = "project"
MADE_BEFORE = ("requirements", "wheels", "node_modules", "on_demand")
"""Settings that only those have a use for who make the runtime."""


def read(folder: Path, settings: Settings) -> tuple[Manifest, dict[str, Path]]:
    """Read the runtime of the wheel and add a site's own packages to it.

    Args:
        folder: What `livecells.package` wrote.
        settings: Of the site.

    Returns:
        The manifest, and where the bytes of its files lie.

    Raises:
        BuildError: A setting is not for this runtime, or a package is missing.
    """
    unset = {field.name: field.default for field in fields(settings)}
    for name in MADE_BEFORE:
        if getattr(settings, name) != unset[name]:
            msg = (
                f"mkdocs.yml: take livecells.{name} out. It is for sites that make Python for the "
                "browser themselves, and the installed livecells brings it ready-made"
            )
            raise BuildError(msg)
    manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    places = {file["path"]: folder / file["path"] for file in manifest["files"]}
    sources = read_trees(site_sources(settings))
    if not sources:
        return manifest, places
    (project,) = (file for file in manifest["files"] if file["name"] == PROJECT)
    entry, place = _joined(project, places.pop(project["path"]), below(sources), settings)
    others = [file for file in manifest["files"] if file is not project]
    return {**manifest, "files": [*others, entry]}, {**places, entry["path"]: place}


def _joined(
    project: FileEntry, place: Path, sources: dict[str, bytes], settings: Settings
) -> tuple[FileEntry, Path]:
    """Write the engine's own pack again, with the sources of a site in it."""

    def make() -> Made:
        engine = unsqueeze(place.read_bytes())
        files = merge([("livecells", packs.split(engine)), ("the site", sources)])
        pack = packs.join(files, lazy=packs.listed(engine))
        return Made(squeeze(pack), len(pack))

    key = digest(project["sha256"], packs.join(sources))
    stored = Store(settings.cached("runtime")).keep("project.pack", key, make)
    entry: FileEntry = {
        **project,
        "path": project["path"].replace(project["sha256"][:12], stored.sha256[:12]),
        "sha256": stored.sha256,
        "bytes": stored.bytes,
        "wire": stored.bytes,
        "unpacked": stored.unpacked,
        "licence": settings.licence,
    }
    return entry, stored.path
