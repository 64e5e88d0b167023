"""A part of Polars' own test suite passes with our wheel, but for differences with a known reason.

`make polars-suite` runs nearly all of it. The suite comes from the pinned sdist (sdist.py).
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections import Counter
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyodide import sdist
from pyodide.conftest import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyodide.conftest import BuiltSite

HERE = Path(__file__).parent
RUNNER = HERE / "suite_runner.py"
TESTS = "py-polars/tests/unit/"
NEEDED = ("_pytest", "pytest", "pluggy", "iniconfig", "pygments", "py")

with (HERE / "suite_differences.toml").open("rb") as file:
    DIFFERENCES = tomllib.load(file)
"""By name: why (`reason`), and which tests (patterns below `TESTS`)."""

FILES = ("csv", "json", "lazy_csv", "lazy_json", "lazy_parquet")
MORE_FILES = (
    *("avro", "hive", "io_plugin", "ipc", "lazy_count_star", "lazy_ipc", "multiscan", "other"),
    *("scan", "scan_options", "write"),
)
OPERATIONS = (
    *("explode", "filter", "group_by", "group_by_dynamic", "join", "pivot", "sort", "top_k"),
    *("unpivot", "window"),
)

PARTS: dict[str, list[str]] = {
    "sql and expressions": ["sql", "expr", "functions/test_when_then.py"],
    "operations": [
        *("operations/aggregation", "operations/namespaces", "operations/rolling"),
        *(f"operations/test_{name}.py" for name in OPERATIONS),
    ],
    "types and files": [
        *(f"datatypes/test_{name}.py" for name in ("list", "struct", "temporal")),
        *(f"io/test_{name}.py" for name in FILES),
    ],
}
"""What readers of the site's chapters and of Polars' guide use."""

WHOLE: dict[str, list[str]] = {
    "operations": ["operations"],
    "types, functions, sql": ["datatypes", "functions", "sql", "expr"],
    "frames": ["dataframe", "series", "lazyframe", "constructors"],
    "files": [f"io/test_{name}.py" for name in (*FILES, *MORE_FILES)],
}
"""All that needs no cloud, no other package, and no database."""

CHOSEN = WHOLE if os.environ.get("POLARS_SUITE") == "whole" else PARTS


@pytest.fixture(scope="module")
def suite(pytestconfig: pytest.Config) -> Path:
    return sdist.unpacked(pytestconfig.rootpath / ".cache" / "polars-sdist")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pytest and what it needs, pure Python all, where Pyodide can be shown them."""
    folder = tmp_path_factory.mktemp("packages")
    for name in NEEDED:
        spec = find_spec(name)
        assert spec
        assert spec.origin
        origin = Path(spec.origin)
        if origin.name == "__init__.py":
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(origin.parent, folder / name, ignore=ignored)
        else:
            shutil.copyfile(origin, folder / origin.name)
    return folder


@pytest.fixture(scope="module")
def python(
    site: BuiltSite, suite: Path, packages: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """A Pyodide that has pytest and sees the suite."""
    session = Session(site, tmp_path_factory.mktemp("node") / "stderr.txt")
    session.run(
        "import sys, pyodide_js\n"
        f"pyodide_js.mountNodeFS('/suite', {str(suite)!r})\n"
        f"pyodide_js.mountNodeFS('/packages', {str(packages)!r})\n"
        "sys.path.append('/packages')\nNone"
    )
    yield session
    session.close()


def difference(test: str) -> str:
    """Name the known difference that a test is listed under."""
    inner = test.removeprefix(TESTS)
    for name, known in DIFFERENCES.items():
        if any(fnmatchcase(inner, _literal(pattern)) for pattern in known["tests"]):
            return str(name)
    return ""


def is_listed_alone(test: str) -> bool:
    """Whether a test stands on the list by its whole name."""
    inner = test.removeprefix(TESTS)
    return any(inner in known["tests"] for known in DIFFERENCES.values())


def _literal(pattern: str) -> str:
    """Let brackets stand for themselves: they are around a test's parameters."""
    return pattern.replace("[", "[[]")


@pytest.mark.parametrize("part", CHOSEN)
def test_polars_own_tests(python: Session, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    ends_python = [f"{TESTS}{test}" for test in DIFFERENCES["ends-python"]["tests"]]
    arguments = f"'/suite', {CHOSEN[part]!r}, {ends_python!r}, '/tmp/now.txt'"
    found = python.run(f"{RUNNER.read_text()}\nrun({arguments})")

    counts = Counter(outcome for outcome, _ in found.values())
    failed = {test: why for test, (outcome, why) in found.items() if outcome == "failed"}
    reasons = Counter(difference(test) for test in failed)
    with capsys.disabled():
        known = ", ".join(f"{name} {count}" for name, count in sorted(reasons.items()) if name)
        told = ", ".join(f"{counts[kind]} {kind}" for kind in ("passed", "absent", "skipped"))
        print(f"\nPolars' own tests, {part}: {told}, {counts['failed']} failed ({known})")
    assert {test: why for test, why in failed.items() if not difference(test)} == {}
    passed = {test for test, (outcome, _) in found.items() if outcome == "passed"}
    assert {test for test in passed if is_listed_alone(test)} == set(), "take them off the list"
    assert counts["passed"] > 10 * counts["failed"]
