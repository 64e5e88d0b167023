"""`make engines-keep`: how the tests in every engine ended becomes data/sources/engines.csv.

The page "Which browsers" is made of it. A run takes the place of what the record had of the same
engine and feature.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

COLUMNS = ("date", "engine", "version", "feature", "runs", "remark", "first", "return")
ENDS = {"passed": "yes", "failed": "no", "skipped": "not tried"}

Rows = dict[tuple[str, str], dict[str, str]]
ROWS = pytest.StashKey[Rows]()


def _remark(report: pytest.TestReport) -> str:
    """Return why a test was left out."""
    why = report.longrepr
    return why[2].removeprefix("Skipped: ") if isinstance(why, tuple) else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note how a test of a feature has ended, in its setup or after it."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    feature = item.get_closest_marker("feature")
    if feature and (report.when == "call" or not report.passed):
        told = {name: str(value) for name, value in item.user_properties}
        engine, name = item.module.ENGINE, feature.args[0]  # type: ignore[attr-defined]
        row = {"engine": engine, "feature": name, "runs": ENDS[report.outcome]}
        row |= {"date": datetime.now(UTC).date().isoformat(), "remark": _remark(report)}
        item.config.stash.setdefault(ROWS, {})[engine, name] = row | told
    return report  # type: ignore[return-value]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record, where one is asked for."""
    place = os.environ.get("ENGINES_RECORD")
    found = session.config.stash.get(ROWS, {})
    if not place or not found:
        return
    kept: Rows = {}
    if Path(place).is_file():
        with Path(place).open(encoding="utf-8", newline="") as file:
            kept = {(row["engine"], row["feature"]): row for row in csv.DictReader(file)}
    versions = {engine: row["version"] for (engine, _), row in found.items() if "version" in row}
    for (engine, _), row in found.items():
        row.setdefault("version", versions.get(engine, ""))
    with Path(place).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted((kept | found).values(), key=lambda row: row["engine"]))
