"""Steps over the speed record: stages as a reader is told of them, budgets, queries."""

from __future__ import annotations

import re

import polars as pl
import pytest

from trends import site_speed
from trends.wording import megabytes, wait

SCHEMA = {
    "topic": pl.String,
    "what": pl.String,
    "place": pl.String,
    "moment": pl.String,
    "size": pl.Int64,
    "unit": pl.String,
    "median": pl.Float64,
    "goal": pl.Float64,
}


def record(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, SCHEMA, orient="row")


STAGES = record(
    ("stage", "core", "site", "first", 0, "ms", 300.0, None),
    ("stage", "unpack", "site", "first", 0, "ms", 100.0, None),
    ("stage", "fetch", "site", "first", 0, "ms", 50.0, None),
    ("stage", "fetch", "plain", "first", 0, "ms", 900.0, None),
    ("stage", "fetch", "site / plain", "first", 0, "times", 0.1, None),
    ("stage", "fetch", "site", "return", 0, "ms", 20.0, None),
    ("stage", "fetch", "plain", "return", 0, "ms", 200.0, None),
    ("start", "chart", "site", "first", 0, "ms", 440.0, None),
    ("start", "chart", "plain", "first", 0, "ms", 880.0, None),
    ("start", "chart", "site", "return", 0, "ms", 22.0, None),
    ("start", "chart", "plain", "return", 0, "ms", 220.0, None),
)


def test_stages_are_grouped_in_order_and_ratios_left_out() -> None:
    found = site_speed.stages(STAGES, ["first"])
    assert found["total"].to_list() == [440, 440, 880]
    assert found.select("bar", "group", "ms").rows() == [
        ("this site, first visit", "fetch", 50.0),
        ("this site, first visit", "start Python", 400.0),
        ("plain page, first visit", "fetch", 900.0),
    ]


def test_visits_are_compared_with_the_plain_page() -> None:
    said = [
        site_speed.against_plain(site_speed.stages(STAGES, visits))
        for visits in (["first", "return"], ["return"])
    ]
    assert said == [
        "A chart takes 50 percent of the plain page's time, 10 on return",
        "A chart takes 10 percent of the plain page's time on a return visit",
    ]


BUDGETS = record(
    ("page", "weight", "site", None, 0, "kB", 601.0, 600.0),
    ("start", "chart", "site / plain", "first", 0, "times", 0.6, 0.6),
    ("page", "other", "site", None, 0, "kB", 1.0, None),
    ("page", "layout shift", "site", None, 0, "shift", 0.008, 0.0),
)


def test_budgets_are_met_or_missed() -> None:
    found = site_speed.budgets(BUDGETS)
    assert found["verdict"].to_list() == ["missed", "missed", "met"]
    assert found.row(0)[1:3] == ("0", "0.008")
    assert found.row(1)[1:3] == ("600 kB", "601 kB")
    assert found.row(2)[1:3] == ("0.60 times", "0.60 times")
    assert site_speed.budgets(BUDGETS, only="missed").height == 2


def test_a_goal_without_words_is_an_error() -> None:
    odd = record(("page", "odd", "site", None, 0, "kB", 1.0, 2.0))
    with pytest.raises(ValueError, match="has a goal but no words"):
        site_speed.budgets(odd)
    with pytest.raises(ValueError, match="expected all, met or missed"):
        site_speed.budgets(BUDGETS, only="good")


def test_queries_are_paired_with_the_chosen_native_time() -> None:
    rows = record(
        ("query", "sort", "site", None, 0, "ms", 40.0, None),
        ("query", "sort", "native", None, 0, "ms", 10.0, None),
        ("query", "sort", "native, one thread", None, 0, "ms", 20.0, None),
    )
    assert site_speed.queries(rows).row(0) == ("sort", 40.0, 20.0, 2.0)
    assert site_speed.queries(rows, native="native")["ratio"].to_list() == [4.0]


def test_moments_of_memory_keep_their_order() -> None:
    rows = record(
        ("memory", "tab", "site", "20 runs", 0, "MB", 700.0, None),
        ("memory", "tab", "plain", "first chart", 0, "MB", 500.0, None),
    )
    moments = ["plain page, first chart", "this site, after 20 runs"]
    assert site_speed.memory(rows)["moment"].to_list() == moments


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (wait(87.4), "87 milliseconds"),
        (wait(1240), "1.2 seconds"),
        (megabytes(15.92), "15.9 MB"),
        (megabytes(647.2), "647 MB"),
    ],
)
def test_how_prose_writes_them(text: str, said: str) -> None:
    assert text == said


def test_lines_are_paired_with_the_plain_page() -> None:
    found = site_speed.lines(
        record(
            ("navigation", "chart", "plain", "4G", 0, "ms", 24_000.0, None),
            ("navigation", "chart", "site", "4G", 0, "ms", 12_040.0, None),
            ("navigation", "chart", "site / plain", "4G", 0, "times", 0.5, None),
            ("navigation", "print", "site", "4G", 0, "ms", 3000.0, None),
        )
    )
    assert found.columns == ["line", "this site", "plain page", "ratio"]
    assert found.rows() == [("4G", 12.0, 24.0, 0.5)]


def test_a_missed_budget_has_a_reason_and_one_that_is_met_needs_none() -> None:
    met = ("page", "layout shift", "site", None, 0, "shift", 0.0, 0.0)
    late = ("stop", "unheard", "site", None, 0, "ms", 2500.0, 1500.0)
    assert not site_speed.reasons(record(met))
    told = site_speed.reasons(record(met, late))
    assert re.fullmatch(r"- \*\*Stop, Python is ended and starts anew\*\*: [^\n]+\.", told)
    shifted = ("page", "layout shift", "site", None, 0, "shift", 0.1, 0.0)
    with pytest.raises(ValueError, match="nothing says why"):
        site_speed.reasons(record(shifted))


def test_a_budget_just_missed_does_not_read_as_met() -> None:
    row = {"topic": "bytes", "what": "to a first chart", "place": "site", "moment": "first"}
    measures = pl.DataFrame([row | {"goal": 16.0, "median": 16.05, "unit": "MB"}])
    found = site_speed.budgets(measures).row(0, named=True)
    assert (found["at most"], found["measured"]) == ("16 MB", "16.05 MB")
    assert found["verdict"] == "missed"
