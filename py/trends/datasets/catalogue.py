"""The hand-written catalogue of the datasets, `data/sources/catalogue.toml`, as typed records."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trends import records
from trends.datasets.errors import CatalogueError

FILE = Path("sources/catalogue.toml")  # inside the data folder
TYPES = ("Boolean", "Date", "Enum", "Float64", "Int32", "Int64", "String")
FILLED = ("title", "publisher", "source", "licence", "retrieved", "method")
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

    `terms` names the licences in the file `LICENCES.md`, where `licence` says it in words.
    `extract` is empty for a dataset that is made from the others: see `trends.datasets.derived`.
    """

    name: str
    title: str
    publisher: str
    source: str
    licence: str
    terms: tuple[str, ...]
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


@dataclass(frozen=True)
class Catalogue:
    """The whole file.

    Attributes:
        datasets: By name, in alphabetical order.
        terms: What each licence asks of those who pass the data on, by its name.
    """

    datasets: dict[str, DatasetSpec]
    terms: dict[str, str]


def read(folder: Path) -> Catalogue:
    """Read the catalogue of a data folder.

    Raises:
        CatalogueError: A field is missing, unknown, empty or not what it has to be.
    """
    try:
        raw = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{FILE} is not valid TOML: {error}") from None
    letters, terms = raw.pop("attribution", {}), raw.pop("terms", {})
    datasets = {name: _dataset(name, raw[name], letters, terms) for name in sorted(raw)}
    return Catalogue(datasets, terms)


def _dataset(
    name: str, entry: dict[str, Any], letters: dict[str, str], terms: dict[str, str]
) -> DatasetSpec:
    wrong = records.mistake(entry, DatasetSpec, made=("name", "columns"), also=["columns"])
    empty = [field for field in FILLED if entry.get(field) == ""]
    if wrong or empty:
        raise CatalogueError(f"[{name}] {wrong or f'{empty[0]!r} is empty'}")
    for field, known in (("attribution", letters), ("terms", terms)):
        unknown = [word for word in entry[field] if word not in known]
        if unknown:
            raise CatalogueError(f"[{name}] {field} {unknown[0]!r} has no text")
    columns = tuple(
        _column(name, column, dict(text)) for column, text in entry.get("columns", {}).items()
    )
    lists = {field: tuple(value) for field, value in entry.items() if isinstance(value, list)}
    lists["attribution"] = tuple(letters[letter] for letter in entry["attribution"])
    spec = DatasetSpec(**{**entry, **lists, "name": name, "columns": columns})
    missing = {*spec.key, *spec.sort} - {column.name for column in columns}
    if missing:
        raise CatalogueError(
            f"[{name}] key or sort order names {sorted(missing)}, which is no column"
        )
    return spec


def _column(dataset: str, name: str, entry: dict[str, Any]) -> ColumnSpec:
    if wrong := records.mistake(entry, ColumnSpec, made=("name",)):
        raise CatalogueError(f"[{dataset}.columns] {name} {wrong}")
    values = tuple(entry.pop("values", ()))
    column = ColumnSpec(name=name, values=values, **entry)
    if column.type not in TYPES or column.read not in READINGS:
        raise CatalogueError(
            f"{dataset}.{name}: unknown type {column.type!r} or reading {column.read!r}"
        )
    if (column.type == "Enum") != bool(values):
        raise CatalogueError(f"{dataset}.{name}: an Enum needs values, and nothing else has them")
    return column
