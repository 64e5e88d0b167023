"""How much memory a tab takes.

`performance.measureUserAgentSpecificMemory` needs an isolated page, which the site is not, and the
heap that DevTools tell leaves WebAssembly out. So three figures: the resident memory of the tab's
process from /proc, workers included (Linux only), which is what a reader's machine has to have; the
size of Python's WebAssembly memory, asked of the worker's Python; the page's own JavaScript heap.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from bench.record import Sample
from browser.processes import PROC, status

ASK = "import pyodide_js\nprint(pyodide_js._module.HEAPU8.length)"
"""A cell that prints the size of Python's memory in bytes."""

MB = 1e6


def of_tab(
    page: Page, profile: Path, where: str, when: str, python_bytes: int | None = None
) -> list[Sample]:
    """Measure the tab of a browser that has no other.

    Args:
        page: The tab.
        profile: Folder of the browser's profile, which names its processes.
        where: Whose page it is.
        when: After what.
        python_bytes: Size of Python's memory, where it was asked.
    """
    session = page.context.new_cdp_session(page)
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    found = {"page's JavaScript": heap / MB}
    if python_bytes is not None:
        found["Python"] = python_bytes / MB
    if (tab := tab_bytes(profile)) is not None:
        found["tab"] = tab / MB
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
