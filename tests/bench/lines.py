"""From navigation to a first output over lines of several speeds, here and on the plain page."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Playwright

from bench import other_site, plain
from bench.page import Tab, fresh
from bench.record import Sample
from browser.server import Line, PagesServer


@dataclass(frozen=True)
class Speed:
    """A line: seconds until an answer begins, and megabits in a second."""

    latency_s: float
    mbit_per_s: float


LINES = {
    "no line": None,
    "100 Mbit/s": Speed(0.01, 100),
    "20 Mbit/s": Speed(0.04, 20),
    "4G": Speed(0.17, 9),
}
"""`no line`: from the same machine, at once."""

PROGRAMS = {
    "print": (other_site.PRINT, other_site.PRINT_CELL),
    "chart": (other_site.START, other_site.CELL),
}
"""What is run, and where on the bench's own site."""


def measure(playwright: Playwright, site: PagesServer, other: PagesServer) -> list[Sample]:
    """Time a first visit over each line, here and there by turns; without one, printing too."""
    found = []
    for name, speed in LINES.items():
        for program in PROGRAMS if speed is None else ["chart"]:
            for server in (site, other):
                if speed:
                    bytes_per_s = speed.mbit_per_s * 1e6 / 8
                    server.line = Line(speed.latency_s, bytes_per_s, left=float("inf"))
                ms = _visit(playwright, server, program, is_plain=server is other)
                server.line = None
                place = "plain" if server is other else "site"
                found.append(Sample("navigation", program, place, "ms", ms, name))
    return found


def _visit(playwright: Playwright, server: PagesServer, program: str, *, is_plain: bool) -> float:
    with fresh(playwright) as context:
        if is_plain:
            return plain.opened(context, server, program)[2]
        page, cell = PROGRAMS[program]
        tab = Tab(context, server)
        tab.reader.open(f"{page}/")
        _, end = tab.run(cell)
        return end - float(tab.page.evaluate("performance.timeOrigin"))
