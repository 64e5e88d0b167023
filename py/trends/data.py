"""The datasets: their names, and what opens and describes them."""

import shutil
from pathlib import Path

import polars as pl

from livecells.kernel.files.described import Table
from livecells.kernel.files.tables import INDEX, Tables
from livecells.kernel.files.tables import DatasetBrokenError as DatasetBrokenError
from livecells.kernel.files.tables import DatasetMissingError as DatasetMissingError
from livecells.kernel.files.tables import DatasetUnknownError as DatasetUnknownError
from trends.names import NAMES as NAMES
from trends.names import Name as Name

KEY_MONTHS = ("2022-10", "2023-07", "2024-06", "2025-07", "2026-03")
"""The months of `pypi_key_months`: those that cells compare when nobody has changed them."""

FOLDER_VARIABLE = "TRENDS_DATA"

files = Tables(NAMES, FOLDER_VARIABLE)
folder = files.folder
with_address = files.with_address
tables = files.tables


def load(name: Name) -> pl.DataFrame:
    """Read a dataset as a data frame, whole, with the columns that `describe(name)` lists.

    `pypi_top_packages` has 661,000 rows: use `scan` where a few packages are enough.

    Raises:
        DatasetUnknownError: No dataset has that name; the message offers the nearest ones.
        DatasetMissingError: Its file is not in the data folder.
    """
    return files.load(name)


def scan(name: Name) -> pl.LazyFrame:
    """Open a dataset for a lazy query: only the columns and row groups it needs are read.

    Raises as `load` does.
    """
    return files.scan(name)


def describe(name: Name) -> Table:
    """What is known about a dataset: columns, source, licence, attribution, caveats.

    Raises as `load` does; missing may be `datasets.toml`.
    """
    return files.describe(name)


def place() -> Path:
    """Copy the installed tables into the working directory, unless it has them; return the folder.

    Cells then find `data/NAME.parquet` as they do in the page.
    """
    if not (folder() / INDEX).is_file():
        shutil.copytree(Path(__file__).with_name("data"), folder(), dirs_exist_ok=True)
    return folder()


def scan_months(*months: str) -> pl.LazyFrame:
    """Open the long list for questions about all packages in some months, such as "2025-07".

    The few `KEY_MONTHS` lie in a small file; any other month is read from `pypi_top_packages`.
    """
    is_key = set(months) <= set(KEY_MONTHS)
    return scan("pypi_key_months" if is_key else "pypi_top_packages")
