"""What holds for all tests: slow files first, and no example of Hypothesis is timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # machines are shared
settings.load_profile("untimed")

TESTS = Path(__file__).parent

SLOWEST_FIRST = (
    "site/test_same_bytes.py",
    "site/test_zensical.py",
    "browser/test_in_webkit.py",
    "browser/test_in_firefox.py",
    "browser/test_stranger.py",
    "browser/test_upgrades.py",
    "browser/test_reading.py",
    "browser/test_story.py",
    "browser/test_failures.py",
    "browser/test_faults.py",
    "browser/test_page_faults.py",
    "browser/test_memory.py",
    "browser/test_phone.py",
    "browser/test_offline.py",
    "browser/test_stop.py",
    "pyodide/test_polars_suite.py",
    "browser/test_hosts.py",
)
"""Files of tests that take long: were one of them begun last, the other cores would wait for it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow files first; `--no-loadscope-reorder` keeps the order (Makefile)."""
    rank = {TESTS / name: place for place, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
