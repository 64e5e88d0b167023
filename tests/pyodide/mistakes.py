"""Mistakes that readers make with Polars, which must be told natively and in the browser alike.

This file is sent to Pyodide as text: it imports no module of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

FRAME = pl.DataFrame(
    {
        "package": ["flask", "django"],
        "month": [date(2025, 1, 1), date(2025, 2, 1)],
        "downloads": [110, 25],
        "share": [0.35, 0.08],
    }
)
NUMBERS: Any = [1, "b"]

MISTAKES: dict[str, Callable[[], object]] = {
    "select a column that is not there": lambda: FRAME.select("donwloads"),
    "filter by one": lambda: FRAME.lazy().filter(pl.col("year") > 1).collect(),
    "sort by one": lambda: FRAME.sort("year"),
    "group by one": lambda: FRAME.group_by("year").agg(pl.len()),
    "take one": lambda: FRAME["year"],
    "drop one": lambda: FRAME.drop("year"),
    "rename one": lambda: FRAME.rename({"year": "years"}),
    "join on one": lambda: FRAME.join(FRAME, on="year"),
    "rank over one": lambda: FRAME.select(pl.col("share").rank().over("year")),
    "pivot by one": lambda: FRAME.pivot("year", index="package", values="share"),
    "compare text with a number": lambda: FRAME.filter(pl.col("package") > 5),
    "add text to a number": lambda: FRAME.select(pl.col("package") + pl.col("downloads")),
    "compare a date with text": lambda: FRAME.filter(pl.col("month") > "2025"),
    "cast text to a number": lambda: FRAME.select(pl.col("package").cast(pl.Int64)),
    "read text as a date": lambda: FRAME.select(pl.col("package").str.to_date("%Y-%m")),
    "take the length of a number": lambda: FRAME.select(pl.col("downloads").str.len_chars()),
    "take the year of a number": lambda: FRAME.select(pl.col("downloads").dt.year()),
    "name two columns alike": lambda: FRAME.select("share", pl.col("month").alias("share")),
    "make columns of two lengths": lambda: pl.DataFrame({"a": [1, 2, 3], "b": [1, 2]}),
    "add a column of another length": lambda: FRAME.with_columns(pl.Series("a", [1, 2, 3])),
    "mix types in a column": lambda: pl.DataFrame({"a": NUMBERS}),
    "take a value behind the end": lambda: FRAME["downloads"][9],
    "take a row behind the end": lambda: FRAME.row(7),
    "take an item behind the end": lambda: FRAME.item(0, 9),
    "take the item of a table": lambda: FRAME.item(),
    "join on two types": lambda: FRAME.join(FRAME.select(package="downloads"), on="package"),
    "stack tables of two widths": lambda: pl.concat([FRAME, FRAME.select("package")]),
    "stack tables of two types": lambda: pl.concat([FRAME, FRAME.cast({"share": pl.String})]),
    "explode text": lambda: FRAME.explode("package"),
    "use `and`": lambda: FRAME.filter(pl.col("share") > 0 and pl.col("share") < 1),
    "write half a pattern": lambda: FRAME.filter(pl.col("package").str.contains("(")),
    "fail in a function": lambda: FRAME.select(
        pl.col("package").map_elements(lambda _: 1 / 0, return_dtype=pl.Int64)
    ),
    "ask SQL for a column that is not there": lambda: FRAME.sql("SELECT year FROM self"),
    "ask SQL for a table that is not there": lambda: FRAME.sql("SELECT 1 FROM absent"),
    "write SQL wrong": lambda: FRAME.sql("SELCT 1 FROM self"),
    "read a file that is not there": lambda: pl.read_parquet("absent.parquet"),
    "scan a file that is not there": lambda: pl.scan_parquet("absent.parquet").collect(),
    "read a text file that is not there": lambda: pl.read_csv("absent.csv"),
    "read what is not Parquet": lambda: pl.read_parquet(b"PAR1 and no more"),
    "read text as numbers": lambda: pl.read_csv(b"a\n1\nb\n", schema={"a": pl.Int64}),
    "read an empty file": lambda: pl.read_csv(b""),
    "read half a JSON": lambda: pl.read_json(b"{"),
}


def told(mistake: str) -> list[str]:
    """Make a mistake; return the error's name and its first line, without the system's numbers."""
    try:
        MISTAKES[mistake]()
    except Exception as error:
        line = str(error).partition("\n")[0]
        return [type(error).__name__, re.sub(r"os error \d+", "os error", line)]
    raise AssertionError(mistake)
