"""Every suggested edit of every page runs natively and changes what its cell shows."""

import json
from functools import cache

import pytest

from chapters import ROOT, Run, cells, pages
from trends import data

FREE = {"play-start"}  # the reader's own cell
_read = cache(data.load)  # each table once for all pages; no cell changes one in place


@pytest.fixture(autouse=True)
def _shared_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    monkeypatch.setattr(data, "load", _read)


def test_every_page_with_cells_is_found() -> None:
    assert "frameworks/modern-web" in pages()


@pytest.mark.parametrize("page", pages())
def test_cells_have_one_edit_each(page: str) -> None:
    without = {cell.id for cell in cells(page) if cell.edit is None} - FREE
    assert not without, f"{page}: cells without a try: {without}"


@pytest.mark.parametrize("page", pages())
def test_edits_run_and_change_the_output(page: str) -> None:
    run = Run(page)
    for cell in cells(page):
        with run.kernel.namespace(page).restored():
            edited = run.execute(cell, cell.edited) if cell.edit else []
        shown = run.execute(cell)
        if cell.edit:
            assert _text(edited) != _text(shown), f"{page} {cell.id}: the edit changes nothing"


def _text(outputs: object) -> str:
    """What a reader sees: everything but the count of runs."""
    kept = json.loads(json.dumps(outputs, default=str))
    for output in kept:
        output.pop("execution_count", None)
    return json.dumps(kept, sort_keys=True)
