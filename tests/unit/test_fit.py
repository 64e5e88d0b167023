"""Fitting by width: the same cases as `tests/js/fit.test.js`."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from livecells.figures.fit import fit

CASES = json.loads(Path("tests/golden/fit.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_fit(case: dict[str, Any]) -> None:
    before = copy.deepcopy(case["spec"])
    assert fit(case["spec"], case["width"]) == case["fitted"]
    assert case["spec"] == before
