"""The described tables of a site: the one place that opens their files."""

import os
import tomllib
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import polars as pl

from livecells.kernel import spelling
from livecells.kernel.files.described import Column, Table
from livecells.kernel.records import frozen

DEFAULT_FOLDER = "data"  # in the working directory, natively and in the browser alike
INDEX = "datasets.toml"
NEAR_MISSES = 3


class DatasetUnknownError(LookupError):
    """No dataset has this name; `near` holds the names that look most like it."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        self.near = spelling.near(str(name), names, most=NEAR_MISSES, least=0.4)
        hint = f"did you mean {' or '.join(self.near)}?" if self.near else "see data.tables()"
        super().__init__(f"no dataset is called {name!r}: {hint}")


class DatasetMissingError(LookupError):
    """A dataset is declared but its file is not where it should be."""

    def __init__(self, name: str, path: Path, variable: str) -> None:
        super().__init__(f"dataset {name!r} is missing: {path} (set {variable}?)")


class DatasetBrokenError(RuntimeError):
    """The file of a dataset is there and is not Parquet, or not whole."""


class Tables:
    """The tables of a data folder, by name.

    Args:
        names: All of them.
        variable: Environment variable that names the folder, where it is not `data`.
    """

    def __init__(self, names: Sequence[str], variable: str) -> None:
        self.names = names
        self.variable = variable

    def folder(self) -> Path:
        """The data folder: `data` in the working directory, or what the variable names."""
        return Path(os.environ.get(self.variable) or DEFAULT_FOLDER)

    def load(self, name: str) -> pl.DataFrame:
        """Read a dataset as a data frame, whole, with the columns that `describe(name)` lists.

        Where a dataset is long and a few rows are enough, use `scan`.

        Raises:
            DatasetUnknownError: No dataset has that name; the message offers the nearest ones.
            DatasetMissingError: Its file is not in the data folder.
        """
        return pl.read_parquet(self.path(name))

    def scan(self, name: str) -> pl.LazyFrame:
        """Open a dataset for a lazy query: only the columns and row groups it needs are read.

        Raises as `load` does.
        """
        return pl.scan_parquet(self.path(name))

    def frame_of(self, name: str, content: bytes) -> pl.DataFrame:
        """Read a dataset from the bytes of its file.

        Raises:
            DatasetBrokenError: They are not whole.
        """
        try:
            return pl.read_parquet(BytesIO(content))
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            msg = f"{name}.parquet cannot be read: {error}"
            raise DatasetBrokenError(msg) from None

    def path(self, name: str) -> Path:
        """Return the file of a dataset; raises as `load` does."""
        return self._existing(name, f"{name}.parquet")

    def describe(self, name: str) -> Table:
        """What is known about a dataset: columns, source, licence, attribution, caveats.

        Raises as `load` does; missing may be `datasets.toml`.
        """
        entry = dict(_index(self._existing(name, INDEX))[name])
        columns = tuple(Column(name=k, **frozen(v)) for k, v in entry.pop("columns").items())
        return Table(name=name, columns=columns, **frozen(entry))

    def with_address(self, rows: pl.DataFrame, name: str) -> pl.DataFrame:
        """Add to rows of a dataset `address`: the page or file that their figures stand in.

        It names a commit, a version or a day wherever the source has one. A table of the site's
        own gets empty ones. Raises as `load` does.
        """
        columns, written, parts = rows.columns, "", []
        for text, field, form, _ in Formatter().parse(self.describe(name).address):
            written += text
            if field is None:
                continue
            other, _, column = field.rpartition(".")
            if other:
                key = list(self.describe(other).key)
                table = self.load(other)
                values = table.select(*key, pl.col(column).alias(field))
                rows = rows.join(values, on=key, how="left", maintain_order="left")
            written += "{}"
            parts.append(pl.col(field).cast(pl.String).str.zfill(int(form or 0)))
        made = pl.format(written, *parts) if parts else pl.lit(written)
        own = [pl.col("address").replace("", None)] if "address" in columns else []
        others = pl.col(columns).exclude("address")
        return rows.select(others, address=pl.coalesce(*own, made))

    def tables(self) -> pl.DataFrame:
        """All datasets by name: `title`, `rows`, `columns`, `bytes`, `span`, `licence`."""
        shown = ("name", "title", "rows", "columns", "bytes", "span", "licence")
        entries = [vars(self.describe(name)) for name in self.names]
        rows = [one | {"columns": len(one["columns"])} for one in entries]
        return pl.DataFrame(rows).select(shown)

    def _existing(self, name: str, file: str) -> Path:
        if name not in self.names:
            raise DatasetUnknownError(name, self.names)
        path = self.folder() / file
        if not path.is_file():
            raise DatasetMissingError(name, path, self.variable)
        return path


@cache
def _index(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
