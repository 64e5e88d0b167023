"""The ledger in the real Pyodide: the values and verdicts of native Python, and all check cells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pyodide import ledger
from trends import claims

if TYPE_CHECKING:
    from pyodide.conftest import Session

ROOT = Path(__file__).parents[2]
LAST_DIGIT = 1e-12
"""Sums of fractions may be added in another order there; far below what is ever shown."""

RUN_CELL = """
from livecells.kernel import Kernel

outputs = []
request = {{"page": "claims/", "cell": "check", "source": {source!r}}}
reply = await Kernel().execute(request, outputs.append)
[reply["status"], [one for one in outputs if one["output_type"] != "execute_result"],
 [one["data"]["text/plain"] for one in outputs if one["output_type"] == "execute_result"]]
"""


@pytest.fixture(scope="module")
def native() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRENDS_DATA", str(ROOT / "data"))
        found: dict[str, Any] = json.loads(json.dumps(ledger.findings()))
    return found


def test_all_are_recomputed_as_natively(pyodide: Session, native: dict[str, Any]) -> None:
    browser: dict[str, Any] = pyodide.call(ledger.findings)
    assert list(browser) == list(native) == [claim.id for claim in claims.all_claims()]
    wrong = {name: (browser[name], here) for name, here in native.items()
             if not same_finding(browser[name], here)}  # fmt: skip
    assert wrong == {}
    computed = [claim.id for claim in claims.all_claims() if claim.kind == "computed"]
    assert [name for name in computed if native[name]["value"] is None] == []


def test_check_cells_run_in_the_kernel(pyodide: Session, native: dict[str, Any]) -> None:
    wrong = {}
    for claim in claims.all_claims():
        cell = ledger.shipped_code()[claim.id]
        assert cell == claims.source_code(claim.id)
        status, strange, results = pyodide.run(RUN_CELL.format(source=cell))
        shown = [re.split(r"[: \n]", text)[0] for text in results]
        expected = {native[claim.id]["verdict"], claim.kind == "judged" and claim.id}
        if (status, strange, len(shown)) != ("ok", [], 1) or shown[0] not in expected:
            wrong[claim.id] = (status, strange, results)
    assert wrong == {}


def test_the_shipped_ledger_is_what_the_browser_finds(pyodide: Session) -> None:
    same_frames = (
        "from trends import claims, data\n"
        "[claims.frame().equals(data.load('claims')),"
        " claims.checks_frame().equals(data.load('claim_checks').drop('turns'))]"
    )
    assert pyodide.run(same_frames) == [True, True]


def same_finding(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether all of a finding is the same; `expected["extras"]` has a part of its values."""
    one, two = found | found["extras"], expected | expected["extras"]
    return one.keys() == two.keys() and all(
        same(one[name], value) for name, value in two.items() if name != "extras"
    )


def same(found: object, expected: object) -> bool:
    """Whether two values are equal: fractions to the last digit, all others exactly."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return found == pytest.approx(expected, rel=LAST_DIGIT)
    return found == expected
