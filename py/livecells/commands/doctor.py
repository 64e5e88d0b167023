"""`livecells doctor`: everything that a build needs, in one list, before any of it is used."""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from livecells import config, parts
from livecells.errors import BuildError
from livecells.settings import Settings

TRIED = ("material", "mkdocs", "readthedocs")
"""Themes that the engine's own tests build and read."""

LOWEST = (3, 11)


@dataclass(frozen=True)
class Finding:
    """A thing that a build needs: what it is, and what to do where it is wrong."""

    what: str
    remedy: str = ""


def report(folder: Path, out: TextIO) -> int:
    """Write the list; returns 1 where something is missing."""
    found = list(examine(folder))
    for one in found:
        out.write(
            f"MISSING  {one.what}: {one.remedy}\n" if one.remedy else f"ok       {one.what}\n"
        )
    wrong = sum(bool(one.remedy) for one in found)
    out.write(f"\n{wrong} of {len(found)} things are missing.\n" if wrong else "\nAll is there.\n")
    return 1 if wrong else 0


def examine(folder: Path) -> Iterator[Finding]:
    """Look at this environment and at the site in a folder; nothing is run or fetched."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield _finding(f"Python {python}", sys.version_info >= LOWEST, "3.11 or newer is needed")
    yield from _distributions()
    place = folder / config.NAME
    if not place.is_file():
        yield Finding(str(place), "run this where your site is, or write one by 'livecells new'")
        return
    try:
        written = config.read(folder)
    except BuildError as error:
        yield Finding(str(place), str(error))
        return
    yield from _site(folder, written)


def _finding(what: str, is_there: object, remedy: str) -> Finding:
    return Finding(what, "" if is_there else remedy)


def _distributions() -> Iterator[Finding]:
    """Compare what is installed with what the package declares."""
    try:
        declared = requires("livecells") or []
    except PackageNotFoundError:
        return  # a checkout: its own lock files say what is installed
    for line in declared:
        name, pin = re.match(r"([\w.-]+)(?:==([\w.]+))?", line).groups()  # type: ignore[union-attr]
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Finding(name, f"pip install '{line}'")
        else:
            yield _finding(f"{name} {found}", pin in (None, found), f"pip install '{line}'")


def _site(folder: Path, written: dict[str, Any]) -> Iterator[Finding]:
    ours = config.options(written)
    yield _finding("livecells in mkdocs.yml", ours, "write 'plugins: [search, livecells]'")
    if len(ours) > 1:
        yield Finding("livecells in mkdocs.yml", "it is listed twice under plugins: keep one")
    if "livecells" in (written.get("markdown_extensions") or ()):
        yield _finding("zensical", find_spec("zensical"), "pip install zensical")
    else:
        yield _theme(written.get("theme") or "mkdocs")
    try:
        settings = Settings.read(folder, ours[0] if ours else {})
    except BuildError as error:
        yield Finding("settings of livecells", str(error))
        return
    yield from _parts(settings)
    yield from _files(settings)


def _theme(theme: object) -> Finding:
    """Look for MkDocs' theme; Zensical has its own."""
    name = str(theme.get("name") if isinstance(theme, dict) else theme)
    known = {one.name for one in entry_points(group="mkdocs.themes")}
    remedy = f"install it, or write one of: {', '.join(sorted(known & set(TRIED)))}"
    untried = "" if name in TRIED else f" (livecells is tried with {', '.join(TRIED)})"
    return _finding(f"theme {name}{untried}", name in known, remedy)


def _parts(settings: Settings) -> Iterator[Finding]:
    """Find what the browser gets: in the wheel, or from npm and pip."""
    if folder := parts.ready():
        yield Finding(f"Python for the browser, ready-made in {folder}")
        return
    modules, root = settings.root / settings.node_modules, settings.root
    yield _finding("Node", shutil.which("node"), "install it, or use pip's livecells")
    for place in (root / "package.json", modules / "pyodide", modules / "esbuild/bin/esbuild"):
        yield _finding(str(place), place.exists(), "run 'npm ci', or use pip's livecells")
    for place in (root / settings.requirements, root / settings.wheels / "wheels.toml"):
        yield _finding(str(place), place.is_file(), "take it from git, or use pip's livecells")


def _files(settings: Settings) -> Iterator[Finding]:
    """Find what the settings name."""
    root = settings.root
    for glob in settings.data:
        yield _finding(f"data: {glob}", any(root.glob(glob)), "no file matches this")
    for name in settings.packages:
        is_package = (root / name / "__init__.py").is_file()
        yield _finding(f"packages: {name}", is_package, "there is no __init__.py in this folder")
    named = {key: getattr(settings, key) for key in ("data_index", "changelog")}
    for key, place in {**named, "app.icon": settings.app.icon if settings.app else ""}.items():
        if place:
            remedy = f"there is no such file; correct livecells.{key}"
            yield _finding(f"{key}: {place}", (root / place).is_file(), remedy)
