"""What Linux tells of the browser's processes, and what it can do to them."""

from __future__ import annotations

import os
import re
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser

PROC = Path("/proc")

MOMENT_S = 0.01
"""That a slowed process may run at a time."""


def status(pid: int, name: str) -> int:
    """A number of /proc/PID/status, sizes in kB; 0 without /proc, or when the process has ended."""
    try:
        text = (PROC / str(pid) / "status").read_text()
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+)", text, re.M)
    return int(found[1]) if found else 0


def renderers(browser: Browser) -> list[int]:
    """The processes of a Chromium's tabs."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return [process["id"] for process in found if process["type"] == "renderer"]


@contextmanager
def slowed(pids: list[int], times: int) -> Iterator[None]:
    """Let processes, with all their threads, run only a part of the time.

    Chromium's own way (`Emulation.setCPUThrottlingRate`) does not reach workers.
    """
    ended = threading.Event()

    def hold_up() -> None:
        while not ended.is_set():
            _tell(pids, signal.SIGSTOP)
            ended.wait(MOMENT_S * (times - 1))
            _tell(pids, signal.SIGCONT)
            ended.wait(MOMENT_S)

    thread = threading.Thread(target=hold_up)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        _tell(pids, signal.SIGCONT)


def _tell(pids: list[int], word: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, word)


def leave_memory(pids: list[int], megabytes: float) -> None:
    """Let processes take so much memory more than they have; infinity lets them take all."""
    for pid in pids:
        most = (status(pid, "VmData") << 10) + megabytes * 2**20
        soft = resource.RLIM_INFINITY if megabytes == float("inf") else int(most)
        resource.prlimit(pid, resource.RLIMIT_DATA, (soft, resource.RLIM_INFINITY))


def kill(profile: Path) -> None:
    """Kill the Chromium that has this profile; it is one that this test started."""
    for process in PROC.iterdir():
        if not process.name.isdigit():
            continue
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words and b"--type=renderer" not in words:
            os.kill(int(process.name), signal.SIGKILL)
