"""How long the build takes: from nothing, and under `make serve` after one page was edited."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from bench.record import Sample

RESULTS = Path(".cache/prerender")
PAGE = Path("site/about.md")
BUILT = "Documentation built"
"""What MkDocs says when it has."""


def measure() -> list[Sample]:
    """Build into a temporary folder with the cell results deleted, then serve and edit a page."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        if RESULTS.exists():
            shutil.move(RESULTS, kept)
        try:
            cold = _build(Path(folder) / "site")
        finally:
            if kept.exists():
                shutil.rmtree(RESULTS, ignore_errors=True)
                shutil.move(kept, RESULTS)
    return [
        Sample("build", "cold", "site", "s", cold),
        Sample("build", "edited page", "site", "s", _edited()),
    ]


def _build(target: Path) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _edited() -> float:
    """Serve as `make serve` does, touch a page and wait for the site to be built again."""
    address = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr
        try:
            _wait_for_build(serving.stderr)
            time.sleep(2)  # until it watches
            start = time.perf_counter()
            os.utime(PAGE)
            _wait_for_build(serving.stderr)
            return time.perf_counter() - start
        finally:
            serving.terminate()


def _wait_for_build(log: IO[str]) -> None:
    for line in log:
        if BUILT in line:
            return
    raise RuntimeError("mkdocs serve ended")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
