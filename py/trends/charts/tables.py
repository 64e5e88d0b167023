"""The datasets as a picture: how many rows each has."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.labels import CHARACTER, thousands

ROW = 20
"""Pixels of a row."""


def row_bars(tables: pl.DataFrame) -> Any:
    """Draw the rows of each table as a bar, in the order given.

    Args:
        tables: Columns: `name` String, `rows`, `bytes` Int64.
    """
    rows = tables.select("name", "rows", "bytes", kilobytes=pl.col("bytes") / 1000)
    words = pl.format("{}, {} kB", thousands("rows"), thousands("kilobytes"))
    rows = rows.select("name", "rows", "bytes", words=words)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N").sort(rows["name"].to_list()).title(None).axis(domain=False, ticks=False)
    )
    room = CHARACTER * max(len(text) for text in rows["words"])
    end = alt.ExprRef(f"width - {room:.0f}")
    most = max(rows["rows"])
    size = alt.X("rows:Q").scale(type="log", domain=[1, most], nice=False, rangeMax=end).axis(None)
    bars = base.mark_bar(color=theme.color("accent")).encode(
        x=size, x2=alt.datum(1), tooltip=["name", "words"]
    )
    labels = base.mark_text(align="left", dx=5).encode(x=size, text="words")
    largest = rows.sort("rows").row(-1, named=True)
    share = wording.percent(largest["rows"] / rows["rows"].sum(), 0)
    return theme.finish(
        (bars + labels).properties(height=ROW * len(rows)),
        title=f"{len(rows)} tables; {largest['name']} holds {share} of all rows",
        subtitle="Rows, log scale, and size of the Parquet file",
        source="Source: data/datasets.toml.",
    )
