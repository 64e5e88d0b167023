"""How long the build takes, from nothing and after one page was edited."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure() -> dict[str, float]:
    """Build into a temporary folder with the cell results deleted, then again with them."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        results = Path(".cache/prerender")
        if results.exists():
            shutil.move(results, kept)
        try:
            cold = _build(Path(folder) / "site")
        finally:
            shutil.rmtree(results, ignore_errors=True)
            if kept.exists():
                shutil.move(kept, results)
        return {"build: cold, s": cold, "build: warm, s": _build(Path(folder) / "site")}


def _build(target: Path) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start
