"""Where the time from Run to a chart goes, stage by stage, on any page whose worker marks them.

The worker marks its stages in the browser's timeline (worker/marks.js), the browser itself notes
each fetch there, and the cell's own program (start.txt) tells when its steps ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Page, Worker

STAGES = (
    "fetch",
    "compile",
    "unpack",
    "core",
    "imports",
    "data",
    "query",
    "spec",
    "draw",
)
"""From first to last. Where several run at once the time belongs to the last of them: a fetch
behind a compile costs the reader nothing."""

OTHER = "other"
"""The start of the worker, messages, everything that no stage covers."""

NOW_COMPILE = "compile-now"
"""A compilation for which Python stands still, in the middle of another stage."""

TIMELINE = """() => {
  const spans = (kind) => performance.getEntriesByType(kind).map((entry) => [
    entry.name,
    performance.timeOrigin + entry.startTime,
    performance.timeOrigin + (entry.responseEnd ?? entry.startTime + entry.duration),
  ]);
  return {marks: spans("measure"), fetches: spans("resource")};
}"""


class Span(NamedTuple):
    """A stage under way; milliseconds of the epoch."""

    stage: str
    start: float
    end: float


def waited(spans: Iterable[Span], begin: float, end: float) -> dict[str, float]:
    """Share the time from `begin` to `end` out among the stages.

    Returns:
        Milliseconds of each stage and of `other`; their sum is the whole.
    """
    order = [*STAGES, NOW_COMPILE]
    inside = [
        Span(stage, max(start, begin), min(until, end))
        for stage, start, until in spans
        if until > begin and start < end
    ]
    borders = sorted({begin, end, *(time for span in inside for time in span[1:])})
    shares = dict.fromkeys([*STAGES, OTHER], 0.0)
    for start, until in pairwise(borders):
        running = [span.stage for span in inside if span.start <= start and until <= span.end]
        stage = max(running, key=order.index, default=OTHER)
        shares["compile" if stage == NOW_COMPILE else stage] += until - start
    return shares


def of_program(stamps: Sequence[float], ended: float) -> list[Span]:
    """Read the stamps of start.txt, seconds of the epoch; its chart was ready at `ended`, in ms."""
    times = [stamp * 1000 for stamp in stamps]
    ends = [*times[1:], ended]
    names = ("imports", "data", "query", "spec")
    return [Span(*one) for one in zip(names, times, ends, strict=True)]


def printed_stamps(text: str) -> list[float]:
    """Find in a cell's output what start.txt has printed."""
    found = re.search(r"\[(\d+\.\d+(?:, \d+\.\d+)*)\]", text)
    assert found, text
    return [float(stamp) for stamp in found[1].split(", ")]


def worker_of(page: Page) -> Worker:
    """Give the worker in which a cell has run; others make snapshots or wait."""
    script = "performance.getEntriesByName('livecells:run').length"
    return next(worker for worker in page.workers if worker.evaluate(script))


def in_worker(worker: Worker) -> tuple[list[Span], float]:
    """Read a worker's timeline.

    Returns:
        Its stages and fetches, and when its first cell had ended (ms of the epoch).
    """
    timeline = worker.evaluate(TIMELINE)
    marks = [
        Span(name.removeprefix("livecells:"), start, end) for name, start, end in timeline["marks"]
    ]
    ended = next(span.end for span in marks if span.stage == "run")
    known = [span for span in marks if span.stage in (*STAGES, NOW_COMPILE)]
    return [*known, *(Span("fetch", *span[1:]) for span in timeline["fetches"])], ended
