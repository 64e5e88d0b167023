"""All sources, in the order they are asked."""

from trends.datasets.refresh import (
    benchmarks,
    by_hand,
    calendars,
    peps,
    pypl,
    runtimes,
    top_packages,
    version_downloads,
)
from trends.datasets.refresh.source import Source

ALL: tuple[Source, ...] = (
    top_packages.SOURCE,
    version_downloads.SOURCE,
    pypl.SOURCE,
    calendars.PRODUCTS_SOURCE,
    calendars.VERSIONS_SOURCE,
    peps.SOURCE,
    benchmarks.TIMES_SOURCE,
    benchmarks.PUSHERS_SOURCE,
    runtimes.SOURCE,
    *by_hand.SOURCES,
)
