"""Charts that are written out in cells: what they owe a reader whatever the data or the edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chapters import Run, cells

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(DATA))


def shown(page: str, cell: str, old: str = "", new: str = "") -> dict[str, Any]:
    """Run a page down to a cell with an edit, and give what it shows."""
    run = Run(page)
    for written in cells(page):
        if written.id == cell:
            assert old in written.source
            return dict(run.execute(written, written.source.replace(old, new))[-1])
        run.execute(written)
    pytest.fail(f"{page} has no cell {cell}")


def test_a_promised_series_keeps_its_empty_row() -> None:
    spec = str(shown("outlook/scaling-python", "scaling-tensorflow-versions"))
    assert "'sort': ['3.0', '2.21', '2.20'" in spec  # by number, not by text
    assert "no release of 3.0" in spec


def test_python_4_keeps_its_row_and_is_counted() -> None:
    spec = str(shown("outlook/forecasts", "py4-record"))
    assert "'Python 4']" in spec  # the last of the rows
    one = 'peps = data.load("peps").with_columns(python_version=pl.lit("4.0")).head(1)'
    spec = str(shown("outlook/forecasts", "py4-record", 'peps = data.load("peps")', one))
    assert "1 proposals on Python 4, one for a Python 4" in spec


def test_an_unknown_machine_is_named() -> None:
    with pytest.raises(AssertionError, match=r"0 rows have machine='pythonperf'.* did you mean"):
        shown("outlook/forecasts", "py4-speed", '"pythonperf2"', '"pythonperf"')
