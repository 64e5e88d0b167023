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
IDS = [claim.id for claim in claims.all_claims()]
COMPUTED = [claim.id for claim in claims.all_claims() if claim.kind == "computed"]
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


@pytest.fixture(scope="module")
def in_browser(shared_session: Session) -> dict[str, Any]:
    found: dict[str, Any] = shared_session.call(ledger.findings)
    return found


def test_all_are_there(in_browser: dict[str, Any]) -> None:
    assert list(in_browser) == IDS
    assert len(IDS) == 84
    assert len(COMPUTED) == 67


@pytest.mark.parametrize("claim_id", COMPUTED)
def test_recomputed_as_natively(
    native: dict[str, Any], in_browser: dict[str, Any], claim_id: str
) -> None:
    here, there = native[claim_id], in_browser[claim_id]
    assert there["verdict"] == here["verdict"]
    assert there["as_of"] == here["as_of"]
    assert here["value"] is not None
    assert same(there["value"], here["value"])
    assert there["extras"].keys() == here["extras"].keys()
    for name, value in here["extras"].items():
        assert same(there["extras"][name], value), name


@pytest.mark.parametrize("claim_id", IDS)
def test_check_cell_runs_in_the_kernel(
    pyodide: Session, native: dict[str, Any], claim_id: str
) -> None:
    cell = ledger.shipped_code()[claim_id]
    assert cell == claims.source_code(claim_id)
    status, strange, results = pyodide.run(RUN_CELL.format(source=cell))
    assert (status, strange, len(results)) == ("ok", [], 1)
    shown = re.split(r"[: \n]", results[0])[0]
    assert shown == native[claim_id]["verdict"] or (claim_id not in COMPUTED and shown == claim_id)


def test_the_shipped_ledger_is_what_the_browser_finds(pyodide: Session) -> None:
    same_frames = (
        "from trends import claims, data\n"
        "[claims.frame().equals(data.load('claims')),"
        " claims.checks_frame().equals(data.load('claim_checks'))]"
    )
    assert pyodide.run(same_frames) == [True, True]


def same(found: object, expected: object) -> bool:
    """Whether two values are equal: fractions to the last digit, all others exactly."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return found == pytest.approx(expected, rel=LAST_DIGIT)
    return found == expected
