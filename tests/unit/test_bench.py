"""The bench's arithmetic: stages, medians, ratios, goals, the report and the record made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench import goals, keep, machine, report, stages, weight
from bench.record import Measure, Sample, against, summed_up
from bench.stages import Span
from livecells.datasets import catalogue
from trends import site_speed

ROOT = Path(__file__).parents[2]


def chart(place: str, *values: float) -> list[Sample]:
    return [Sample("start", "chart", place, "ms", value, "first") for value in values]


def test_time_belongs_to_the_last_stage_under_way() -> None:
    spans = [Span("fetch", 0, 40), Span("compile", 10, 30), Span("core", 50, 90)]
    shares = stages.waited(spans, 0, 100)
    assert shares["fetch"] == 20
    assert shares["compile"] == 20
    assert shares["core"] == 40
    assert shares["other"] == 20
    assert sum(shares.values()) == 100


def test_a_compilation_that_python_waits_for_is_not_an_import() -> None:
    shares = stages.waited([Span("imports", 0, 50), Span("compile-now", 10, 20)], 0, 50)
    assert (shares["imports"], shares["compile"]) == (40, 10)


def test_what_lies_outside_of_the_wait_does_not_count() -> None:
    shares = stages.waited([Span("fetch", -50, 10), Span("draw", 90, 500)], 0, 100)
    assert (shares["fetch"], shares["draw"], shares["other"]) == (10, 10, 80)


def test_stamps_of_the_program_become_stages() -> None:
    stamps = stages.printed_stamps("[1.0, 1.5, 1.6, 2.0]\nmonth downloads [7]")
    assert stages.of_program(stamps, 2500) == [
        Span("imports", 1000, 1500),
        Span("data", 1500, 1600),
        Span("query", 1600, 2000),
        Span("spec", 2000, 2500),
    ]


def test_medians_with_extremes() -> None:
    (one,) = summed_up(chart("site", 30, 10, 20))
    assert (one.median, one.low, one.high, one.n) == (20, 10, 30, 3)


def test_ratios_to_the_plain_page_and_what_the_extremes_allow() -> None:
    measures = summed_up([*chart("site", 10, 20, 30), *chart("plain", 40, 50)])
    (ratio,) = against(measures, topics=["start"])
    assert (ratio.where, ratio.unit, ratio.n) == ("site / plain", "times", 2)
    assert (ratio.median, ratio.low, ratio.high) == (20 / 45, 10 / 50, 30 / 40)


def test_nothing_is_divided_by_zero_or_by_what_is_not_there() -> None:
    measures = summed_up([*chart("site", 10), *chart("plain", 0)])
    assert against(measures, topics=["start"]) == []
    assert against(summed_up(chart("site", 10)), topics=["start"]) == []


@pytest.mark.parametrize(("median", "said"), [(3000, " met"), (3100, "MISSED by 100.00 ms")])
def test_a_goal_is_said_to_be_met_or_missed(median: float, said: str) -> None:
    sample = Sample("chapter", "chart", "site", "ms", median, "first")
    lines = report.goals(goals.with_goals(summed_up([sample]))).splitlines()
    assert lines[0].endswith(said)
    assert lines[-1] == f"{int(said == ' met')} of 1 goals met"


def test_goals_of_time_scale_with_the_machine_and_no_others() -> None:
    loop = Sample("machine", "loop", "site", "ms", 2 * machine.LOOP_MS)
    time = Sample("stop", "unheard", "site", "ms", 1)
    size = Sample("bytes", "whole visit", "site", "MB", 1, "first")
    found = goals.with_goals(summed_up([loop, time, size]))
    assert [one.goal for one in found] == [None, 3000, 14]


def test_every_goal_has_words_on_the_page() -> None:
    assert set(goals.GOALS) == set(site_speed.BUDGETS)


def test_bytes_of_a_visit_by_what_they_are_for() -> None:
    kinds = {"core.wasm": "core", "cold.zst": weight.LATER}
    sent = Counter({"core.wasm": 3_000_000, "index.html": 500_000, "cold.zst": 2_000_000})
    found = weight.of_visit(sent, Counter({"about.html": 1_000_000}), kinds, "first")
    sizes = {sample.what: sample.value for sample in found}
    assert (sizes["core"], sizes["page"], sizes[weight.LATER]) == (3, 0.5, 2)
    assert sizes["to a first chart"] == 3.5
    assert sizes["pages for offline"] == 1


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    measures = goals.with_goals(summed_up([*chart("site", 1, 2), *chart("plain", 3)]))
    file = tmp_path / "bench.json"
    report.write(measures, {"date": "2026-11-25"}, file)
    assert report.read(file) == (measures, {"date": "2026-11-25"})


def test_a_report_of_another_schema_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    file.write_text('{"machine": "x86_64"}')
    with pytest.raises(ValueError, match="run make bench again"):
        report.read(file)


def test_the_record_has_the_columns_of_the_catalogue() -> None:
    columns = catalogue.read(ROOT / "data").datasets["site_speed"].columns
    assert tuple(column.name for column in columns) == keep.COLUMNS
    one = Measure("start", "chart", "site", "first", 0, "ms", 1.23456, 1, 2, 3, goal=3000.0)
    taken = {"date": "2026-11-25", "machine": "m", "system": "s", "browser": "b", "load": "0.5"}
    (row,) = keep.rows([one], taken)
    assert tuple(row) == keep.COLUMNS
    assert (row["machine"], row["median"], row["goal"]) == ("m, s", 1.235, 3000.0)
