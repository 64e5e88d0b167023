"""Tables say what Polars says: no year, nanosecond, digit or nested value is lost."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import altair as alt
import polars as pl
import pytest

from livecells.kernel.display import rows, tables

NS = 1_700_000_000_123_456_789


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        (pl.Series([NS, NS + 1], dtype=pl.Datetime("ns")), ["789", "790"]),
        (pl.Series([1, -1, 10**9], dtype=pl.Duration("ns")), ["1ns", "-1ns", "1s"]),
        (pl.Series([-1], dtype=pl.Duration("us")), ["-1µs"]),
        (pl.Series([1], dtype=pl.Time), ["00:00:00.000000001"]),
        (pl.Series([1_700_000_000_000]).cast(pl.Datetime("ms")), ["2023-11-14 22:13:20"]),
        (pl.from_epoch(pl.Series([1_700_000_000_000]), "s"), ["+55840-11-08 22:13:20"]),
        (pl.Series([10**7], dtype=pl.Int32).cast(pl.Date), ["+29349-01-26"]),
        (pl.Series([52.520008, 1234567.89, 123456.78]), ["52.520008", "1234567.89", "123456.78"]),
        (pl.Series([1234567.0, 0.1 + 0.2, 1e20, 2.5e-9]), ["1234567.0", "0.3", "1e20", "2.5e-9"]),
        (pl.Series([float("nan"), float("-inf")]), ["NaN", "-inf"]),
        (pl.Series([2**100], dtype=pl.Int128), [str(2**100)]),
        (pl.Series([Decimal("1.50")]), ["1.50"]),
        (pl.Series([[dt.date(2024, 1, 1)], [dt.date(1, 1, 1)]]), ["[2024-01-01]", "[0001-01-01]"]),
        (pl.Series([{"a": Decimal("1.50"), "b": 1234567.89}]), ["{1.50,1234567.89}"]),
        (pl.Series([["x"]], dtype=pl.List(pl.Enum(["x"]))), ['["x"]']),
        (pl.Series([True, False]), ["true", "false"]),
    ],
)
def test_values_are_written_as_polars_writes_them(column: pl.Series, shown: list[str]) -> None:
    found = tables.texts(column)
    assert all(text and text.shown.endswith(end) for text, end in zip(found, shown, strict=True))


def test_missing_values_are_none() -> None:
    for column in (pl.Series(["a", None]), pl.Series([1.5, None]), pl.Series([[1], None])):
        assert tables.texts(column)[1] is None
    assert tables.texts(pl.Series([None, None])) == [None, None]


def test_what_is_rounded_or_cut_is_there_whole() -> None:
    third, long = tables.texts(pl.Series([1 / 3]))[0], tables.texts(pl.Series(["x" * 200]))[0]
    assert third == ("0.333333", repr(1 / 3))
    assert long is not None
    assert (len(long.shown), long.whole) == (tables.MAX_TEXT, "x" * 200)
    html = tables.frame_html(pl.DataFrame({"a": [1 / 3, 0.5]}))
    assert f'title="{1 / 3}" tabindex="0">0.333333<' in html
    assert html.count("title=") == 1


def test_the_readers_own_format_is_respected() -> None:
    frame = pl.DataFrame({"n": [1234567.891] * 9, "s": ["abcdefghij"] * 9, "i": [1234567] * 9})
    with pl.Config(tbl_rows=4, tbl_cols=2, fmt_str_lengths=5, float_precision=1):
        html = tables.frame_html(frame)
    assert "9 rows, 3 columns (first and last 2 rows, first 2 columns shown)" in html
    assert html.count("<tr>") == 5
    assert ">1234567.9<" in html
    assert ">abcd…<" in html
    with pl.Config(tbl_rows=-1, thousands_separator=","):
        assert "1,234,567<" in tables.frame_html(frame.vstack(frame).vstack(frame))


def test_a_wide_frame_can_be_browsed() -> None:
    wide = pl.DataFrame({f"c{place}": [place] for place in range(500)})
    assert "is-cut" in tables.frame_html(wide)
    assert rows.page(wide, 0, 1)["rows"][0][-1] == "499"
    assert "is-cut" not in tables.frame_html(wide[:, :20])


def test_a_page_of_rows_has_the_whole_values_beside_them() -> None:
    page = rows.page(pl.DataFrame({"a": [0.5, 1 / 3], "b": ["x", "y"]}), 0, 2)
    assert page["rows"] == [["0.5", "x"], ["0.333333", "y"]]
    assert page["wholes"] == [[], [repr(1 / 3), ""]]


ZONED = [dt.datetime.fromisoformat(text) for text in ("2024-07-01T02:00", "2024-12-01T12:00")]


def charted(**columns: Any) -> pl.DataFrame:
    frame: pl.DataFrame = rows.frame_of(alt.Chart(pl.DataFrame(columns)).mark_point().encode(x="a"))
    return frame


def test_a_charts_rows_keep_their_zone() -> None:
    berlin = pl.Series(ZONED).dt.replace_time_zone("Europe/Berlin")
    frame = charted(a=berlin)
    assert frame["a"].dt.epoch("s").to_list() == berlin.dt.epoch("s").to_list()
    assert rows.as_csv(frame).splitlines()[1] == b"2024-07-01T00:00:00.000000+0000"
    assert pl.read_parquet(io.BytesIO(rows.as_parquet(frame))).equals(frame)
    midnight = pl.Series([dt.datetime.fromisoformat(text) for text in ("2024-07-01", "2024-07-02")])
    assert charted(a=midnight.dt.replace_time_zone("UTC"))["a"].dtype == pl.Datetime("us", "UTC")
    assert charted(a=midnight)["a"].dtype == pl.Date


def test_a_charts_rows_keep_large_integers_and_digits() -> None:
    large = [2**53 + 1, 2**64 - 1]
    frame = charted(a=pl.Series(large, dtype=pl.UInt64), b=[52.520008123, 0.1 + 0.2])
    assert rows.as_csv(frame).decode().splitlines()[1:] == [
        f"{large[0]},52.520008123",
        f"{large[1]},{0.1 + 0.2}",
    ]


def test_csv_has_all_of_a_nested_value() -> None:
    frame = pl.DataFrame({"a": [list(range(200))], "b": [dt.timedelta(seconds=1)]})
    text = rows.as_csv(frame).decode()
    assert text.count(",") == 201
    assert "199" in text
    assert text.endswith(",1s\n")
