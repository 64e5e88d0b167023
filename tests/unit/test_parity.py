"""Rules that exist in Python and in JavaScript: the same cases as `tests/js/parity.test.js`."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from livecells.figures.fit import fit
from livecells.kernel.coalesce import coalesce
from livecells.kernel.display.rows import chart_rows


def cases(name: str) -> pytest.MarkDecorator:
    """Parametrize a test with cases that the page's tests read too."""
    found = json.loads(Path(f"tests/golden/{name}.json").read_text())
    return pytest.mark.parametrize("case", found, ids=lambda case: case["why"])


@cases("fit")
def test_fit(case: dict[str, Any]) -> None:
    before = copy.deepcopy(case["spec"])
    assert fit(case["spec"], case["width"]) == case["fitted"]
    assert case["spec"] == before


@cases("chart_rows")
def test_rows_of_a_chart(case: dict[str, Any]) -> None:
    assert chart_rows(case["spec"]) == case["rows"]


@cases("coalesce")
def test_outputs_that_a_notebook_keeps(case: dict[str, Any]) -> None:
    assert coalesce(case["emitted"]) == case["kept"]
