"""Rows inside a chart's selection."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from livecells.kernel.selections import Clause, Condition, Selections

FRAME = pl.DataFrame(
    {
        "day": [dt.date(2025, 1, day) for day in (1, 2, 3, 4)],
        "name": ["a", "b", None, "a"],
        "n": [1.0, 2.0, 3.0, None],
    }
)


def among(field: str, *values: object) -> Condition:
    return {"field": field, "kind": "among", "values": list(values)}


def between(field: str, *values: object) -> Condition:
    return {"field": field, "kind": "range", "values": list(values)}


def rows(*clauses: Clause) -> list[int]:
    selections = Selections(brush=list(clauses))
    frame = FRAME.with_row_index()
    return selections.selected(frame, "brush")["index"].to_list()  # type: ignore[no-any-return]


JANUARY_2 = 1_735_776_000_000


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([], [0, 1, 2, 3]),
        ([[between("n", 1.5, 3)]], [1, 2]),
        ([[between("n", 3, 1.5)]], [1, 2]),
        ([[between("day", JANUARY_2, JANUARY_2 + 86_400_000)]], [1, 2]),
        ([[between("n", 0, 2), among("name", "a")]], [0]),
        ([[among("name", "a")], [among("name", "b")]], [0, 1, 3]),
        ([[among("name", None)]], [2]),
        ([[among("_vgsid_", 2)], [among("_vgsid_", 4)]], [1, 3]),
        ([[among("name", "nobody")]], []),
    ],
)
def test_selected_rows(clauses: list[Clause], expected: list[int]) -> None:
    assert rows(*clauses) == expected


def test_what_is_selected_as_plain_values() -> None:
    selections = Selections(
        brush=[[between("n", 1, 2), between("day", 3, 4)]],
        pick=[[among("name", "a")], [among("name", "b")]],
    )
    assert selections.selection("brush") == {"n": (1, 2), "day": (3, 4)}
    assert selections.selection("pick") == {"name": ["a", "b"]}
    assert selections.selection("nothing") == {}
    assert selections.selected(FRAME, "nothing") is FRAME


def test_a_frame_without_the_field_is_an_error() -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="other"):
        rows([between("other", 1, 2)])
