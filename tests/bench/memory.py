"""How much memory a tab takes.

`performance.measureUserAgentSpecificMemory` needs an isolated page, which the site is not, and the
heap that DevTools tell leaves WebAssembly out. So two figures: the resident memory of the tab's
process from /proc, workers included (Linux only), which is what a reader's machine has to have; the
page's own JavaScript heap. What Python itself has is asked of its worker (reading.py, plain.py).
"""

from __future__ import annotations

import time
from pathlib import Path

from bench import bare
from bench.page import RUN
from bench.record import Sample
from browser.processes import PROC, status
from browser.reader import KEPT_FILES
from browser.server import PagesServer

CHAPTER = "frameworks/modern-web/"
CELL = "web-claimed-and-counted"
MANY = 20

SETTLING_S = 0.5
"""By then the browser has freed what only the start needed, and does nothing ahead yet."""

IS_KEPT = f"({KEPT_FILES})().then((kept) => Object.keys(kept).some((one) => one.endsWith('.json')))"

MB = 1e6


def measure(site: PagesServer, plain: PagesServer) -> list[Sample]:
    """Measure the plain page, a chapter's first chart, many runs, and a return."""
    with bare.browser() as browser:
        tab = browser.open(f"{plain.url}plain.html?program=chart")
        tab.wait_for("Boolean(window.told)")
        found = _of_tab(tab, "plain", "first chart")
    with bare.browser() as browser:
        tab = _chapter(browser, site)
        _run(tab)
        found += _of_tab(tab, "site", "first chart")
        for _ in range(MANY):
            _run(tab)
        found += _of_tab(tab, "site", f"{MANY} runs")
        tab.wait_for(IS_KEPT)
        tab.close()
        tab = _chapter(browser, site)
        _run(tab)
        return found + _of_tab(tab, "site", "first chart, return")


def _chapter(browser: bare.Browser, site: PagesServer) -> bare.Tab:
    tab = browser.open(f"{site.url}{CHAPTER}")
    tab.wait_for(f"Boolean(document.getElementById('{CELL}')?.run)")
    tab.evaluate("document.querySelector('figure.chart').scrollIntoView()")
    tab.wait_for("Boolean(document.querySelector('.chart-live svg'))")
    time.sleep(SETTLING_S)
    return tab


def _run(tab: bare.Tab) -> None:
    state = tab.evaluate(f"({RUN})(['{CELL}'])")[-1]
    assert state == "ok", state


def _of_tab(tab: bare.Tab, where: str, when: str) -> list[Sample]:
    time.sleep(SETTLING_S)
    found = {"page's JavaScript": tab.call("Runtime.getHeapUsage")["usedSize"] / MB}
    if (size := tab_bytes(tab.browser.profile)) is not None:
        found["tab"] = size / MB
    return [Sample("memory", what, where, "MB", size, when) for what, size in found.items()]


def tab_bytes(profile: Path) -> int | None:
    """Resident bytes of the largest renderer of the browser with this profile; nothing elsewhere.

    A browser keeps a small spare renderer beside the tab's own.
    """
    if not (PROC / "self/status").exists():
        return None
    commands = _commands()
    roots = {
        pid
        for pid, command in commands.items()
        if f"--user-data-dir={profile}" in command and "--type=" not in command
    }
    renderers = [pid for pid, command in commands.items() if "--type=renderer" in command]
    sizes = [status(pid, "VmRSS") * 1024 for pid in renderers if _descends(pid, roots)]
    return max(sizes, default=None)


def _commands() -> dict[int, str]:
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                raw = (folder / "cmdline").read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            found[int(folder.name)] = raw.replace(b"\0", b" ").decode(errors="replace")
    return found


def _descends(pid: int, roots: set[int]) -> bool:
    while pid > 1:
        if pid in roots:
            return True
        pid = status(pid, "PPid")
    return False
