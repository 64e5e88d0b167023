"""trends.data: names, frames and entries agree, and errors help."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import cast

import polars as pl
import pytest

from trends import data
from trends.data import NAMES, DatasetMissingError, DatasetUnknownError, Name

ROOT = Path(__file__).parents[2]
INDEX = tomllib.loads((ROOT / "data" / "datasets.toml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


def test_names_are_those_of_the_index() -> None:
    assert list(NAMES) == sorted(INDEX)


def test_no_file_is_undeclared() -> None:
    assert sorted(file.stem for file in (ROOT / "data").glob("*.parquet")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_file_is_what_its_entry_says(name: Name) -> None:
    entry = data.describe(name)
    content = (ROOT / "data" / entry.file).read_bytes()
    assert len(content) == entry.bytes
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    frame = data.load(name)
    assert frame.height == entry.rows
    assert frame.columns == [column.name for column in entry.columns]
    for column in entry.columns:
        dtype = frame.schema[column.name]
        assert str(dtype).split("(")[0] == column.type
        if isinstance(dtype, pl.Enum):
            assert tuple(dtype.categories) == column.values
    if entry.sort:
        assert frame.equals(frame.sort(entry.sort, nulls_last=True, maintain_order=True))
    assert not frame.select(pl.struct(entry.key).is_duplicated().any()).item()


PLACE = re.compile(
    r"https://github\.com/[\w.-]+/[\w.-]+(/(blob|tree)/\S+)?"  # at a commit, tag or dated path
    r"|https://(survey\.stackoverflow\.co|lp\.jetbrains\.com|www\.jetbrains\.com)/\S+"
    r"|https://(cjorellana\.net|cleanaim\.com)/\S+"
    r"|pkg:(pypi|npm)/[\w.-]+@\S+"
)


@pytest.mark.parametrize("name", NAMES)
def test_each_row_has_the_address_of_its_source(name: Name) -> None:
    rows = data.with_address(data.load(name), name)
    assert rows.height == data.describe(name).rows
    found = rows["address"].unique().to_list()
    if data.describe(name).licence == "own work":
        assert found == [""]
    else:
        wrong = [one for one in found if not one or not PLACE.fullmatch(one)]
        assert not wrong


def test_an_address_takes_values_of_the_row_and_of_other_tables() -> None:
    peps = data.with_address(data.load("peps").filter(pep=8), "peps")
    assert peps["address"].to_list() == [
        "https://github.com/python/peps/blob/ba4deeb/peps/pep-0008.rst"
    ]
    month = data.load("pypi_monthly_downloads").filter(package="polars").tail(1)
    dump = data.load("pypi_download_snapshots").filter(month=month["month"].item())
    (address,) = data.with_address(month, "pypi_monthly_downloads")["address"]
    assert dump["commit"].item() in address
    added = data.with_address(month, "pypi_monthly_downloads")
    assert added.drop("address").equals(month)
    apart = data.load("pyodide_releases").filter(version="recipes@9074cc4")
    (address,) = data.with_address(apart, "pyodide_releases")["address"]
    assert address.endswith("pyodide-recipes/tree/9074cc4")


@pytest.mark.parametrize("name", NAMES)
def test_entry_names_its_source(name: Name) -> None:
    entry = data.describe(name)
    assert entry.licence
    assert entry.source
    assert entry.retrieved
    assert entry.attribution or entry.licence == "own work"
    assert all(column.meaning for column in entry.columns)
    assert repr(entry).startswith(f"{name}: ")


def test_scan_reads_only_what_is_asked() -> None:
    query = data.scan("pypi_top_packages").filter(package="fastapi").select("month", "rank")
    frame = query.collect()
    assert frame.columns == ["month", "rank"]
    assert frame["month"].is_sorted()


def test_tables_lists_every_dataset() -> None:
    assert data.tables()["name"].to_list() == list(NAMES)


def test_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(DatasetUnknownError, match="pypi_monthly_downloads") as caught:
        data.load(cast("Name", "pypi_monthly_download"))
    assert isinstance(caught.value, LookupError)
    assert caught.value.near[0] == "pypi_monthly_downloads"
    with pytest.raises(DatasetUnknownError, match=r"data\.tables"):
        data.describe(cast("Name", "zzz"))


def test_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(tmp_path))
    with pytest.raises(DatasetMissingError, match=r"peps\.parquet"):
        data.scan("peps")
    with pytest.raises(DatasetMissingError, match=r"datasets\.toml"):
        data.describe("peps")


def test_only_data_opens_files_and_nothing_heavy_is_imported() -> None:
    story = ROOT / "py" / "trends"
    build_side = [story / "datasets", story / "pages"]
    opens = re.compile(r"\b(read|scan)_(parquet|csv|ipc|json|ndjson)\b|\bopen\(")
    heavy = re.compile(
        r"^\s*(import|from) (numpy|pandas|pyarrow|requests|urllib|threading)\b", re.M
    )
    for file in story.rglob("*.py"):
        if not any(folder in file.parents for folder in build_side):
            text = file.read_text(encoding="utf-8")
            assert not heavy.search(text), file
            assert file.name == "data.py" or not opens.search(text), file
