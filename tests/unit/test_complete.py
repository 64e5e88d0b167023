"""Completion and explanation, in code that its writer is in the middle of."""

import altair as alt
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livecells.kernel.editor.complete import complete
from livecells.kernel.editor.hover import explain
from trends import data

downloads = pl.DataFrame({"package": ["polars"], "month": [1], "downloads_30d": [2]})
VARIABLES = {
    "pl": pl,
    "alt": alt,
    "data": data,
    "downloads": downloads,
    "lazy": downloads.lazy(),
    "_hidden": 1,
}


def labels(source: str) -> list[str]:
    """What is suggested at the mark `|`, or at the end."""
    before, _, after = source.partition("|")
    found = complete(before + after, len(before), VARIABLES)
    return [option["label"] for option in found["options"]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("down", "downloads"),
        ("x = pri", "print"),
        ("whi", "while"),
        ("pl.read_par", "read_parquet"),
        ("pl.", "DataFrame"),
        ("downloads.group", "group_by"),
        ("downloads.group_by('package').", "agg"),
        ("downloads.lazy().filter(pl.col('a') > (1)).col", "collect"),
        ("pl.read_parquet('a').", "height"),
        ("(\n    alt.Chart(downloads)\n    .mark_line()\n    .enc", "encode"),
        ("alt.Chart(downloads).mark_line().encode(x='a').prop", "properties"),
        ("pl.read_csv('a', ", "separator="),
        ("pl.read_csv('a', sep", "separator="),
        ("downloads.filter(pl.col('pa", "package"),
        ("alt.Chart(downloads).encode(x='mon", "month"),
        ('data.load("pypi_m', "pypi_monthly_downloads"),
        ('data.load(name="peps', "peps"),
        ("f\"{pl.col('pac", "package"),
        ("_hid", "_hidden"),
        ("if down| == 1:\n  pass", "downloads"),
    ],
)
def test_suggested(source: str, expected: str) -> None:
    assert expected in labels(source)


@pytest.mark.parametrize(
    ("source", "unexpected"),
    [
        ("", "_hidden"),
        ("unknown.", "downloads"),
        ("downloads['a'].", "downloads"),
        ("(1 + 2).", "downloads"),
        ("# down", "print"),
        ("pl.read_csv(separator=';', sep", "separator="),
        ("'text'.", "downloads"),
    ],
)
def test_not_suggested(source: str, unexpected: str) -> None:
    assert unexpected not in labels(source)


def test_a_suggestion_says_where_it_begins_and_what_it_is() -> None:
    found = complete("x = downlo", 10, VARIABLES)
    assert found["start"] == 4
    (option,) = (one for one in found["options"] if one["label"] == "downloads")
    assert (option["kind"], option["detail"]) == ("variable", "DataFrame, 1 x 3")


def test_columns_name_their_frame() -> None:
    found = complete('pl.col("', 8, VARIABLES)
    details = {one["label"]: one["detail"] for one in found["options"]}
    assert details["package"] in ("downloads: String", "lazy: String")


@pytest.mark.parametrize(
    ("source", "signature", "text"),
    [
        ("downloads.group_by|", "group_by(", "Start a group by operation"),
        ("pl.read_csv('a', |", "read_csv(", "Read a CSV file"),
        ("alt.Chart(downloads).mark_bar|()", "mark_bar(", "mark"),
        ("downl|oads", "downloads: DataFrame", "1 x 3"),
        ("pl|", "module polars", "Polars"),
        ("print|", "print(", "Prints the values"),
        ("len(|", "len(", "number of items"),
    ],
)
def test_explained(source: str, signature: str, text: str) -> None:
    before, _, after = source.partition("|")
    found = explain(before + after, len(before), VARIABLES)
    assert found is not None
    assert signature in found["signature"]
    assert text in found["text"]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert explain("unknown", 3, VARIABLES) is None
    assert explain("", 0, VARIABLES) is None


def test_nothing_is_called() -> None:
    class Trap:
        calls = 0

        def method(self) -> "Trap":
            Trap.calls += 1
            return self

        def __repr__(self) -> str:
            Trap.calls += 1
            return ""

    complete("trap.method().", 14, {"trap": Trap()})
    complete("tr", 2, {"trap": Trap()})
    explain("trap", 2, {"trap": Trap()})
    assert Trap.calls == 0


@given(st.text(alphabet="ab.()[]{}'\"\\\n #=,:pldf", max_size=40), st.integers(0, 40))
def test_any_text_is_answered(source: str, cursor: int) -> None:
    place = min(cursor, len(source))
    found = complete(source, place, VARIABLES)
    assert 0 <= found["start"] <= place
    explain(source, place, VARIABLES)
