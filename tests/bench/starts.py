"""A start stage by stage: the program that the plain page runs too, as a cell of the engine's."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from bench import other_site, stages
from bench.page import Tab
from bench.record import Sample
from browser.server import PagesServer

CELL = other_site.CELL


def measure(context: BrowserContext, server: PagesServer) -> list[Sample]:
    """Time Run to a drawn chart, on a first visit and on one that starts from the kept memory."""
    first, found = _visit(context, server, "first")
    first.reader.await_memory()
    first.close()
    again, more = _visit(context, server, "return")
    assert again.reader.bar.get_attribute("data-start") == "memory"
    again.close()
    return found + more


def _visit(context: BrowserContext, server: PagesServer, visit: str) -> tuple[Tab, list[Sample]]:
    tab = Tab(context, server)
    tab.reader.open(f"{other_site.START}/")
    tab.page.locator(".chart-live svg").first.wait_for()
    tab.page.wait_for_timeout(500)
    begin, end = tab.run(CELL)
    spans, ended = stages.in_worker(stages.worker_of(tab.page))
    printed = tab.reader.outputs(tab.reader.cell(CELL)).inner_text()
    own = stages.of_program(stages.printed_stamps(printed), ended)
    shares = stages.waited([*spans, *own, stages.Span("draw", ended, end)], begin, end)
    found = [Sample("start", "chart", "site", "ms", end - begin, visit)]
    found += [Sample("stage", stage, "site", "ms", ms, visit) for stage, ms in shares.items()]
    return tab, found
