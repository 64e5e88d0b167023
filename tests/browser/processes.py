"""What Linux tells of processes, and the end of one: the browser's."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

PROC = Path("/proc")


def status(pid: int, name: str) -> int:
    """A number of /proc/PID/status, sizes in kB; 0 without /proc, or when the process has ended."""
    try:
        text = (PROC / str(pid) / "status").read_text()
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+)", text, re.M)
    return int(found[1]) if found else 0


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
