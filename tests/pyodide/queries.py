"""Small jobs for Polars and Altair that must give the same natively and in the browser.

This file is sent to Pyodide as text: it imports no module of ours, and every function gives JSON.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

CSV = "name,year,stars\nflask,2010,68\nfastapi,2018,91\ndjango,2005,86\npyramid,,4\n"


def frame() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "package": ["flask", "fastapi", "django", "flask", "fastapi", "django"],
            "month": [date(2025, 1, 1)] * 3 + [date(2025, 2, 1)] * 3,
            "downloads": [110, 180, 25, 112, 201, None],
            "share": [0.35, 0.57, 0.08, 0.35, 0.63, 0.02],
        }
    )


def plain(result: pl.DataFrame) -> Any:
    """Give schema and rows; Polars writes numbers and dates itself."""
    schema = {name: str(dtype) for name, dtype in result.schema.items()}
    return [schema, json.loads(result.write_json())]


def csv() -> Any:
    return plain(pl.read_csv(io.StringIO(CSV)).sort("name"))


def csv_scan() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(CSV)
        return plain(pl.scan_csv(path).filter(pl.col("stars") > 50).select("name").collect())


def csv_written() -> Any:
    return frame().write_csv()


def parquet_by_path() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        frame().write_parquet(path, compression="zstd")
        return plain(pl.read_parquet(path, columns=["package", "share"]))


def parquet_from_bytes() -> Any:
    results = []
    for compression in ("uncompressed", "snappy", "gzip", "brotli", "lz4", "zstd"):
        buffer = io.BytesIO()
        frame().write_parquet(buffer, compression=compression)
        results.append(plain(pl.read_parquet(io.BytesIO(buffer.getvalue()))))
    return results


def parquet_scan_with_filter() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        numbers = pl.DataFrame({"n": range(10_000)}).with_columns(square=pl.col("n") ** 2)
        numbers.write_parquet(path, row_group_size=1_000)
        return plain(pl.scan_parquet(path).filter(pl.col("n") > 9_990).collect())


def parquet_glob() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            pl.DataFrame({"n": [number]}).write_parquet(Path(folder) / f"{number}.parquet")
        return plain(pl.scan_parquet(f"{folder}/*.parquet").collect().sort("n"))


def ipc() -> Any:
    buffer = io.BytesIO()
    frame().write_ipc(buffer)
    return plain(pl.read_ipc(io.BytesIO(buffer.getvalue())))


def ipc_stream() -> Any:
    buffer = io.BytesIO()
    frame().write_ipc_stream(buffer)
    return plain(pl.read_ipc_stream(io.BytesIO(buffer.getvalue())))


def ndjson() -> Any:
    text = frame().write_ndjson()
    return [text, plain(pl.read_ndjson(io.StringIO(text)))]


def json_text() -> Any:
    text = frame().write_json()
    return [text, plain(pl.read_json(io.StringIO(text)))]


def json_in_a_column() -> Any:
    column = pl.Series(['{"a": 1, "b": [2, 3]}', '{"a": 4, "b": []}'])
    paths = column.str.json_path_match("$.b[0]").to_list()
    return [column.str.json_decode().to_list(), paths]


def group_by() -> Any:
    result = frame().group_by("package").agg(pl.col("downloads").sum(), pl.col("share").mean())
    return plain(result.sort("package"))


def join() -> Any:
    first = pl.DataFrame({"package": ["flask", "fastapi"], "since": [2010, 2018]})
    inner = frame().join(first, on="package")
    left = frame().join(first, on="package", how="left")
    nearest = (
        frame()
        .sort("month")
        .join_asof(pl.DataFrame({"month": [date(2025, 1, 15)], "event": ["release"]}), on="month")
    )
    return [plain(part) for part in (inner, left, nearest)]


def window() -> Any:
    result = frame().with_columns(
        rank=pl.col("share").rank(descending=True).over("month"),
        growth=pl.col("downloads").pct_change().over("package"),
        running=pl.col("downloads").cum_sum().over("package"),
        smooth=pl.col("share").rolling_mean(2).over("package"),
    )
    return plain(result)


def pivot() -> Any:
    wide = frame().pivot("package", index="month", values="downloads")
    return [plain(wide), plain(wide.unpivot(index="month"))]


def date_ranges() -> Any:
    months = pl.date_range(date(2024, 1, 31), date(2025, 3, 1), "1mo", eager=True)
    hours = pl.datetime_range(
        pl.datetime(2025, 1, 1), pl.datetime(2025, 1, 2), timedelta(hours=7), eager=True
    )
    by_quarter = (
        pl.DataFrame({"day": pl.date_range(date(2025, 1, 1), date(2025, 6, 30), eager=True)})
        .group_by_dynamic("day", every="1q")
        .agg(pl.len())
    )
    return [*map(str, months), *map(str, hours), plain(by_quarter)]


def counts_beyond_32_bits() -> Any:
    table = pl.DataFrame({"a": ["x,y,z", "äöü", None], "lists": [[1, 2], [3], []]})
    table = table.with_columns(
        many=pl.lit(2**32, dtype=pl.Int64), step=pl.Series([10**12, -(10**12), 5])
    )
    text = pl.col("a").str
    ends = [text.head(2**32), text.head(-(2**32) - 1), text.tail(2**32), text.tail(-(2**32) - 1)]
    slices = [
        text.slice(0, 2**32),
        text.slice(1, 2**32),
        text.slice(-(2**32) - 1, 2**32),
        text.slice(2**32),
    ]
    lists = [
        pl.col("lists").list.slice(0, pl.col("many")),
        pl.col("lists").list.head(pl.col("many")),
    ]
    others = [
        text.replace(",", "", n=2**32, literal=True),
        pl.col("a").shift(2**32),
        pl.col("a").shift(-(2**32)),
    ]
    ranges = pl.int_ranges(0, pl.col("step") * 2 + 1, pl.col("step"))
    columns = [*ends, *slices, *lists, *others, ranges]
    found = table.select(column.alias(str(n)) for n, column in enumerate(columns))
    numbers = [(0, 10**11, 10**10), (10**11, 0, -(2**32)), (5, 6, 2**40), (6, 5, 2**40)]
    return [plain(found), [pl.int_range(*bounds, eager=True).to_list() for bounds in numbers]]


def sql() -> Any:
    query = "SELECT package, SUM(downloads) AS n FROM frame GROUP BY package ORDER BY n DESC"
    with pl.SQLContext(frame=frame(), eager=True) as context:
        return plain(context.execute(query))


def time_zones() -> Any:
    noon = pl.Series(["2025-07-01 12:00", "2025-12-01 12:00"]).str.to_datetime()
    utc = noon.dt.replace_time_zone("UTC")
    zones = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu")
    converted = [utc.dt.convert_time_zone(zone) for zone in zones]
    texts = [column.dt.strftime("%F %T %z").to_list() for column in converted]
    objects = [str(value) for column in converted for value in column.to_list()]
    return [texts, objects]


def streaming_engine() -> Any:
    return plain(frame().lazy().filter(pl.col("share") > 0.3).collect(engine="streaming"))


def collect_all() -> Any:
    lazy = frame().lazy()
    return [plain(part) for part in pl.collect_all([lazy.head(2), lazy.select("share").max()])]


def sink() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        frame().lazy().with_columns(double=pl.col("share") * 2).sink_parquet(path)
        return plain(pl.read_parquet(path))


def python_function() -> Any:
    return frame()["package"].map_elements(str.upper, return_dtype=pl.String).to_list()


def exceptions() -> Any:
    try:
        frame().select("nothing")
    except pl.exceptions.ColumnNotFoundError as error:
        return str(error).splitlines()[0]


def shown() -> Any:
    return [str(frame()), frame()._repr_html_()]


def chart() -> Any:
    import altair as alt

    share = alt.Y("share:Q").axis(format="%")
    lines: Any = alt.Chart(frame()).mark_line(point=True).encode(x="month:T", y=share)
    return lines.encode(color="package:N").properties(title="Share").to_dict()


def layered_chart() -> Any:
    import altair as alt

    base: Any = alt.Chart(frame()).encode(x="month:T")
    pick = alt.selection_point(fields=["package"], name="pick")
    bars = base.mark_bar().encode(y="sum(downloads):Q").transform_filter(pick)
    return (bars + base.mark_rule(color="red").encode(y="mean(share):Q")).add_params(pick).to_dict()


def wrong_chart() -> Any:
    import altair as alt

    try:
        scale: Any = 7
        alt.Chart(frame()).mark_bar().encode(x=alt.X("month:T", scale=scale)).to_dict()
    except alt.utils.schemapi.SchemaValidationError as error:
        return [type(error).__name__, str(error)]


def file_summary(path: str) -> Any:
    """Give schema, height and a hash over all values, read whole and scanned."""
    whole = pl.read_parquet(path)
    scanned = pl.scan_parquet(path).collect()
    numbers = whole.select(pl.selectors.numeric().cast(pl.Float64).sum())
    return {
        "schema": {name: str(dtype) for name, dtype in whole.schema.items()},
        "height": whole.height,
        "sums": numbers.to_dicts()[0] if numbers.width else {},
        "values": hashlib.sha256(flat(whole).write_csv().encode()).hexdigest(),
        "scanned": hashlib.sha256(flat(scanned).write_csv().encode()).hexdigest(),
        "counted": pl.scan_parquet(path).select(pl.len()).collect().item(),
    }


def flat(table: pl.DataFrame) -> pl.DataFrame:
    """Write lists as text, which CSV has no form for."""
    lists = [name for name, dtype in table.schema.items() if isinstance(dtype, pl.List)]
    return table.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join("|") for name in lists
    )
