"""Text whose length in bytes Polars does not know beforehand, and what is done with such text.

This file is sent to Pyodide as text: it imports no module of ours, and `result` gives JSON.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

# Short ones lie in the column itself, from 13 bytes on they lie in a buffer beside it.
TEXTS = ["x,y", "z", "", "numpy,pandas,polars,a name of some length", "ü,ö,😀", "b1,c22", "ab" * 99]

ORIGINS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "as made": lambda table: table,
    "filter": lambda table: table.filter(pl.col("n") != 1),
    "filter to nothing": lambda table: table.filter(pl.col("n") < 0),
    "sort": lambda table: table.sort("a", descending=True),
    "sort by another": lambda table: table.sort("n", descending=True),
    "gather": lambda table: table.select(pl.all().gather([3, 0, 0, 4, 1])),
    "take rows": lambda table: table[[6, 2, 3]],
    "slice": lambda table: table.slice(1, 4),
    "slice of a filter": lambda table: table.filter(pl.col("n") != 1).slice(1, 3),
    "concat": lambda table: pl.concat([table.slice(0, 3), table.filter(pl.col("n") > 3)]),
    "concat in one": lambda table: pl.concat(
        [table.slice(0, 3), table.filter(pl.col("n") > 3)], rechunk=True
    ),
    "reverse": lambda table: table.reverse(),
    "unique": lambda table: table.vstack(table).unique(maintain_order=True),
    "join": lambda table: table.join(table.filter(pl.col("n") > 2).select("n"), on="n"),
    "left join": lambda table: table.join(table.filter(pl.col("n") > 2), on="n", how="left").select(
        "n", a=pl.col("a_right"), lists=pl.col("lists_right")
    ),
    "group": lambda table: table.group_by("n", maintain_order=True).agg(
        pl.col("a").last(), pl.col("lists").last()
    ),
    "explode": lambda table: (
        table.select("n", "lists", a=pl.col("lists"))
        .filter(pl.col("lists").list.len() > 0)
        .explode("a")
    ),
    "when": lambda table: table.with_columns(pl.when(pl.col("n") > 2).then("a").alias("a")),
    "shift": lambda table: table.with_columns(pl.col("a").shift(2)),
    "Parquet with a filter": lambda table: (
        pl.scan_parquet(io.BytesIO(parquet(table))).filter(pl.col("n") > 2).collect()
    ),
}

OPERATIONS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "split": lambda table: table.with_columns(pl.col("a").str.split(",")),
    "split inclusive": lambda table: table.with_columns(pl.col("a").str.split(",", inclusive=True)),
    "split into letters": lambda table: table.with_columns(pl.col("a").str.split("")),
    "split by a column": lambda table: table.with_columns(
        pl.col("a").str.split(pl.col("a").str.slice(1, 1))
    ),
    "split exact": lambda table: table.with_columns(pl.col("a").str.split_exact(",", 2)),
    "splitn": lambda table: table.with_columns(pl.col("a").str.splitn(",", 2)),
    "extract_all": lambda table: table.with_columns(pl.col("a").str.extract_all("[a-z]+")),
    "extract_all by a column": lambda table: table.with_columns(
        pl.col("a").str.extract_all(pl.col("a").str.slice(0, 1))
    ),
    "join": lambda table: table.select(pl.col("a").str.join("-")),
    "join with nulls": lambda table: table.select(pl.col("a").str.join("-", ignore_nulls=False)),
    "split_part": lambda table: table.sql("SELECT n, split_part(a, ',', 2) AS a FROM self"),
    "string_to_array": lambda table: table.sql("SELECT n, string_to_array(a, ',') AS a FROM self"),
    "replace": lambda table: table.with_columns(pl.col("a").str.replace_all(",", ", and ")),
    "concat_str": lambda table: table.select(
        pl.concat_str(pl.col("a"), pl.col("n"), separator=":")
    ),
    "JSON": lambda table: table.select(
        pl.format('{"k":"{}"}', "a").str.json_decode(pl.Struct({"k": pl.String}))
    ),
    "bytes": lambda table: table.select(pl.col("a").cast(pl.Binary).bin.encode("hex")),
    "categories": lambda table: table.with_columns(pl.col("a").cast(pl.Categorical)),
    "lists joined": lambda table: table.with_columns(pl.col("lists").list.join("|")),
    "lists concatenated": lambda table: table.with_columns(
        pl.col("lists").list.concat(pl.col("a").str.split(","))
    ),
    "lists evaluated": lambda table: table.with_columns(
        pl.col("lists").list.eval(pl.element().str.split("a").list.first())
    ),
    "Parquet": lambda table: pl.read_parquet(io.BytesIO(parquet(table))),
    "IPC": lambda table: pl.read_ipc(table.write_ipc(None)),
    "sort by both": lambda table: table.select("n", "a").sort("a", "n", nulls_last=True),
    "size": lambda table: pl.DataFrame({"size": [table["a"].estimated_size()]}),
}


def parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    return buffer.getvalue()


def table_of_text(nulls: list[int]) -> pl.DataFrame:
    texts = [None if n in nulls else text for n, text in enumerate(TEXTS)]
    lists = [[], ["a"], ["b", None], None, TEXTS, ["ca", "da"], TEXTS[3:5]]
    return pl.DataFrame({"n": range(len(texts)), "a": texts, "lists": lists})


def result(origin: str, nulls: list[int]) -> Any:
    """Give schema and rows of every operation on the text of this origin."""
    table = ORIGINS[origin](table_of_text(nulls))
    results: dict[str, Any] = {}
    for name, operation in OPERATIONS.items():
        try:
            found = operation(table)
            schema = {column: str(dtype) for column, dtype in found.schema.items()}
            results[name] = [schema, json.loads(found.write_json())]
        except pl.exceptions.PanicException as error:  # one panic should not hide the others
            results[name] = [str(error)]
    return results
