"""The datasets: their names, what each holds, and the one place that opens their files."""

import os
import shutil
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import polars as pl

from livecells.kernel.files.described import Column as Column
from livecells.kernel.files.described import Described as Described
from livecells.kernel.files.described import Table
from livecells.kernel.records import frozen
from trends.names import NAMES as NAMES
from trends.names import Name as Name

KEY_MONTHS = ("2022-10", "2023-07", "2024-06", "2025-07", "2026-03")
"""The months of `pypi_key_months`: those that cells compare when nobody has changed them."""

FOLDER_VARIABLE = "TRENDS_DATA"
DEFAULT_FOLDER = "data"  # in the working directory, natively and in the browser alike
INDEX = "datasets.toml"
NEAR_MISSES = 3


class DatasetUnknownError(LookupError):
    """No dataset has this name; `near` holds the names that look most like it."""

    def __init__(self, name: str) -> None:
        self.near = get_close_matches(str(name), NAMES, n=NEAR_MISSES, cutoff=0.4)
        hint = f"did you mean {' or '.join(self.near)}?" if self.near else "see data.tables()"
        super().__init__(f"no dataset is called {name!r}: {hint}")


class DatasetMissingError(LookupError):
    """A dataset is declared but its file is not where it should be."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(f"dataset {name!r} is missing: {path} (set {FOLDER_VARIABLE}?)")


class DatasetBrokenError(RuntimeError):
    """The file of a dataset is there and is not Parquet, or not whole."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Dataset(Table):
    """What is known about one dataset: its entry in `data/datasets.toml`."""

    name: Name


def folder() -> Path:
    """The data folder: `data` in the working directory, or what `TRENDS_DATA` names."""
    return Path(os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)


def place() -> Path:
    """Copy the installed tables into the working directory, unless it has them; return the folder.

    Cells then find `data/NAME.parquet` as they do in the page.
    """
    if not (folder() / INDEX).is_file():
        shutil.copytree(Path(__file__).with_name("data"), folder(), dirs_exist_ok=True)
    return folder()


def load(name: Name) -> pl.DataFrame:
    """Read a dataset as a data frame, whole, with the columns that `describe(name)` lists.

    `pypi_top_packages` has 661,000 rows: use `scan` where a few packages are enough.

    Raises:
        DatasetUnknownError: No dataset has that name; the message offers the nearest ones.
        DatasetMissingError: Its file is not in the data folder.
    """
    return pl.read_parquet(path(name))


def scan(name: Name) -> pl.LazyFrame:
    """Open a dataset for a lazy query: only the columns and row groups it needs are read.

    Raises as `load` does.
    """
    return pl.scan_parquet(path(name))


def scan_months(*months: str) -> pl.LazyFrame:
    """Open the long list for questions about all packages in some months, such as "2025-07".

    The few `KEY_MONTHS` lie in a small file; any other month is read from `pypi_top_packages`.
    """
    is_key = set(months) <= set(KEY_MONTHS)
    return scan("pypi_key_months" if is_key else "pypi_top_packages")


def frame_of(name: Name, content: bytes) -> pl.DataFrame:
    """Read a dataset from the bytes of its file.

    Raises:
        DatasetBrokenError: They are not whole.
    """
    try:
        return pl.read_parquet(BytesIO(content))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        msg = f"{name}.parquet cannot be read: {error}"
        raise DatasetBrokenError(msg) from None


def path(name: Name) -> Path:
    """Return the file of a dataset; raises as `load` does."""
    if name not in NAMES:
        raise DatasetUnknownError(name)
    file = folder() / f"{name}.parquet"
    if not file.is_file():
        raise DatasetMissingError(name, file)
    return file


def describe(name: Name) -> Dataset:
    """What is known about a dataset: columns, source, licence, attribution, caveats.

    Raises as `load` does; missing may be `datasets.toml`.
    """
    if name not in NAMES:
        raise DatasetUnknownError(name)
    path = folder() / INDEX
    if not path.is_file():
        raise DatasetMissingError(name, path)
    return _dataset(name, dict(_index(path)[name]))


def with_address(rows: pl.DataFrame, name: Name) -> pl.DataFrame:
    """Add to rows of a dataset a column `address`: the page or file that their figures stand in.

    It names a commit, a version or a day wherever the source has one. A table of this project's own
    gets empty ones. Raises as `load` does.
    """
    columns, written, parts = rows.columns, "", []
    for text, field, form, _ in Formatter().parse(describe(name).address):
        written += text
        if field is None:
            continue
        other, _, column = field.rpartition(".")
        if other:
            key = list(describe(other).key)  # type: ignore[arg-type]
            values = load(other).select(*key, pl.col(column).alias(field))  # type: ignore[arg-type]
            rows = rows.join(values, on=key, how="left", maintain_order="left")
        written += "{}"
        parts.append(pl.col(field).cast(pl.String).str.zfill(int(form or 0)))
    made = pl.format(written, *parts) if parts else pl.lit(written)
    own = [pl.col("address").replace("", None)] if "address" in columns else []
    others = pl.col(columns).exclude("address")
    return rows.select(others, address=pl.coalesce(*own, made))


def tables() -> pl.DataFrame:
    """All datasets by name: `title`, `rows`, `columns`, `bytes`, `span`, `licence`."""
    shown = ("name", "title", "rows", "columns", "bytes", "span", "licence")
    entries = [vars(describe(name)) for name in NAMES]
    rows = [one | {"columns": len(one["columns"])} for one in entries]
    return pl.DataFrame(rows).select(shown)


@cache
def _index(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _dataset(name: Name, entry: dict[str, Any]) -> Dataset:
    columns = tuple(Column(name=k, **frozen(v)) for k, v in entry.pop("columns").items())
    return Dataset(name=name, columns=columns, **frozen(entry))
