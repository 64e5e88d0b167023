"""Real queries over the site's own data, timed in the Python that runs this very text.

The page's worker gets it as a cell, CPython as a script: nothing but the standard library and
Polars.
"""

import json
import time
from collections.abc import Callable

import polars as pl

REPEATS = 5
LISTED = "data/pypi_top_packages.parquet"


def queries() -> dict[str, Callable[[], object]]:
    """Give each query its name; tables that are not scanned are read before the clock runs."""
    listed = pl.read_parquet(LISTED)
    tracked = pl.read_parquet("data/pypi_monthly_downloads.parquet")
    wanted = ["fastapi", "django", "flask", "polars"]
    monthly = "SELECT month, SUM(downloads_30d) AS downloads FROM listed GROUP BY month"
    rank = pl.col("downloads_30d").rank(descending=True).over("month")
    return {
        "filter while reading": lambda: (
            pl.scan_parquet(LISTED).filter(pl.col("package").is_in(wanted)).collect()
        ),
        "group and sum": lambda: listed.group_by("package").agg(pl.sum("downloads_30d")),
        "join": lambda: tracked.join(listed, on=["package", "month"], how="inner"),
        "sort": lambda: listed.sort("downloads_30d", descending=True),
        "rank within months": lambda: listed.select(rank),
        "search in names": lambda: listed.filter(pl.col("package").str.contains("^(flask|dj).*-")),
        "SQL": lambda: pl.SQLContext(listed=listed).execute(monthly, eager=True),
    }


def measure() -> dict[str, list[float]]:
    """Run each query; milliseconds of each repetition after one that warms up."""
    found = {}
    for name, query in queries().items():
        times = []
        for _ in range(REPEATS + 1):
            start = time.perf_counter()
            query()
            times.append((time.perf_counter() - start) * 1000)
        found[name] = times[1:]
    return found


print("measured", json.dumps(measure()))
