"""The reader's own files: read as a cell would, or refused with what is wrong in them."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from polars.testing import assert_frame_equal

from livecells.kernel.files.uploads import FORMATS, preview, replace

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
        ("a.parquet", b"PAR1 nothing", "a.parquet is not a Parquet file"),
        ("a.ndjson", b'{"a": 1}\n{"a": \n', "a.ndjson is not an NDJSON file"),
        (
            "a.xlsx",
            b"no zip",
            "a.xlsx is not an Excel file that can be read: File is not a zip file",
        ),
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


def own(path: Path, **chosen: str) -> tuple[pl.DataFrame, dict[str, str], str]:
    """The frame that the offered lines give, the points, and the lines."""
    found: Any = preview(str(path), chosen)
    assert "problem" not in found, found
    variables: dict[str, Any] = {}
    exec(found["code"], variables)
    points = {point["name"]: point["value"] for point in found["points"]}
    return variables["own"], points, found["code"]


@pytest.mark.parametrize(
    ("text", "rows", "points"),
    [
        (
            "m,n\n01/01/2024,1\n04/01/2024,2\n",
            [("01/01/2024", 1), ("04/01/2024", 2)],
            {"dates": "text"},
        ),
        ("m,n\n01/13/2024,1\n", [(dt.date(2024, 1, 13), 1)], {"dates": "month first"}),
        ("m,n\n13-01-2024,1\n", [(dt.date(2024, 1, 13), 1)], {"dates": "day first"}),
        (
            "m;n\n1.2.2024;1,5\n",
            [(dt.date(2024, 2, 1), 1.5)],
            {"dates": "day first", "decimal": ","},
        ),
        (
            "a,b\n2024-01-02,01/02/2024\n",
            [(dt.datetime.fromisoformat("2024-01-02"), "01/02/2024")],
            {},
        ),
        ("a;b\n1,5;1.234,5\n", [(1.5, 1234.5)], {"decimal": ","}),
        ('a,b\n"1,234.5",x\n"12",y\n', [(1234.5, "x"), (12.0, "y")], {"decimal": "."}),
        ("zip,tel\n01234,+49171\n", [("01234", "+49171")], {"zeros": "text"}),
        ("id\n12345678901234567890123\n1\n", [("12345678901234567890123",), ("1",)], {}),
        ("a,b\n1,x\nNA,y\n", [(1, "x"), (None, "y")], {"missing": "NA"}),
        ("sep=;\r\na;b\r\n1;2\r\n", [(1, 2)], {"separator": ";"}),
        ("a,b\r1,2\r3,4\r", [(1, 2), (3, 4)], {}),
        ('"x, y;z",b\n1,2\n', [(1, 2)], {"separator": ","}),
        ("a\tb\n1\t2\n", [(1, 2)], {"separator": "\t"}),
        ("a,b\n1,2024-02-30\n", [(1, "2024-02-30")], {}),
    ],
)
def test_what_a_file_means_is_found_or_left_open(
    tmp_path: Path, text: str, rows: list[tuple[Any, ...]], points: dict[str, str]
) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(text.encode())
    frame, found, _ = own(path)
    assert frame.rows() == rows
    assert points.items() <= found.items()


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [
        ({"dates": "month first"}, [(dt.date(2024, 2, 1), "007", 1.5)]),
        ({"dates": "day first"}, [(dt.date(2024, 1, 2), "007", 1.5)]),
        ({"zeros": "number"}, [("02/01/2024", 7, 1.5)]),
        ({"decimal": "."}, [("02/01/2024", "007", "1,5")]),
        ({"separator": ","}, [("02/01/2024;007;1", 5)]),
    ],
)
def test_a_point_chosen_otherwise_changes_the_lines(
    tmp_path: Path, chosen: dict[str, str], rows: list[tuple[Any, ...]]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "day;code;n\n02/01/2024;007;1,5\n"
        if "separator" not in chosen
        else "a,b\n02/01/2024;007;1,5\n"
    )
    frame, found, _ = own(path, **chosen)
    assert frame.rows() == rows
    assert chosen.items() <= found.items()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "größe"),
        ("utf-16", "größe"),
        ("utf-16-le", "größe"),
        ("windows-1252", "größe"),
        ("windows-1251", "город и страна"),
        ("shift_jis", "東京の天気です"),
        ("gb18030", "北京的天气很好"),
        ("euc-kr", "서울의 날씨는"),
        ("latin-1", "gr\x81ße"),
    ],
)
def test_encodings_are_found_and_named(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(f"name,n\n{text},1\n{text},2\n".encode(encoding))
    frame, points, _ = own(path)
    assert frame["name"].to_list() == [text, text]
    assert points["encoding"]


@pytest.mark.parametrize("name", ["own.csv.gz", "own.csv", "own.ndjson.gz", "own.json.gz"])
def test_packed_files_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = '{"a": 1, "b": 2}\n' if "json" in name else "a,b\n1,2\n"
    path.write_bytes(gzip.compress(text.encode()))
    assert own(path)[0].rows() == [(1, 2)]


def test_zstd_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv.zst"
    path.write_bytes(Path(__file__).with_name("packed.csv.zst").read_bytes())
    frame, points, _ = own(path)
    assert frame.rows() == [(1, "01")]
    assert points["zeros"] == "text"


def test_records_of_every_kind_are_read(tmp_path: Path) -> None:
    late = tmp_path / "late.ndjson"
    late.write_text('{"a": 1}\n' * 2000 + '{"a": 1.5}\n{"a": null, "b": "x"}\n')
    assert own(late)[0]["a"].sum() == 2001.5
    lines, nan = tmp_path / "lines.json", tmp_path / "nan.json"
    lines.write_text('{"a": 1}\n{"a": 2}\n')
    nan.write_text('[{"a": NaN}, {"a": 1}]')
    assert own(lines)[0]["a"].to_list() == [1, 2]
    assert own(nan)[0]["a"].is_nan().to_list() == [True, False]
    stream = tmp_path / "stream.arrow"
    FRAME.write_ipc_stream(stream)
    assert_frame_equal(own(stream)[0], FRAME)


def book(path: Path, **sheets: list[list[Any]]) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    made.save(path)


def test_every_sheet_of_a_book_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book(path, Empty=[], Years=[[2023, 2024, None], [1, 2, "x"]], Text=[["a"], ["b"]])
    frame, points, _ = own(path)
    assert points == {"sheet": "Years"}
    assert frame.columns == ["2023", "2024", "column_3"]
    assert frame.rows() == [(1, 2, "x")]
    assert own(path, sheet="Text")[0].rows() == [("b",)]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0 and more", "a.xlsx is an old Excel file, or has a password"),
        ("a.parquet", b"PARE....PARE", "a.parquet is encrypted"),
        ("a.csv", b'a,b\n1,"open\n2,3\n', "a.csv is not a table"),
    ],
)
def test_what_is_locked_or_broken_is_said(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found: Any = preview(str(tmp_path / name))
    assert found.get("problem", "").startswith(sentence), found


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
        ("package,month,n,kind\na,2025-01-01,-1,x\n", "column n of own.csv is not UInt16: "),
        ("package,month,n,kind\na,2025-01-01,1,other\n", "column kind of own.csv is not Enum: "),
        ("package,month,n,kind\na,soon,1,x\n", "column month of own.csv is not Date: "),
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
