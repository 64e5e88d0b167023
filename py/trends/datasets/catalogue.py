"""The hand-written catalogue of the datasets, `data/sources/catalogue.toml`, as typed records."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trends.datasets.errors import CatalogueError

FILE = Path("sources/catalogue.toml")  # inside the data folder
TYPES = ("Boolean", "Date", "Enum", "Float64", "Int32", "Int64", "String")
READINGS = ("", "month", "quarter", "percent", "flag")


@dataclass(frozen=True, kw_only=True)
class ColumnSpec:
    """One column: what it holds, and how the extract's text becomes it.

    `read` names the notation in the extract: `month` is 2025-07, `quarter` is 2024-Q1,
    `percent` becomes a fraction, `flag` is 0 or 1; empty means the plain notation of `type`.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    extract: str = ""
    read: str = ""
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    empty: bool = False

    @property
    def source_name(self) -> str:
        """The column's name in the extract."""
        return self.extract or self.name


@dataclass(frozen=True, kw_only=True)
class DatasetSpec:
    """One dataset as the catalogue describes it; texts of `attribution` are resolved.

    `extract` is empty for a dataset that is made from the others: see `trends.datasets.derived`.
    """

    name: str
    title: str
    publisher: str
    source: str
    licence: str
    attribution: tuple[str, ...]
    retrieved: str
    method: str
    caveats: tuple[str, ...]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    extract: str = ""
    row_group: int | None = None

    @property
    def file(self) -> str:
        """Name of the Parquet file in the data folder."""
        return f"{self.name}.parquet"


def read(folder: Path) -> dict[str, DatasetSpec]:
    """Read the catalogue of a data folder, in alphabetical order of the names.

    Raises:
        CatalogueError: An unknown type, reading, letter or column is named.
    """
    raw = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    letters: dict[str, str] = raw.pop("attribution")
    return {name: _dataset(name, raw[name], letters) for name in sorted(raw)}


def _dataset(name: str, entry: dict[str, Any], letters: dict[str, str]) -> DatasetSpec:
    unknown = [letter for letter in entry["attribution"] if letter not in letters]
    if unknown:
        msg = f"{name}: attribution {unknown} has no text"
        raise CatalogueError(msg)
    columns = tuple(_column(name, column, text) for column, text in entry.pop("columns").items())
    entry["attribution"] = tuple(letters[letter] for letter in entry["attribution"])
    lists: dict[str, Any] = {field: tuple(entry.pop(field)) for field in ("caveats", "key", "sort")}
    spec = DatasetSpec(name=name, columns=columns, **lists, **entry)
    missing = {*spec.key, *spec.sort} - {column.name for column in columns}
    if missing:
        msg = f"{name}: key or sort order names {sorted(missing)}, which is no column"
        raise CatalogueError(msg)
    return spec


def _column(dataset: str, name: str, entry: dict[str, Any]) -> ColumnSpec:
    values = tuple(entry.pop("values", ()))
    column = ColumnSpec(name=name, values=values, **entry)
    if column.type not in TYPES or column.read not in READINGS:
        msg = f"{dataset}.{name}: unknown type {column.type!r} or reading {column.read!r}"
        raise CatalogueError(msg)
    if (column.type == "Enum") != bool(values):
        msg = f"{dataset}.{name}: an Enum needs values, and nothing else has them"
        raise CatalogueError(msg)
    return column
