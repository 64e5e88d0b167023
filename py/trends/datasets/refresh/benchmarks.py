"""Timings of data frame tools, and people pushing code to GitHub."""

import gzip
import io
from pathlib import Path

import polars as pl

from trends.datasets.refresh.source import Extracts, Source, as_text, old_extract
from trends.datasets.refresh.web import Get, github

TIMES = github("duckdblabs/db-benchmark", "time.csv.gz", ref="gh-pages")
PUSHERS = github("github/innovationgraph", "data/languages.csv")
TASKS = ("groupby", "join")
LARGEST = 25
KEY = ["task", "dataset", "question", "solution", "machine_type", "run"]


def fetch_times(get: Get, folder: Path) -> Extracts:
    """The newest timing of each solution, question, input, machine and run."""
    tools = old_extract(folder, "dataframe_benchmark")["solution"].unique()
    raw = pl.read_csv(io.BytesIO(gzip.decompress(get(TIMES))), infer_schema=False)
    day = pl.from_epoch(pl.col("timestamp").cast(pl.Float64).cast(pl.Int64)).dt.date()
    rows = raw.filter(
        pl.col("task").is_in(TASKS),
        pl.col("solution").is_in(tools.implode()),
        pl.col("time_sec").is_not_null(),
    ).select(
        "task",
        "question",
        "solution",
        "version",
        "run",
        dataset="data",
        rows=pl.col("in_rows").cast(pl.Float64).cast(pl.Int64),
        machine_type=pl.col("machine_type").fill_null("not stated"),
        seconds="time_sec",
        run_date=day,
    )
    newest = rows.sort("run_date", maintain_order=True).unique(KEY, keep="last")
    columns = old_extract(folder, "dataframe_benchmark").columns
    return {"dataframe_benchmark": as_text(newest.sort(KEY).select(columns))}


def fetch_pushers(get: Get, folder: Path) -> Extracts:  # noqa: ARG001 the file is whole
    """People pushing code, summed over economies, the 25 largest languages."""
    raw = pl.read_csv(io.BytesIO(get(PUSHERS)), infer_schema=False)
    people = pl.col("num_pushers").cast(pl.Int64)
    rows = (
        raw.with_columns(quarter=pl.format("{}-Q{}", "year", "quarter"))
        .group_by("quarter", "language")
        .agg(num_pushers_sum_over_economies=people.sum())
    )
    size = rows.group_by("language").agg(pl.col("num_pushers_sum_over_economies").sum())
    largest = size.top_k(LARGEST, by="num_pushers_sum_over_economies")["language"]
    kept = rows.filter(pl.col("language").is_in(largest.implode()))
    return {"github_pushers_by_language": as_text(kept.sort("quarter", "language"))}


TIMES_SOURCE = Source(
    name="Database-like ops benchmark",
    datasets=("dataframe_benchmark",),
    how="time.csv.gz on the branch gh-pages",
    fetch=fetch_times,
)
PUSHERS_SOURCE = Source(
    name="GitHub Innovation Graph",
    datasets=("github_pushers_by_language",),
    how="data/languages.csv",
    fetch=fetch_pushers,
)
