"""The machine of a run: figures of two machines are not compared, only their ratios."""

from __future__ import annotations

import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Playwright

from bench.page import fresh
from bench.record import Sample
from browser import chromium

LOOP = """() => {
  const loop = (count) => {
    let sum = 0;
    for (let n = 0; n < count; n++) sum = (Math.imul(sum, 31) + n) | 0;
    return sum;
  };
  const times = Array.from({ length: 300 }, () => {
    const began = performance.now();
    loop(2e6);
    return performance.now() - began;
  });
  return 100 * Math.min(...times);
}"""
"""Arithmetic, which no cache and no line makes faster: 200 million steps, by the fastest of many
short calls. The first calls are compiled in haste and take five times as long."""

LOOP_MS = 250.0
"""What it takes on the machine for which budgets of time are stated (bench/goals.py)."""


def calibrate(playwright: Playwright) -> list[Sample]:
    """Time the loop in a page of its own."""
    with fresh(playwright) as context:
        ms = float(context.new_page().evaluate(LOOP))
    stated = Sample("machine", "loop", "stated", "ms", LOOP_MS)
    return [Sample("machine", "loop", "site", "ms", ms), stated]


def describe(playwright: Playwright) -> dict[str, str]:
    """Tell machine, system, browser and versions, in words."""
    browser = playwright.chromium.launch(
        executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
    )
    told = browser.version
    browser.close()
    pyodide = json.loads(Path("node_modules/pyodide/package.json").read_text())["version"]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": ", ".join(filter(None, [_cores(), _processor(), _memory()])),
        "system": f"{platform.system()} {platform.machine()}",
        "browser": f"Chromium {told}",
        "python": platform.python_version(),
        "pyodide": pyodide,
        "polars": version("polars"),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def _cores() -> str:
    allowed = getattr(os, "sched_getaffinity", None)  # Linux tells what a container may use
    return f"{len(allowed(0)) if allowed else os.cpu_count()} cores"


def _processor() -> str:
    """The processor's own name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", info.read_text(), re.M) if info.exists() else None
    return " ".join(found[1].split()) if found else platform.processor()


def _memory() -> str:
    info = Path("/proc/meminfo")
    found = re.search(r"^MemTotal:\s+(\d+)", info.read_text(), re.M) if info.exists() else None
    return f"{int(found[1]) / 2**20:.0f} GB of memory" if found else ""
