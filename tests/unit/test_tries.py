"""Every suggested edit of every page runs natively and changes what its cell shows."""

from functools import cache

import pytest

from agreement import Cell, SitePage, comparable, native
from chapters import ROOT, cells, pages, url_of
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
    url = url_of(page)
    written = cells(page)
    for cell in written:
        assert not cell.edit or cell.edited != cell.source
    found = native(
        SitePage(
            [Cell(url, cell.id, cell.source) for cell in written],
            {cell.id: cell.edit for cell in written if cell.edit},
        )
    )
    for name, edited in found.edited.items():
        assert comparable(edited) != comparable(found.shown[name]), f"{name}: no change"
