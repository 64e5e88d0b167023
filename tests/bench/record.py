"""What the bench measures, as rows: samples of single runs, and measures that sum them up."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Sample:
    """One value of one run.

    Attributes:
        topic: What it is about: `start`, `stage`, `bytes`, `memory`, ...
        what: The thing measured, within the topic.
        where: Whose it is: `site`, `plain` (the plain page), `native` or `native, one thread`.
        unit: `ms`, `s`, `kB`, `MB`, `tasks`, `shift` or `times`.
        value: The value.
        when: The visit or the moment; empty where there is only one.
        size: Rows or cells where it grows with them; else 0.
    """

    topic: str
    what: str
    where: str
    unit: str
    value: float
    when: str = ""
    size: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What is the same in all runs."""
        return self.topic, self.what, self.where, self.when, self.size


@dataclass(frozen=True)
class Measure:
    """All samples of one thing: median, extremes, and the goal where there is one."""

    topic: str
    what: str
    where: str
    when: str
    size: int
    unit: str
    median: float
    low: float
    high: float
    n: int
    goal: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the median keeps to the goal; nothing without a goal."""
        return None if self.goal is None else self.median <= self.goal

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """As that of its samples."""
        return self.topic, self.what, self.where, self.when, self.size


def summed_up(samples: Iterable[Sample]) -> list[Measure]:
    """Give each thing its median, in the order in which things were first measured."""
    found: dict[tuple[str, str, str, str, int], list[Sample]] = {}
    for sample in samples:
        found.setdefault(sample.key, []).append(sample)
    return [_summed(same) for same in found.values()]


def _summed(same: list[Sample]) -> Measure:
    values = [sample.value for sample in same]
    one = same[0]
    return Measure(
        one.topic,
        one.what,
        one.where,
        one.when,
        one.size,
        one.unit,
        statistics.median(values),
        min(values),
        max(values),
        len(values),
    )


def against(
    measures: Iterable[Measure], *, topics: Iterable[str], base: str = "plain", of: str = "site"
) -> list[Measure]:
    """Divide what was measured in two places.

    Args:
        measures: All of them.
        topics: Only these.
        base: The place to divide by.
        of: The place divided.

    Returns:
        One measure a pair, `where` naming both, with the ratio of the medians; `low` and `high`
        are the least and the greatest that the extremes allow. No ratio to what may be zero.
    """
    known = {measure.key: measure for measure in measures}
    found = []
    for one in known.values():
        other = known.get(replace(one, where=base).key)
        if one.topic not in topics or one.where != of or other is None or other.low <= 0:
            continue
        ratio = replace(
            one,
            where=f"{of} / {base}",
            unit="times",
            median=one.median / other.median,
            low=one.low / other.high,
            high=one.high / other.low,
            n=min(one.n, other.n),
        )
        found.append(ratio)
    return found
