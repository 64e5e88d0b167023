"""The reader's own files: read as a cell would, or refused with what is wrong in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from polars.testing import assert_frame_equal

from livecells.kernel.uploads import FORMATS, preview, replace

FRAME = pl.DataFrame(
    {"package": ["a", "b, c"], "month": [dt.date(2025, 1, 1), dt.date(2025, 2, 1)], "n": [1, None]}
)


def write(folder: Path, ending: str) -> Path:
    path = folder / f"mine{ending}"
    match FORMATS[ending]:
        case "csv":
            FRAME.write_csv(path, separator="\t" if ending == ".tsv" else ";")
        case "ndjson":
            FRAME.write_ndjson(path)
        case "json":
            FRAME.write_json(path)
        case "parquet":
            FRAME.write_parquet(path)
        case "ipc":
            FRAME.write_ipc(path)
        case "excel":
            book = Workbook()
            sheet: Any = book.active
            for row in [FRAME.columns, *FRAME.rows()]:
                sheet.append(row)
            book.save(path)
    return path


@pytest.mark.parametrize("ending", FORMATS)
def test_the_lines_that_are_offered_read_what_is_shown(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, ending)
    found: Any = preview(str(path))
    variables: dict[str, Any] = {}
    exec(found["code"], variables)
    frame = variables["own"]
    assert frame.columns == FRAME.columns == found["page"]["columns"]
    assert [row[0] for row in found["page"]["rows"]] == ["a", "b, c"]
    if ending not in (".ndjson", ".jsonl", ".json"):  # which have no dates
        assert_frame_equal(frame, FRAME, check_dtypes=False)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.csv",
            b"a,b\n1,2\n3,4,5\n6,7\n",
            "a.csv is not a table: line 3 has 3 values, the head has 2",
        ),
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"a,b\n\xff\x00,1\n", "a.csv is not a text file: byte 0 in line 2"),
        ("a.parquet", b"PAR1 nothing", "a.parquet is no parquet file"),
        ("a.ndjson", b'{"a": 1}\n{"a": \n', "a.ndjson is no ndjson file"),
        ("a.xlsx", b"no zip", "a.xlsx is no excel file that can be read: File is not a zip file"),
        ("a.docx", b"x", "a.docx is of no kind that can be read here: .csv, .tsv"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found: Any = preview(str(path))
    assert found["problem"].startswith(sentence)
    assert "\n" not in found["problem"]


def test_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    found: Any = preview(str(tmp_path / "a.csv"))
    assert "add it again" in found["problem"]


def test_texts_of_old_spreadsheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("name;größe\nMünchen;1\n".encode("windows-1252"))
    found: Any = preview(str(path))
    assert found["page"]["columns"] == ["name", "größe"]
    assert 'encoding="windows-1252"' in found["code"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(content=st.binary(max_size=200), ending=st.sampled_from(sorted(FORMATS)))
def test_no_bytes_raise(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(content)
    found = preview(str(path))
    assert "problem" in found or "page" in found


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "shop.parquet"
    frame = FRAME.with_columns(
        pl.col("n").cast(pl.UInt16), kind=pl.Series(["x", "y"], dtype=pl.Enum(["x", "y"]))
    )
    frame.write_parquet(path)
    return path


def test_a_dataset_is_replaced_by_the_same_columns(tmp_path: Path, dataset: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("kind,n,month,package,more\nx,7,2025-03-01,z,1\n")
    schema = pl.read_parquet_schema(dataset)
    assert replace(str(own), str(dataset)) is None
    assert pl.read_parquet_schema(dataset) == schema
    assert pl.read_parquet(dataset).rows() == [("z", dt.date(2025, 3, 1), 7, "x")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("package,n\na,1\n", "own.csv lacks the columns month, kind; it has package, n"),
        ("package,month,n,kind\na,2025-01-01,-1,x\n", "column n of own.csv is no UInt16: "),
        ("package,month,n,kind\na,2025-01-01,1,other\n", "column kind of own.csv is no Enum: "),
        ("package,month,n,kind\na,soon,1,x\n", "column month of own.csv is no Date: "),
    ],
)
def test_other_columns_are_refused_and_nothing_changes(
    tmp_path: Path, dataset: Path, text: str, sentence: str
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(text)
    before = dataset.read_bytes()
    found = replace(str(own), str(dataset))
    assert found
    assert found["problem"].startswith(sentence)
    assert dataset.read_bytes() == before
