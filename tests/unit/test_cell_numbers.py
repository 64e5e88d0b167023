"""The key numbers of the story: what the cells' frames give is what the table expects.

The readers stand in `tests/cell_numbers/`, a module for each part of the article. Each reads one
cell's namespace and gives, for each row of the table in its order, the numbers that the row's value
and unit contain.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from cell_numbers import (
    frameworks,
    further,
    introduction,
    libraries,
    outlook,
    recommendations,
    tooling,
)
from cell_numbers.reading import Reader
from chapters import ROOT, Run, cells
from trends import data

TABLE = Path(__file__).parent / "expected_cell_numbers.csv"
TOKEN = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{4}H\d|\d+\.\d+\.\d+|\d[\d,]*(?:\.\d+)?")
FOUND: dict[str, Reader] = {
    **introduction.FOUND,
    **frameworks.FOUND,
    **libraries.FOUND,
    **tooling.FOUND,
    **outlook.FOUND,
    **recommendations.FOUND,
    **further.FOUND,
}
WHOLE = {"py4-wasm", "explore-movers", "explore-neighbours"}
"""Cells whose values are compared as texts, names and all."""

CORRECTED = {
    # The table counts 28 tables. Of these the site ships 24: three that no cell or claim needs stay
    # out, and so does the table of key numbers, which is this test's. Three it has of its own: the
    # releases known from the best-of lists, because their licence is another, the key months, and
    # its own speed.
    ("data-tables", "tables"): "27",
    ("play-start", "tables at hand"): "26",
}
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PAGES = list(dict.fromkeys(row["page"] for row in ROWS if row["cell_id"] in FOUND))

_read = cache(data.load)


@pytest.fixture(autouse=True)
def _shared_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    monkeypatch.setattr(data, "load", _read)


def expected(cell: str) -> list[tuple[str, list[str]]]:
    """The rows of a cell: quantity, and the numbers in value and unit as text."""
    found = []
    for row in (row for row in ROWS if row["cell_id"] == cell):
        value = CORRECTED.get((cell, row["quantity"]), row["value"])
        tokens = TOKEN.findall(f"{value} {row['unit']}")
        if cell in WHOLE or not TOKEN.search(value):
            tokens = [value]
        if cell == "intro-platform-peps":
            tokens = [value, *re.findall(r"\d{3}", row["quantity"])]
        if "first 1,000 respondents" in row["quantity"]:
            tokens = ["1,000", *tokens]
        found.append((f"{row['quantity']} ({row['as_of']})", tokens))
    return found


def same(found: object, text: str) -> bool:
    """Whether a value rounds to what is printed."""
    if isinstance(found, str):
        return found == text
    digits = len(text.partition(".")[2])
    number = float(text.replace(",", ""))
    return abs(float(found) - number) <= 0.5 * 10.0**-digits + 1e-9  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_cells_give_the_expected_numbers(page: str) -> None:
    run = Run(page)
    for cell in cells(page):
        run.execute(cell)
        if cell.id not in FOUND:
            continue
        found, wanted = FOUND[cell.id](run.variables), expected(cell.id)
        assert len(found) == len(wanted), cell.id
        for numbers, (quantity, tokens) in zip(found, wanted, strict=True):
            assert len(numbers) == len(tokens), (cell.id, quantity, numbers, tokens)
            wrong = [(n, t) for n, t in zip(numbers, tokens, strict=True) if not same(n, t)]
            assert not wrong, (cell.id, quantity, wrong)


def test_every_row_of_the_table_is_compared() -> None:
    assert {row["cell_id"] for row in ROWS} == set(FOUND)
