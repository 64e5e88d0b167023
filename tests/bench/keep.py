"""`make bench-keep`: the last report becomes the site's own record, data/sources/site_speed.csv.

The page "How fast" is made of it. Tables and the figures in prose are made anew by the Makefile.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from bench import report
from bench.record import Measure

RECORD = Path("data/sources/site_speed.csv")
DIGITS = 3
NEEDED = ("query", "rows", "cells", "build")
"""What a quick run leaves out; without it the page would lack charts."""


def main() -> int:
    """Write the record, or say why not."""
    measures, taken = report.read()
    if missing := sorted(set(NEEDED) - {one.topic for one in measures}):
        sys.stderr.write(f"bench-keep: the last run left out {missing}: run make bench\n")
        return 1
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(measures, taken))
    print(f"{len(measures)} measures of {taken['date']} -> {RECORD}")
    return 0


COLUMNS = (
    "date",
    "machine",
    "browser",
    "load",
    "topic",
    "what",
    "place",
    "moment",
    "size",
    "unit",
    "median",
    "low",
    "high",
    "n",
    "goal",
)


def rows(measures: Iterable[Measure], taken: dict[str, str]) -> list[dict[str, object]]:
    """Give each measure a row, with when and where it was taken; numbers rounded."""
    about = {
        "date": taken["date"],
        "machine": f"{taken['machine']}, {taken['system']}",
        "browser": taken["browser"],
        "load": taken["load"],
    }
    return [
        {
            **about,
            "topic": one.topic,
            "what": one.what,
            "place": one.where,
            "moment": one.when,
            "size": one.size,
            "unit": one.unit,
            "median": round(one.median, DIGITS),
            "low": round(one.low, DIGITS),
            "high": round(one.high, DIGITS),
            "n": one.n,
            "goal": "" if one.goal is None else one.goal,
        }
        for one in measures
    ]


if __name__ == "__main__":
    sys.exit(main())
