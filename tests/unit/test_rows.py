"""Rows for the page and for files: the same numbers as the frame, whatever the types."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import io
import json
from typing import Any

import altair as alt
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from livecells import kernel
from livecells.kernel.display import rows

FRAME = pl.DataFrame(
    {
        "name": ["a", "b", None, "d"],
        "n": [3, None, 1, 2],
        "day": [dt.date(2025, 1, 1), None, dt.date(2024, 5, 6), dt.date(2023, 1, 1)],
        "parts": [[1, 2], [], None, [3]],
    }
)


def ask(**question: object) -> Any:
    return json.loads(kernel.request(json.dumps({"page": "rows", "cell": "c", **question})))


def run(source: str) -> list[Any]:
    outputs: list[Any] = []
    request = json.dumps({"page": "rows", "cell": "c", "source": source})
    asyncio.run(kernel.execute(request, lambda output: outputs.append(json.loads(output))))
    return outputs


def test_a_page_of_rows_is_text_with_its_types() -> None:
    page = rows.page(FRAME, 1, 2)
    assert page["height"] == 4
    assert page["types"] == ["String", "Int64", "Date", "List(Int64)"]
    assert page["is_numeric"] == [False, True, False, False]
    assert page["rows"][0][:3] == ["b", None, None]
    assert page["rows"][1][2] == "2024-05-06"


@pytest.mark.parametrize(
    ("order", "expected"), [("up", [None, "d", "a", "b"]), ("down", ["a", "d", None, "b"])]
)
def test_rows_are_sorted_with_missing_values_last(order: str, expected: list[str]) -> None:
    page = rows.page(FRAME, 0, 10, "n", is_descending=order == "down")
    assert [row[0] for row in page["rows"]] == expected


@pytest.mark.parametrize("name", ["^a$", "^$", "^(.$"])
def test_a_name_like_a_pattern_is_a_name(name: str) -> None:
    frame = pl.DataFrame({name: [2, 1], "a": [1, 2]})
    assert rows.page(frame, 0, 5, name)["rows"] == [["1", "2"], ["2", "1"]]
    nested = pl.DataFrame({name: [[1], None]})
    assert rows.as_csv(nested).decode().splitlines()[1] == "[1]"


def test_no_more_rows_are_sent_than_a_screen_can_use() -> None:
    page = rows.page(pl.DataFrame({"a": range(5000)}), 4000, 5000)
    assert len(page["rows"]) == rows.MOST_ROWS
    assert page["rows"][0] == ["4000"]


def test_files_hold_what_was_shown() -> None:
    (result,) = run(
        "import polars as pl\npl.DataFrame({'a': [1, None], 'b': ['x, y', 'ü'], 'c': [[1], None]})"
    )
    name = result["metadata"]["shown"]
    text = base64.b64decode(ask(what="export", shown=name, form="csv")["base64"])
    assert text.decode() == 'a,b,c\n1,"x, y",[1]\n,ü,\n'
    whole = base64.b64decode(ask(what="export", shown=name, form="parquet")["base64"])
    frame = pl.DataFrame({"a": [1, None], "b": ["x, y", "ü"], "c": [[1], None]})
    assert_frame_equal(pl.read_parquet(io.BytesIO(whole)), frame)


def test_rows_of_an_earlier_run_are_gone() -> None:
    (first,) = run("import polars as pl\npl.Series('s', [1, 2])")
    assert ask(what="rows", shown=first["metadata"]["shown"])["columns"] == ["s"]
    run("1")
    assert ask(what="rows", shown=first["metadata"]["shown"]) is None
    assert ask(what="export", shown="no.1") is None


def test_rows_of_a_chart_have_their_types_back() -> None:
    frame = pl.DataFrame(
        {
            "day": [dt.date(2025, 1, 1), dt.date(2025, 2, 1)],
            "time": [dt.datetime.fromisoformat("2025-01-01T12:30"), None],
            "text": ["2025-01-01T", "x"],
            "n": [1.5, None],
        }
    )
    chart = alt.Chart(frame).mark_point().encode(x="day", y="n")
    assert_frame_equal(
        rows.frame_of(chart),
        frame.with_columns(pl.col("time").cast(pl.Datetime("us"))),
        check_column_order=False,
    )
    assert rows.frame_of(alt.Chart(pl.DataFrame({"a": []})).mark_bar()).height == 0
