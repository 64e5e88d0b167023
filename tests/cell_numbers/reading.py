"""Reads numbers out of what the cells of a page have defined."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

M = 1e6
JULY = date(2025, 7, 1)
MARCH = date(2026, 3, 1)
Names = dict[str, Any]
Row = list[Any]
Reader = Callable[[Names], list[Row]]
"""Reads one cell's namespace; gives the numbers of each row of the table, in its order."""


def cell_of(frame: pl.DataFrame, column: str, **where: object) -> Any:
    rows = frame.filter(**where)
    assert rows.height == 1, (where, rows)
    return rows[column][0]


def count(v: Names, package: str, month: date = JULY, frame: str = "monthly") -> float:
    return float(cell_of(v[frame], "downloads_30d", package=package, month=month)) / M


def rank(v: Names, package: str, month: date = JULY, frame: str = "monthly") -> int:
    return int(cell_of(v[frame], "rank", package=package, month=month))


def growth(v: Names, package: str, frame: str = "monthly") -> float:
    return count(v, package, JULY, frame) / count(v, package, date(2023, 7, 1), frame)


def grown(v: Names, package: str) -> float:
    return float(cell_of(v["grown"], "growth", package=package))


def index(v: Names, package: str) -> float:
    return float(cell_of(v["index"], "index", package=package, month=JULY))


def month_text(day: date) -> str:
    return f"{day:%Y-%m}"


def verdicts(v: Names) -> list[Row]:
    found = dict(v["ledger"].group_by("verdict").len().rows())
    kinds = ("supported", "partly", "contradicted", "untestable")
    return [[len(v["ledger"])], *([found.get(kind, 0)] for kind in kinds)]
