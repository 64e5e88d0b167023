"""Runs files of Polars' own test suite where this module stands; imports nothing of ours.

The suite imports NumPy, pandas and others at the top of many files whose tests mostly do without.
They do not exist in the page, so stand-ins answer while tests are collected; a test that then uses
one ends as `absent`, which is told apart from a failure.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import io
import os
import sys
import types
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import polars  # noqa: F401  before the stand-ins: it looks once for what is installed
import pytest

ABSENT = (
    "dateutil",
    "deltalake",
    "fsspec",
    "hypothesis",
    "jax",
    "numpy",
    "orjson",
    "pandas",
    "polars.testing.parametric",  # Hypothesis again
    "pyarrow",
    "pydantic",
    "pyiceberg",
    "pytz",
    "sqlalchemy",
    "torch",
    "zstandard",
)

MARKS = "not slow and not write_disk and not release and not docs and not benchmark and not ci_only"
"""What the suite itself leaves out in a usual run."""

MOST_TEXT = 300


class Outcomes:
    """A pytest plugin that keeps how each test ended: `[outcome, why]` by its name."""

    def __init__(self, started: Callable[[str], object]) -> None:
        self.found: dict[str, list[str]] = {}
        self._started = started

    def pytest_collection_finish(self) -> None:
        """Take the stand-ins away: what a test imports itself is missing, as it is for a reader."""
        for name in [name for name in sys.modules if _absent(name)]:
            del sys.modules[name]
        _Finder.is_collecting = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Refuse a test whose parameters are made of something absent."""
        self._started(item.nodeid)
        params = getattr(getattr(item, "callspec", None), "params", {})
        for value in _flat(params.values()):
            if isinstance(value, StandIn):
                raise ModuleNotFoundError(name=value.module)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Keep the worst of what setup, call and teardown gave."""
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if report.failed and (name := _missing(error)):
            self.found[item.nodeid] = ["absent", name]
        elif report.failed:
            text = f"{type(error).__name__}: {error}"
            self.found[item.nodeid] = ["failed", " ".join(text[:MOST_TEXT].split())]
        elif report.skipped:
            is_expected = hasattr(report, "wasxfail")
            self.found[item.nodeid] = ["xfailed" if is_expected else "skipped", ""]
        elif report.when == "call":
            self.found[item.nodeid] = ["passed", ""]
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep that a file could not be read."""
        if report.failed:
            self.found[report.nodeid] = ["failed", str(report.longrepr)[-MOST_TEXT:]]


class StandIn:
    """Something of a module that is not there: anything may be asked of it, and gives another."""

    def __init__(self, module: str) -> None:
        self.module = module

    def __getattr__(self, name: str) -> StandIn:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(self.module)

    def __call__(self, *_: object, **__: object) -> StandIn:
        if not _Finder.is_collecting:
            raise ModuleNotFoundError(name=self.module)
        return StandIn(self.module)

    def __getitem__(self, _: object) -> StandIn:
        return StandIn(self.module)

    def __or__(self, _: object) -> StandIn:
        return StandIn(self.module)

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return ()


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> StandIn:
        if name.startswith("__"):
            raise AttributeError(name)
        module = _absent(self.__name__)
        if not _Finder.is_collecting:
            raise ModuleNotFoundError(name=module)
        return StandIn(module)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    is_collecting = True

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not self.is_collecting or not _absent(name):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run nothing."""


def _absent(name: str) -> str:
    found = (one for one in ABSENT if name == one or name.startswith(f"{one}."))
    return next(found, "")


def _missing(error: BaseException | None) -> str:
    """Name the module that a test wants and the page does not have."""
    while error is not None:
        if isinstance(error, ModuleNotFoundError):
            words = (error.name or str(error).partition("'")[2]).partition("'")[0].split(".")
            return words[0]
        error = error.__cause__ or error.__context__
    return ""


def _flat(values: Any) -> list[Any]:
    found: list[Any] = []
    for value in values:
        found += _flat(value) if isinstance(value, list | tuple | set) else [value]
    return found


def run(root: str, files: list[str], left_out: list[str], log: str) -> dict[str, list[str]]:
    """Run files of the suite.

    Args:
        root: The unpacked sdist.
        files: Below `py-polars/tests/unit`; folders too.
        left_out: Names of tests that would take Python along.
        log: A file that holds the name of the running test: all that is left when Python ends.

    Returns:
        `[outcome, why]` by test, of `passed`, `failed`, `absent`, `skipped` and `xfailed`.
    """
    sys.meta_path.insert(0, _Finder())
    _Finder.is_collecting = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(f"{root}/py-polars")

    def started(name: str) -> None:
        Path(log).write_text(name)

    outcomes = Outcomes(started)
    wanted = [f"--deselect={name}" for name in left_out]
    options = ["-q", f"--rootdir={root}", "-c", f"{root}/pyproject.toml"]
    options += [
        "--continue-on-collection-errors",
        "-p",
        "no:cacheprovider",
        "--assert=plain",
        "-o",
        "addopts=--import-mode=importlib",
    ]
    for warning in (
        "PytestCollectionWarning",
        "PytestUnknownMarkWarning",
        "PytestRemovedIn10Warning",
    ):
        options += ["-W", f"ignore::pytest.{warning}"]
    options += ["-m", MARKS, *wanted]
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet):
        code = pytest.main(
            [*options, *(f"tests/unit/{file}" for file in files)], plugins=[outcomes]
        )
    if not outcomes.found:
        outcomes.found["pytest"] = ["failed", f"{code}: {quiet.getvalue()[-2000:]}"]
    return outcomes.found
