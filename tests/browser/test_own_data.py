"""The reader's own files: looked into, loaded, in place of a dataset; nothing leaves the tab."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, expect

from browser.reader import Reader

PACKED = Path(__file__).parents[1] / "unit" / "packed.csv.zst"
PLAYGROUND = "playground/"
CHAPTER = "frameworks/modern-web/"
SALES = "day;shop;n\n2025-01-01;a;1\n2025-01-02;b;\n"


@pytest.fixture
def reader(regular: Reader) -> Reader:
    """One page for the tests of this file."""
    return regular


def open_dialog(reader: Reader) -> Locator:
    reader.bar.get_by_role("button", name="Your data").click()
    return reader.page.get_by_role("dialog", name="Your data")


def add(dialog: Locator, *files: Path) -> None:
    dialog.get_by_label("Choose files:").set_input_files(files)


def test_a_file_is_shown_and_its_lines_load_it(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "my sales.csv").write_text(SALES)
    reader.open(PLAYGROUND)
    dialog = open_dialog(reader)
    add(dialog, tmp_path / "my sales.csv")
    entry = dialog.get_by_role("region", name="own/my sales.csv")
    expect(entry.locator("caption")).to_have_text("2 rows, 3 columns")
    expect(entry.locator("th").first).to_have_text("dayDate")
    entry.get_by_role("button", name="Copy").click()
    code = reader.page.evaluate("navigator.clipboard.readText()")
    assert code.splitlines()[0] == "import polars as pl"
    assert len(code.splitlines()) == 2
    reader.press(dialog, "Close")
    cell = reader.first_cell()
    reader.edit(cell, f"{code}\nown['n'].sum(), own.height")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("(1, 2)")
    reader.bar.get_by_role("button", name="Restart").click()
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("(1, 2)")
    assert not [path for path in reader.server.requests if "sales" in path]


def test_excel_needs_its_reader_only_then(reader: Reader, tmp_path: Path) -> None:
    book = Workbook()
    for row in [["name", "n"], ["ü", 3], ["b", 4]]:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    reader.open(PLAYGROUND)
    dialog = open_dialog(reader)
    add(dialog, tmp_path / "book.xlsx")
    entry = dialog.get_by_role("region", name="own/book.xlsx")
    expect(entry.locator("tbody tr").first).to_have_text("ü3")
    assert len([path for path in reader.requests if "/rare-" in path]) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"a,b\n1,2\n3,4,5\n", "line 3 has 3 values, the head has 2"),
        ("a.parquet", b"PAR1 broken PAR1", "a.parquet is not a Parquet file that can be read"),
        ("a.exe", b"MZ", "a.exe is of no kind that can be read here"),
        ("<img src=x onerror=alert(1)>.csv", b"", "is empty"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    reader: Reader, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    reader.open(PLAYGROUND)
    dialog = open_dialog(reader)
    add(dialog, tmp_path / name)
    expect(dialog.locator(".own-file").last).to_contain_text(sentence)


def test_a_file_can_be_dropped_on_the_page(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    reader.page.evaluate(
        """([name, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
          const init = { dataTransfer: data, bubbles: true, cancelable: true };
          document.querySelector("h1").dispatchEvent(new DragEvent("dragover", init));
          document.querySelector("h1").dispatchEvent(new DragEvent("drop", init));
        }""",
        ["dropped.csv", base64.b64encode(SALES.encode()).decode()],
    )
    dialog = reader.page.get_by_role("dialog", name="Your data")
    expect(dialog.get_by_role("region", name="own/dropped.csv")).to_contain_text(
        "2 rows, 3 columns"
    )


def test_a_dataset_is_replaced_and_the_chapter_runs_over_it(reader: Reader, tmp_path: Path) -> None:
    dataset = "data/pypi_monthly_downloads.parquet"
    own = pl.read_parquet(dataset).with_columns(pl.col("downloads_30d") * 2)
    own.write_parquet(tmp_path / "doubled.parquet")
    (tmp_path / "other.csv").write_text(SALES)
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    dialog = open_dialog(reader)
    add(dialog, tmp_path / "other.csv", tmp_path / "doubled.parquet")
    wrong = dialog.get_by_role("region", name="own/other.csv")
    wrong.get_by_label("Use instead of").select_option(dataset)
    expect(wrong).to_contain_text("other.csv lacks the columns ")
    right = dialog.get_by_role("region", name="own/doubled.parquet")
    right.get_by_label("Use instead of").select_option(dataset)
    reader.wait_for_state(cell, "ok")
    expect(right).to_contain_text("Every cell that reads this dataset now reads your file.")
    reader.press(dialog, "Close")
    in_use = reader.bar.get_by_role("button", name="Your data in use (1)")
    expect(in_use).to_be_visible()
    reader.edit(
        cell,
        "from trends import data\n"
        "print(data.load('pypi_monthly_downloads')['downloads_30d'].sum())",
    )
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text(str(own["downloads_30d"].sum()))
    in_use.click()
    right.get_by_label("Use instead of").select_option("no dataset")
    expect(reader.outputs(cell)).to_have_text(str(own["downloads_30d"].sum() // 2))


def test_how_a_file_was_read_can_be_chosen(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "us[1].csv").write_text("day,code,n\n01/02/2024,007,1\n02/02/2024,008,2\n")
    reader.open(PLAYGROUND)
    dialog = open_dialog(reader)
    add(dialog, tmp_path / "us[1].csv")
    entry = dialog.get_by_role("region", name="own/us_1_.csv")
    expect(entry.locator("tbody tr").first).to_have_text("01/02/20240071")
    entry.get_by_label("Dates (day)").focus()
    entry.get_by_label("Dates (day)").select_option("month first")
    expect(entry.locator("tbody tr").first).to_have_text("2024-01-020071")
    expect(entry.get_by_label("Dates (day)")).to_be_focused()
    entry.get_by_label("Digits with a leading zero or plus (code)").select_option("number")
    expect(entry.locator("tbody tr").first).to_have_text("2024-01-0271")
    entry.get_by_role("button", name="Copy").click()
    code = reader.page.evaluate("navigator.clipboard.readText()")
    assert 'str.to_date("%m/%d/%Y")' in code
    reader.press(dialog, "Close")
    cell = reader.first_cell()
    reader.edit(cell, f"{code}\nown['day'].dt.day().to_list(), own['code'].sum()")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("([2, 2], 15)")


def test_files_of_the_cases_are_read_as_they_are_meant(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "utf16.csv").write_bytes("id\tname\n1\tZoë\n".encode("utf-16"))
    (tmp_path / "comma.csv").write_text("Datum;Umsatz\n01.02.2024;1.234,56\n15.12.2024;99,5\n")
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    (tmp_path / "packed.csv.zst").write_bytes(PACKED.read_bytes())
    (tmp_path / "stream.arrow").write_bytes(b"")
    pl.DataFrame({"a": [1]}).write_ipc_stream(tmp_path / "stream.arrow")
    book = Workbook()
    book.create_sheet("Years").append([2023, 2024])
    book["Years"].append([1, 2])
    book.save(tmp_path / "years.xlsx")
    reader.open(PLAYGROUND)
    dialog = open_dialog(reader)
    expected = {
        "utf16.csv": "1Zoë",
        "comma.csv": "2024-02-011234.56",
        "packed.csv.gz": "12",
        "packed.csv.zst": "101",
        "stream.arrow": "1",
        "years.xlsx": "12",
    }
    for name, first in expected.items():
        add(dialog, tmp_path / name)
        entry = dialog.get_by_role("region", name=f"own/{name}", exact=True)
        expect(entry.locator("tbody tr").first).to_have_text(first, timeout=30_000)
