"""Which requests wait until the start of Python is over."""

from typing import Any

import pytest

from livecells.kernel.needs import needs_more


def needs(source: str, **more: Any) -> bool:
    return needs_more({"source": source, "checks": [], **more}, ["altair"])


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "import math, os.path\nfrom collections.abc import Iterable",
        "import altair as alt\nalt.Chart()",
        "rows  # of a cell above, which has waited",
        "def f(:",
        "\0",
        "",
    ],
)
def test_a_light_cell_does_not_wait(source: str) -> None:
    assert not needs(source)


@pytest.mark.parametrize(
    "source",
    [
        "import polars as pl",
        "import math, polars.selectors as cs",
        "from trends import charts",
        "def later():\n    from polars import col",
        "import importlib\nimportlib.import_module(name)",
        "%%sql top\nSELECT 1",
        'sql("SELECT 1")',
        "import no_such_module",
    ],
)
def test_any_other_waits(source: str) -> None:
    assert needs(source)


def test_formatters_and_checks_are_imported_too() -> None:
    assert not needs("a = 1", wording="trends.wording", expressions=[])
    assert not needs("a = 1", wording="", expressions=[{}])
    assert needs("a = 1", wording="trends.wording", expressions=[{}])
    assert needs("a = 1", checks=["import polars"])


def test_what_needs_a_frame_between_runs_waits() -> None:
    assert needs_more({"what": "rows"}, [])
    assert not needs_more({"what": "dependencies"}, [])
