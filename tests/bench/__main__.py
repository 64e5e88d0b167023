"""`make bench`: how fast the built site is, and how that compares with a plain Pyodide page.

Prints a table and writes `.bench/bench.json`. Every time is a median; ratios are against the plain
page of the same run, because machines differ and are shared.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from bench import build, plain, reading
from browser import chromium
from browser.server import serve

SITE = Path("_site")
REPORT = Path(".bench/bench.json")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement")
    parser.add_argument("--skip-build", action="store_true", help="do not time the build")
    options = parser.parse_args()
    results = measure(options.runs)
    if not options.skip_build:
        results |= build.measure()
    report(results)


def measure(runs: int) -> dict[str, float]:
    """Time the site and the plain page by turns, so that both see the same machine."""
    found: dict[str, list[float]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        plain_site = plain.make(Path(folder))
        with serve(SITE) as site, serve(plain_site, "/") as other:
            for number in range(runs):
                print(f"run {number + 1} of {runs}", flush=True)
                with profile(playwright) as context:
                    results = plain.measure(context, other)
                with profile(playwright) as context:
                    results |= reading.measure(context, site)
                for name, value in results.items():
                    found.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in found.items()}


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """Open a browser with a fresh profile on disk: only it caches large files."""
    with tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium.find(),
            args=list(chromium.ARGUMENTS),
            viewport={"width": 1280, "height": 900},
        )
        yield context
        context.close()


GOALS = {
    "page: largest paint, ms": 1000,
    "page: weight, kB": 600,
    "page: Python before a click, kB": 0,
    "first visit: download, MB": 16,
    "edit to chart, ms": 150,
    "edit to chart over 661,000 rows, ms": 500,
    "build: cold, s": 60,
    "build: warm, s": 5,
}
"""From the project's budgets; those that depend on the plain page are told by the ratio."""


def report(results: dict[str, float]) -> None:
    """Print the table and write the JSON."""
    cold = results["plain page: first chart, cold, ms"]
    warm = results["plain page: first chart, warm, ms"]
    width = max(map(len, results))
    print(f"\n{'':{width}} {'median':>10} {'goal':>8} {'/ plain':>8}")
    for name, value in results.items():
        base = warm if "warm" in name or "return" in name else cold
        ratio = f"{value / base:8.2f}" if name.endswith("chart, ms") or "Run to" in name else ""
        goal = f"{GOALS[name]:8}" if name in GOALS else " " * 8
        print(f"{name:{width}} {value:10,.1f} {goal} {ratio}")
    REPORT.parent.mkdir(exist_ok=True)
    machine = {"machine": platform.machine(), "system": platform.system()}
    REPORT.write_text(json.dumps(machine | results, indent=2) + "\n")
    print(f"\nwritten to {REPORT}")


if __name__ == "__main__":
    main()
