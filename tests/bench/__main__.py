"""`make bench`: how fast the built site is, and how that compares with a plain Pyodide page.

Prints a table and what became of each goal, and writes `.bench/bench.json`. Every figure is a
median; ratios are against the plain page of the same run, because machines differ and are shared.
`make bench-keep` makes the site's own record of it (bench/keep.py).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench import (
    against_native,
    build,
    goals,
    growth,
    lines,
    machine,
    memory,
    other_site,
    plain,
    reading,
    report,
    stand_ins,
    starts,
)
from bench.page import fresh
from bench.record import Sample, against, summed_up
from browser.server import SITE, PagesServer, serve

RUNS = 3


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each measurement")
    parser.add_argument("--quick", action="store_true", help="one run, no growth, no build")
    parser.add_argument("--skip-build", action="store_true", help="do not time the build")
    options = parser.parse_args()
    runs = 1 if options.quick else options.runs
    began = time.perf_counter()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        taken = machine.describe(playwright) | {"runs": str(runs)}
        samples = measure(playwright, Path(folder), runs, is_quick=options.quick)
    if not (options.quick or options.skip_build):
        _say("the build")
        samples += build.measure()
    measures = summed_up(samples)
    ratios = against(measures, topics=("start", "stage", "memory", "bytes", "navigation"))
    slower = against(measures, topics=("query",), base=against_native.ONE_THREAD)
    measures = goals.with_goals([*measures, *ratios, *slower])
    report.write(measures, taken)
    print(report.table([one for one in measures if one.unit != "times"], ratios))
    print(f"\n{report.goals(measures)}")
    print("\n" + "; ".join(f"{name} {told}" for name, told in taken.items()))
    print(f"{time.perf_counter() - began:.0f} s -> {report.FILE}")


def measure(playwright: Playwright, folder: Path, runs: int, *, is_quick: bool) -> list[Sample]:
    """Measure the pages by turns, so that all see the same machine; then what needs no turns."""
    _say("a site of the bench's own")
    own, yardstick = folder / "own", folder / "plain"
    own.mkdir()
    yardstick.mkdir()
    with (
        serve(SITE) as site,
        serve(other_site.make(own), "/") as engine,
        serve(plain.make(yardstick), "/") as other,
    ):
        samples: list[Sample] = []
        for number in range(runs):
            _say(f"visits, {number + 1} of {runs}")
            samples += machine.calibrate(playwright)
            samples += _visits(playwright, site, engine, other)
            samples += lines.measure(playwright, engine, other)
        samples += against_native.natively()
        if not is_quick:
            _say("growth")
            with fresh(playwright) as context:
                samples += growth.measure(context, engine, runs)
            _say("second parts, page by page")
            samples += stand_ins.measure(playwright, site)
    return samples


def _visits(
    playwright: Playwright, site: PagesServer, engine: PagesServer, other: PagesServer
) -> list[Sample]:
    with fresh(playwright) as context:
        found = plain.measure(context, other)
    with fresh(playwright) as context:
        found += starts.measure(context, engine)
    with fresh(playwright) as context:
        found += reading.measure(context, site)
    return found + memory.measure(site, other)


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    main()
