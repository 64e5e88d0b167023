"""The datasets: their names, and what opens and describes them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl

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
load: Callable[[Name], pl.DataFrame] = files.load
scan: Callable[[Name], pl.LazyFrame] = files.scan
frame_of = files.frame_of
path = files.path
describe = files.describe
with_address = files.with_address
tables = files.tables


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
