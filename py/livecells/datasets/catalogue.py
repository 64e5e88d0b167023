"""The hand-written catalogue of the datasets, `data/sources/catalogue.toml`, as typed records."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livecells.datasets.errors import CatalogueError
from livecells.kernel import records
from livecells.kernel.files.described import Described

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
class Refresh:
    """How an extract is got again: by hand, or by a program in one of three ways.

    Attributes:
        name: Of the source, for the report.
        how: In words how the extract is made, for whoever does it by hand.
        files: Addresses. With `{month}` in them, the months after the last one are asked for and
            appended.
        form: How they are read: `csv`, `json`, `toml`, or one of the site's own forms.
        series: Values by column of the rows that such months are appended to.
        at: Key of the table or list of rows in a file.
        sql: Makes the extract of `fetched` (rows of all files as text) and `old` (the extract).
        tags: A repository, `owner/name`, of which each newer tag becomes a row.
        count: Column by column, the pattern of paths at a tag whose first groups are counted.
        find: Column by column, a file and the pattern of what it says at a tag.
        program: The site's own function that fetches this and the `along` datasets.
    """

    name: str
    how: str
    files: tuple[str, ...] = ()
    form: str = "csv"
    series: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    sql: str = "SELECT * FROM fetched"
    tags: str = ""
    count: Mapping[str, str] = field(default_factory=dict)
    find: Mapping[str, list[str]] = field(default_factory=dict)
    program: str = ""
    along: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DatasetSpec(Described):
    """One dataset as the catalogue describes it; texts of `attribution` are resolved.

    `terms` names the licences in the file `LICENCES.md`, where `licence` says it in words.
    `extract` is empty for a dataset that the site makes from the others.
    """

    name: str
    terms: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    extract: str = ""
    row_group: int | None = None
    refresh: Refresh | None = None

    @property
    def file(self) -> str:
        """Name of the Parquet file in the data folder."""
        return f"{self.name}.parquet"


@dataclass(frozen=True)
class Catalogue:
    """The datasets by name, in alphabetical order, and what each licence (`terms`) asks."""

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
    for known_as, known in (("attribution", letters), ("terms", terms)):
        unknown = [word for word in entry[known_as] if word not in known]
        if unknown:
            raise CatalogueError(f"[{name}] {known_as} {unknown[0]!r} has no text")
    texts = [letters[letter] for letter in entry["attribution"]]
    columns = tuple(_column(name, *column) for column in entry.get("columns", {}).items())
    again = _refresh(name, entry["refresh"]) if "refresh" in entry else None
    own = {"name": name, "attribution": texts, "columns": columns, "refresh": again}
    spec = DatasetSpec(**records.frozen(entry | own))
    missing = {*spec.key, *spec.sort} - {column.name for column in columns}
    if missing:
        raise CatalogueError(
            f"[{name}] key or sort order names {sorted(missing)}, which is no column"
        )
    return spec


def _column(dataset: str, name: str, entry: dict[str, Any]) -> ColumnSpec:
    if wrong := records.mistake(entry, ColumnSpec, made=("name",)):
        raise CatalogueError(f"[{dataset}.columns] {name} {wrong}")
    column = ColumnSpec(name=name, **records.frozen(entry))
    if column.type not in TYPES or column.read not in READINGS:
        raise CatalogueError(
            f"{dataset}.{name}: unknown type {column.type!r} or reading {column.read!r}"
        )
    if (column.type == "Enum") != bool(column.values):
        raise CatalogueError(f"{dataset}.{name}: an Enum needs values, and nothing else has them")
    return column


def _refresh(dataset: str, entry: dict[str, Any]) -> Refresh:
    if wrong := records.mistake(entry, Refresh):
        raise CatalogueError(f"[{dataset}.refresh] {wrong}")
    return Refresh(**records.frozen(entry))
