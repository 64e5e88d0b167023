"""What must be reached; medians are held against it. From the project's budgets.

Goals in seconds and milliseconds are for a machine that runs the loop of bench/machine.py in
`LOOP_MS`; on another they scale with what it takes there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bench.machine import LOOP_MS
from bench.record import Measure

RATIO = "site / plain"

GOALS: dict[tuple[str, str, str, str], float] = {
    # (topic, what, where, when): goal in the measure's own unit
    ("page", "largest paint", "site", ""): 1000,
    ("page", "weight", "site", ""): 600,
    ("page", "files of Python", "site", ""): 0,
    ("page", "layout shift", "site", ""): 0,
    ("chapter", "chart", "site", "first"): 3000,
    ("chapter", "chart", "site", "return"): 1000,
    ("start", "chart", RATIO, "first"): 0.38,
    ("start", "chart", RATIO, "return"): 0.17,
    ("navigation", "chart", RATIO, "20 Mbit/s"): 0.5,
    ("navigation", "print", RATIO, "no line"): 0.7,
    ("bytes", "to a first chart", "site", "first"): 9.6,
    ("bytes", "whole visit", "site", "first"): 14,
    ("memory", "tab", RATIO, "first chart"): 1,
    ("memory", "tab", "site", "20 runs"): 478,  # 0.8 of 8dfd5ab
    ("edit", "chart", "site", ""): 150,
    ("edit", "chart of the long list", "site", ""): 500,
    ("stop", "heard", "site", ""): 200,
    ("stop", "unheard", "site", ""): 1500,
    ("main thread", "longest task", "site", "the page loads"): 100,
    ("main thread", "longest task", "site", "Python starts"): 50,
    ("main thread", "longest task", "site", "Python is restored"): 50,
    ("main thread", "longest task", "site", "20 runs"): 50,
    ("build", "cold", "site", ""): 60,
    ("build", "edited page", "site", ""): 5,
}


def with_goals(measures: Iterable[Measure]) -> list[Measure]:
    """Add the goal to each measure that has one, those of time as this machine is."""
    measures = list(measures)
    loop = [one.median for one in measures if one.key[:3] == ("machine", "loop", "site")]
    slowness = loop[0] / LOOP_MS if loop else 1
    return [replace(one, goal=_goal(one, slowness)) for one in measures]


def _goal(one: Measure, slowness: float) -> float | None:
    goal = GOALS.get(one.key[:4])
    return goal * slowness if goal and one.unit in {"ms", "s"} else goal
