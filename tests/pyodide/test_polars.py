"""Our Polars wheel answers in the real Pyodide, and as native Polars does."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from pyodide import mistakes, queries, strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyodide.conftest import Session

ROOT = Path(__file__).parents[2]
DATA = sorted(path.name for path in (ROOT / "data").glob("*.parquet"))
HELPERS = {"frame", "plain", "file_summary", "flat"}
QUERIES = [
    function
    for name, function in inspect.getmembers(queries, inspect.isfunction)
    if function.__module__ == queries.__name__ and name not in HELPERS
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query.__name__))
def test_same_as_native(pyodide: Session, query: Callable[[], Any]) -> None:
    native = json.loads(json.dumps(query()))
    assert native is not None
    assert pyodide.call(query) == native


@pytest.mark.parametrize("name", DATA)
def test_every_data_file_has_equal_values(
    pyodide: Session, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    native = queries.file_summary(f"data/{name}")
    browser = pyodide.call(queries.file_summary, f"data/{name}")
    assert browser.pop("sums") == pytest.approx(native.pop("sums"), rel=1e-12)
    assert browser == native
    assert browser["values"] == browser["scanned"]
    assert browser["counted"] == browser["height"]


@pytest.mark.parametrize("nulls", [[], [1, 3]], ids=["no nulls", "nulls"])
@pytest.mark.parametrize("origin", strings.ORIGINS)
def test_text_of_unknown_length(pyodide: Session, origin: str, nulls: list[int]) -> None:
    native = strings.result(origin, nulls)
    browser = pyodide.call(strings.result, origin, nulls)
    assert browser == json.loads(json.dumps(native))


@pytest.mark.parametrize("mistake", mistakes.MISTAKES)
def test_a_mistake_is_told_as_natively(pyodide: Session, mistake: str) -> None:
    assert pyodide.call(mistakes.told, mistake) == mistakes.told(mistake)


def test_there_is_data() -> None:
    assert DATA


def test_version_is_the_native_one(pyodide: Session) -> None:
    assert pyodide.run("import polars; polars.__version__") == pl.__version__


def test_a_broken_file_is_an_exception_and_python_goes_on(pyodide: Session) -> None:
    source = """
import io
import polars as pl
try:
    pl.read_parquet(io.BytesIO(b"PAR1" + b"x" * 40 + b"PAR1"))
except BaseException as error:
    kind = type(error).__name__
[kind, pl.DataFrame({"a": [1, 2]})["a"].sum()]
"""
    kind, total = pyodide.run(source)
    assert kind == "ComputeError"
    assert total == 3


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("pl.DataFrame({'a': [1]}).lazy().collect(background=True)", "AttributeError"),
        ("pl.read_parquet('s3://bucket/a.parquet')", "ValueError"),
        ("pl.Series(['a']).str.to_titlecase()", "AttributeError"),
    ],
)
def test_what_it_cannot_do_is_refused(pyodide: Session, source: str, error: str) -> None:
    """As py/wheels/README.md says; `collect_async`, which never ends, is the kernel's to refuse."""
    lines = ["import polars as pl", "try:", f"    {source}", "except Exception as error:"]
    assert pyodide.run("\n".join([*lines, "    found = type(error).__name__", "found"])) == error
