"""The receipt of a check of all claims: what it holds, and what changes it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from livecells.kernel.claims.receipt import Result
from trends import claims, data
from trends.claims import receipt

ROOT = Path(__file__).parents[2]
IMPORT = r"^from (livecells\S*) import (\w+)"


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


@cache
def whole() -> tuple[claims.Receipt, list[Result]]:
    told: list[Result] = []
    return claims.recheck(report=told.append), told


def test_all_computed_claims_agree_and_each_is_told() -> None:
    made, told = whole()
    computed = [claim.id for claim in claims.all_claims() if claim.kind == "computed"]
    assert [one.claim_id for one in made.results] == computed
    assert tuple(told) == made.results
    assert made.differing == ()
    assert repr(told[-1]).startswith(f"{len(computed)} of {len(computed)}: {computed[-1]}: ")
    count = len(computed)
    assert repr(made).startswith(f"{count} of {count} computed claims agree with the ledger.")


def test_another_present_moves_values_and_the_verdicts_of_the_table() -> None:
    later = claims.recheck(present="2026-03")
    assert len(later.differing) > 20
    turned = {one.claim_id for one in later.differing if one.verdict != one.before[0]}
    table = claims.turned(data.load("claim_checks")).filter(rule="present March 2026")
    assert turned == set(table["claim_id"])
    assert later.sha256 != whole()[0].sha256


def test_the_text_is_canonical_and_dates_are_not_hashed() -> None:
    made, _ = whole()
    file = json.loads(made.file({"on": "2026-11-29"}))
    again = json.dumps(file["receipt"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again == made.text
    assert file["sha256"] == sha256(made.text.encode()).hexdigest()
    assert file["made"]["on"] == "2026-11-29"
    assert file["receipt"]["data"] == {
        name: data.describe(name).sha256 for name in file["receipt"]["data"]
    }


@pytest.mark.parametrize("name", ["peps", "stackoverflow_survey", "pypi_top_packages"])
def test_a_changed_byte_turns_exactly_the_claims_that_read_the_file(
    name: data.Name, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data", ignore=lambda *_: ["sources"])
    file = folder / f"{name}.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    monkeypatch.setenv("TRENDS_DATA", str(folder))
    readers = {claim.id for claim in claims.all_claims() if name in claim.tables}
    computed = {one.claim_id for one in whole()[0].results}
    turned = claims.recheck().differing
    assert {one.claim_id for one in turned} == readers & computed != set()
    assert all(name in one.reason for one in turned)


def test_a_missing_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data", ignore=lambda *_: ["sources"])
    (folder / "peps.parquet").unlink()
    monkeypatch.setenv("TRENDS_DATA", str(folder))
    reasons = {one.reason for one in claims.recheck().differing}
    assert reasons
    assert all("DatasetMissingError: dataset 'peps' is missing" in reason for reason in reasons)


def test_the_hash_covers_all_code_that_the_claims_import() -> None:
    """A module left out of the hash could change a verdict under an equal receipt."""
    listed = "import sys; import trends.claims; print(*[n for n in sys.modules if 'trends' in n])"
    run = subprocess.run(
        [sys.executable, "-c", listed],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "py")},
    )
    parts = {name.split(".")[1] for name in run.stdout.split() if name.startswith("trends.")}
    assert parts == {name.removesuffix(".py") for name in receipt.CODE["trends"]}


def test_the_hash_covers_what_the_engine_does_for_claims() -> None:
    """All that the hashed code imports of the engine is hashed, but what writes HTML."""
    hashed = [
        file
        for package, names in receipt.CODE.items()
        for name in names
        for file in (ROOT / "py" / package / name, *(ROOT / "py" / package / name).rglob("*.py"))
        if file.is_file()
    ]
    imported = set()
    for file in hashed:
        found = re.findall(
            r"^from (livecells\S*) import (\w+)", file.read_text("utf-8"), re.MULTILINE
        )
        for module, name in found:
            path = ROOT / "py" / module.replace(".", "/")
            places = (path / f"{name}.py", path.with_suffix(".py"))
            imported.add(next(place for place in places if place.is_file()))
    assert imported
    assert imported - set(hashed) == {ROOT / "py/livecells/markup.py"}


def test_the_command_prints_the_receipt() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "trends.claims", "--receipt"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "py"), "TRENDS_DATA": str(ROOT / "data")},
    )
    file = json.loads(run.stdout)
    assert file["sha256"] == whole()[0].sha256
    assert file["made"].keys() == {"on", "with"}
