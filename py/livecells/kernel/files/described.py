"""What is known about the tables of a site: what each column holds, and whose the data is."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table; `values` lists the categories of an Enum, in their order."""

    name: str
    type: str
    unit: str
    meaning: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Described:
    """What people say of a table.

    `attribution` holds the texts that must stand wherever the data is shown, `retrieved` what is
    known about when it was fetched, `key` the columns that tell its rows apart.
    `home` is the address of the source, and `address` that of the place where the figures of a row
    stand: `{package}` in it is the row's value in that column, `{releases.commit}` the value of the
    row with the same key in another table. A column `address` that is not empty comes before it.
    """

    title: str
    publisher: str
    source: str
    licence: str
    retrieved: str
    method: str
    attribution: tuple[str, ...]
    caveats: tuple[str, ...]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    home: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Table(Described):
    """One Parquet file as it ships; `span` is its first and last date, if it has any."""

    name: str
    file: str
    sha256: str
    rows: int
    bytes: int
    span: str
    columns: tuple[Column, ...]

    def __repr__(self) -> str:
        """The entry as a short text, one line a column."""
        width = max(len(column.name) for column in self.columns)
        span = f", {self.span}" if self.span else ""
        head = [f"{self.name}: {self.title}", f"{self.rows:,} rows{span}; {self.licence}", ""]
        lines = [
            f"  {c.name:<{width}}  {c.type:<8} {c.meaning}{f' ({c.unit})' if c.unit else ''}"
            for c in self.columns
        ]
        notes = [f"  - {caveat}" for caveat in self.caveats]
        return "\n".join([*head, *lines, "", f"Source: {self.source}", *notes])
