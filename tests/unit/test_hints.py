"""What is told beside an exception: near columns, newer names, whose calls led to it."""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from livecells.kernel import Emitted, Kernel
from livecells.kernel.coalesce import coalesce
from livecells.kernel.failures.newer_polars import NEWER


def details(source: str) -> Any:
    outputs: list[Emitted] = []
    request: Any = {"page": "page", "cell": "cell", "source": source}
    asyncio.run(Kernel().execute(request, outputs.append))
    last: Any = outputs[-1]
    return last["details"]


FRAME = "import polars as pl\nframe = pl.DataFrame({'package': ['a'], 'month': [1]})\n"


def test_a_chart_of_too_many_rows_is_told_what_to_do() -> None:
    rows = "pl.DataFrame({'n': range(6000)})"
    chart = f"import altair as alt, polars as pl\nalt.Chart({rows}).mark_point().encode(x='n')"
    assert details(chart)["hints"] == [{"kind": "rows"}]


@pytest.mark.parametrize(
    "use",
    ["frame.select('pakage')", "frame.lazy().filter(pl.col('pakage') == 1).collect()"],
)
def test_a_wrong_column_has_near_ones(use: str) -> None:
    (hint,) = details(FRAME + use)["hints"]
    assert hint == {
        "kind": "column",
        "name": "pakage",
        "near": ["package"],
        "known": ["package", "month"],
    }


def test_a_wrong_column_without_a_list_is_named() -> None:
    (hint,) = details(FRAME + "frame['pkg']")["hints"]
    assert (hint["kind"], hint["name"], hint["known"]) == ("column", "pkg", [])


@pytest.mark.parametrize(
    ("use", "name", "instead"),
    [
        ("pl.union", "polars.union", "pl.concat"),
        ("frame.show()", "DataFrame.show", "last line"),
        ("pl.col('a').max_by('b')", "Expr.max_by", "sort_by"),
        ("pl.col('a').name.strip_prefix('b')", "ExprNameNameSpace.strip_prefix", "removeprefix"),
        ("frame.lazy().sink_delta('a')", "LazyFrame.sink_delta", ""),
    ],
)
def test_a_newer_name_has_a_way_round(use: str, name: str, instead: str) -> None:
    (hint,) = details(FRAME + use)["hints"]
    assert (hint["kind"], hint["name"]) == ("newer", name)
    assert instead in hint["instead"]


def test_newer_names_are_newer() -> None:
    places: dict[str, object] = {
        "polars": pl,
        "DataFrame": pl.DataFrame,
        "LazyFrame": pl.LazyFrame,
        "Expr": pl.Expr,
        "Series": pl.Series,
        "GroupBy": importlib.import_module("polars.dataframe.group_by").GroupBy,
    }
    expression = pl.col("a")
    spaces = ("list", "arr", "struct", "bin", "name")
    places |= {type(getattr(expression, s)).__name__: getattr(expression, s) for s in spaces}
    assert places.keys() == NEWER.keys()
    assert not [
        f"{place}.{name}"
        for place, names in NEWER.items()
        for name in names
        if name in dir(places[place])
        and not (place == "Series" and name in ("is_empty", "is_sorted", "item"))
    ]


PANIC = "class PanicException(BaseException): pass\nraise PanicException({!r})"
WRAPPED = (
    "called `Result::unwrap()` on an `Err` value: PyErr { type: <class 'ModuleNotFoundError'>, "
    "value: ModuleNotFoundError(\"No module named 'numpy'\"), traceback: None }"
)


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        ("import no_such_module.sub", "module"),
        ("raise MemoryError", "memory"),
        (PANIC.format("x"), "panic"),
        (PANIC.format(WRAPPED), "compiled"),
        (PANIC.format(WRAPPED.replace("ModuleNotFoundError", "UnicodeDecodeError")), "panic"),
    ],
)
def test_other_hints(use: str, kind: str) -> None:
    (hint,) = details(use)["hints"]
    assert hint["kind"] == kind


