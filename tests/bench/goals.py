"""What must be reached; medians are held against it. From the project's budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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
    ("start", "chart", RATIO, "first"): 0.6,
    ("start", "chart", RATIO, "return"): 0.2,
    ("bytes", "to a first chart", "site", "first"): 16,
    ("edit", "chart", "site", ""): 150,
    ("edit", "chart of the long list", "site", ""): 500,
    ("stop", "heard", "site", ""): 200,
    ("stop", "unheard", "site", ""): 1500,
    ("main thread", "longest task", "site", "Python starts"): 50,
    ("main thread", "longest task", "site", "Python is restored"): 50,
    ("main thread", "longest task", "site", "20 runs"): 50,
    ("build", "cold", "site", ""): 60,
    ("build", "edited page", "site", ""): 5,
}


def with_goals(measures: Iterable[Measure]) -> list[Measure]:
    """Add the goal to each measure that has one."""
    return [replace(one, goal=GOALS.get(one.key[:4])) for one in measures]
