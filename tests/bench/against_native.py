"""How fast Polars answers in the page's worker, and how fast natively on the same machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.page import Tab
from bench.record import Sample

PROGRAM = Path(__file__).with_name("queries.py")
ONE_THREAD = "native, one thread"
"""As the browser has it; without a limit Polars uses all cores."""


def in_page(tab: Tab, cell: str) -> list[Sample]:
    """Run the queries as a cell."""
    return _samples(tab.run_text(cell, PROGRAM.read_text()), "site")


def natively() -> list[Sample]:
    """Run the queries in CPython, with all threads and with one."""
    found = []
    for where, threads in (("native", {}), (ONE_THREAD, {"POLARS_MAX_THREADS": "1"})):
        done = subprocess.run(
            [sys.executable, str(PROGRAM)],
            env=os.environ | threads,
            capture_output=True,
            text=True,
            check=True,
        )
        found += _samples(done.stdout, where)
    return found


def _samples(printed: str, where: str) -> list[Sample]:
    _, _, found = printed.partition("measured ")
    times, _ = json.JSONDecoder().raw_decode(found)
    return [
        Sample("query", name, where, "ms", ms) for name, values in times.items() for ms in values
    ]