def test_a_missing_file_has_near_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # Polars cuts long paths off at their beginning
    Path("data").mkdir()
    Path("data/downloads.parquet").touch()
    for read in ("open", "__import__('polars').read_parquet"):
        (hint,) = details(f"{read}('data/downlods.parquet')")["hints"]
        assert (hint["kind"], hint["near"]) == ("file", ["data/downloads.parquet"])
    assert details("open('no/such/folder')")["hints"] == []
    assert details("raise FileNotFoundError")["hints"] == []


def test_a_mistake_of_writing_has_its_line() -> None:
    (frame,) = details("x = 1\ny = (")["frames"]
    assert (frame["cell"], frame["line"], frame["code"]) == ("cell", 2, "y = (")


def test_most_errors_have_no_hint() -> None:
    assert details("1 / 0")["hints"] == []
    assert details("object().x")["hints"] == []


def test_frames_tell_the_cells_calls_from_those_of_libraries() -> None:
    found = details("import json\ndef read(text):\n    return json.loads(text)\nread('{')")
    places = [(frame["cell"], frame["line"], frame["name"]) for frame in found["frames"]]
    assert places[:2] == [("cell", 4, "<module>"), ("cell", 3, "read")]
    assert found["frames"][1]["code"] == "return json.loads(text)"
    assert {frame["cell"] for frame in found["frames"][2:]} == {""}
    assert found["message"].startswith("json.decoder.JSONDecodeError: Expecting property name")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.12 tells more")
def test_python_suggests_names() -> None:
    found = details("downloads = 1\ndownlods")
    assert "Did you mean: 'downloads'?" in found["message"]


def test_what_is_kept_has_no_details() -> None:
    outputs: list[Emitted] = []
    request: Any = {"page": "page", "cell": "cell", "source": "1 / 0"}
    asyncio.run(Kernel().execute(request, outputs.append))
    (kept,) = coalesce(outputs)
    assert set(kept) == {"output_type", "ename", "evalue", "traceback"}


@pytest.mark.parametrize(
    ("use", "hint"),
    [
        ("pl.DataFrame({'a': [1]}).style", {"kind": "module", "name": "great_tables"}),
        ("import pandas.api", {"kind": "compiled", "name": "pandas", "instead": "Polars"}),
        ("from altair.datasets import data\ndata.cars()", {"kind": "samples"}),
        (
            "raise ValueError(\"Dataset 'x' not found. Available datasets: []\")",
            {"kind": "samples"},
        ),
    ],
)
def test_what_cannot_be_had_is_named(use: str, hint: dict[str, str]) -> None:
    assert details(f"import polars as pl\n{use}")["hints"] == [hint]


@pytest.mark.parametrize(
    ("frame", "x", "instead"),
    [
        ("pl.DataFrame({'a': [dt.time(1)]})", "a", "cast(pl.String)"),
        ("pl.DataFrame({'a': [dt.timedelta(1)]})", "a", "dt.total_seconds()"),
        ("pl.DataFrame({'a:b': [1]})", "a:b", "with colon"),
    ],
)
def test_altairs_riddles_have_what_to_write_beside_them(frame: str, x: str, instead: str) -> None:
    chart = f"import altair as alt, polars as pl, datetime as dt\nalt.Chart({frame})"
    (hint,) = details(f"{chart}.mark_point().encode(x='{x}')")["hints"]
    assert hint["kind"] == "write"
    assert instead in hint["instead"]


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ("[0.0, float('nan'), float('inf')]", [0.0, None, None]),
        ("[Decimal('1.50')]", [1.5]),
        ("[{'day': dt.date(2024, 1, 1)}]", [{"day": "2024-01-01"}]),
        ("[2**53 + 1]", [2**53 + 1]),
    ],
)
def test_what_json_cannot_hold_is_drawn_all_the_same(values: str, drawn: list[Any]) -> None:
    source = (
        "import altair as alt, polars as pl, datetime as dt\nfrom decimal import Decimal\n"
        f"alt.Chart(pl.DataFrame({{'a': {values}}})).mark_point().encode(x='a:Q')"
    )
    outputs: list[Any] = []
    request: Any = {"page": "page", "cell": "cell", "source": source}
    asyncio.run(Kernel().execute(request, outputs.append))
    spec = outputs[-1]["data"]["application/vnd.vegalite.v6+json"]
    assert [row["a"] for row in spec["datasets"][spec["data"]["name"]]] == drawn
