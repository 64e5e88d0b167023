"""What changed in the data and when: `data/changes.toml`, newest first."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from livecells.datasets.errors import CatalogueError
from livecells.datasets.toml import value
from livecells.kernel import records
from trends.data import NAMES

FILE = "changes.toml"  # inside the data folder
HEAD = (
    "# What changed in the data, newest first; the feed of the site is made of it.\n"
    "# `make data-refresh` adds an entry at the top whenever it has taken something new.\n"
)


@dataclass(frozen=True, kw_only=True)
class DataChange:
    """One day's change.

    Attributes:
        day: When the files changed here.
        title: In one line.
        text: In a few sentences.
        datasets: Tables that have other rows now.
        verdicts: Claims whose verdict is another one, such as `jax-gaining: supported -> partly`.
    """

    day: date
    title: str
    text: str
    datasets: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


def read(folder: Path) -> tuple[DataChange, ...]:
    """Read the changes of a data folder, newest first.

    Raises:
        CatalogueError: An entry lacks a field or has one too many, names a dataset that does not
            exist, or is older than the one below it.
    """
    raw = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    changes = tuple(_change(entry) for entry in raw["change"])
    for newer, older in pairwise(changes):
        if newer.day < older.day:
            msg = f"{FILE}: {newer.title!r} of {newer.day} stands above {older.day}"
            raise CatalogueError(msg)
    return changes


def add(folder: Path, change: DataChange) -> None:
    """Put a change at the top of the file."""
    path = folder / FILE
    old = path.read_text(encoding="utf-8").removeprefix(HEAD).lstrip("\n")
    path.write_text(f"{HEAD}\n{written(change)}\n{old}", encoding="utf-8")


def written(change: DataChange) -> str:
    """Write a change as TOML."""
    pairs = {field.name: getattr(change, field.name) for field in fields(change)}
    lines = [f"{k} = {v if isinstance(v, date) else value(v)}" for k, v in pairs.items()]
    return "\n".join(["[[change]]", *lines, ""])


def _change(entry: dict[str, Any]) -> DataChange:
    if wrong := records.mistake(entry, DataChange):
        msg = f"{FILE}: {entry.get('title', entry)!r} {wrong}"
        raise CatalogueError(msg)
    change = DataChange(**records.frozen(entry))
    if unknown := sorted(set(change.datasets) - set(NAMES)):
        msg = f"{FILE}: {change.title!r} names {unknown}, which are no datasets"
        raise CatalogueError(msg)
    return change
