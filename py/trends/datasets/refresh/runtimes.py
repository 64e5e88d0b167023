"""Releases of Pyodide and MicroPython, with what their source trees hold at each tag."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from trends.data import Name
from trends.datasets.refresh import git
from trends.datasets.refresh.source import Extracts, Source, old_extract
from trends.datasets.refresh.web import Get, github

TAG = re.compile(r"^v?(\d+\.\d+(\.\d+)?)$")  # final releases
RECIPE = re.compile(r"^packages/[^/]+/meta\.yaml$")
BOARD = re.compile(r"^(ports/.+/boards/.+)/(mpconfigboard\.(h|mk|cmake)|board\.json)$")
PORT = re.compile(r"^(ports/[^/]+)/")
PYTHON = re.compile(r"PYVERSION\s*\?=\s*(\S+)")

Describe = Callable[[Path, str], dict[str, str]]


def fetch(get: Get, folder: Path, *, clone: git.Clone = git.clone) -> Extracts:
    """Append the tags that are newer than the last known release; known rows stay."""
    with tempfile.TemporaryDirectory(prefix="runtimes-") as scratch:
        return {
            name: _appended(get, folder, name, repository, describe, Path(scratch), clone)
            for name, repository, describe in REPOSITORIES
        }


def _appended(
    get: Get,
    folder: Path,
    name: Name,
    repository: str,
    describe: Describe,
    scratch: Path,
    clone: git.Clone,
) -> pl.DataFrame:
    get(github(repository, "README.md"))  # is it there at all? A clone takes minutes to say so
    tree = clone(repository, scratch)
    old = old_extract(folder, name)
    known, last = (
        set(old["version"]),
        old.filter(~pl.col("version").str.contains("@"))["date"].max(),
    )
    rows = []
    for tag, day in sorted(git.tags(tree).items(), key=lambda item: (item[1], item[0])):
        version = TAG.match(tag)
        if version and version.group(1) not in known and day >= str(last):
            rows.append({"version": version.group(1), "date": day} | describe(tree, tag))
    new = pl.DataFrame(rows, schema=dict.fromkeys(old.columns, pl.String))
    return pl.concat([old, new])


def pyodide(tree: Path, tag: str) -> dict[str, str]:
    """Recipes and the Python version of a Pyodide release."""
    recipes = [path for path in git.paths(tree, tag, "packages") if RECIPE.match(path)]
    python = PYTHON.search(git.show(tree, "show", f"{tag}:Makefile.envs"))
    version = python.group(1) if python else ""
    return {"package_recipes": str(len(recipes)), "python_version": version}


def micropython(tree: Path, tag: str) -> dict[str, str]:
    """Ports and board definitions of a MicroPython release."""
    files = git.paths(tree, tag, "ports")
    boards = {match.group(1) for path in files if (match := BOARD.match(path))}
    ports = {match.group(1) for path in files if (match := PORT.match(path))}
    return {"ports": str(len(ports)), "boards": str(len(boards))}


REPOSITORIES: tuple[tuple[Name, str, Describe], ...] = (
    ("pyodide_releases", "pyodide/pyodide", pyodide),
    ("micropython_releases", "micropython/micropython", micropython),
)
SOURCE = Source(
    name="Pyodide and MicroPython",
    datasets=("pyodide_releases", "micropython_releases"),
    how="tags of the repositories; packages/*/meta.yaml, ports/* and board definitions counted; "
    "the row recipes@COMMIT by hand, from pyodide/pyodide-recipes",
    fetch=fetch,
)
