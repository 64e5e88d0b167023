"""The rows behind what a cell has shown: page by page for the screen, whole for a file."""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from livecells.kernel.display.tables import is_numeric, texts, type_name, written

PANELS = ("hconcat", "vconcat", "concat")
MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?Z?")

MOST_ROWS = 500
"""Rows sent at once."""

Row = dict[str, Any]
Spec = dict[str, Any]


class Page(TypedDict):
    """Some rows of a frame as text, and how large it is; `None` where a value is missing.

    `wholes` has the same shape as `rows`, but for rows in which nothing is cut or rounded: there it
    is empty. A text in it is all of the value, where that is more than what is shown.
    """

    height: int
    columns: list[str]
    types: list[str]
    is_numeric: list[bool]
    rows: list[list[str | None]]
    wholes: list[list[str]]


class File(TypedDict):
    """A file for the reader, its bytes in base64."""

    base64: str


def has_rows(value: object) -> bool:
    """Return whether `frame_of` knows the rows behind a value: of Polars frames, Altair charts."""
    module = type(value).__module__.partition(".")[0]
    is_frame = module == "polars" and (hasattr(value, "glimpse") or hasattr(value, "to_frame"))
    return is_frame or (module == "altair" and hasattr(value, "to_dict"))


def frame_of(value: Any) -> Any:
    """Return the rows behind a value as a `polars.DataFrame`."""
    if hasattr(value, "glimpse"):
        return value
    return value.to_frame() if hasattr(value, "to_frame") else chart_frame(value.to_dict())


def page(frame: Any, start: int, count: int, by: str = "", *, is_descending: bool = False) -> Page:
    """Return some rows of a frame.

    Args:
        frame: A `polars.DataFrame`.
        start: Number of the first row, from 0.
        count: Rows, at most `MOST_ROWS`.
        by: Column to sort by first; missing values come last.
        is_descending: Whether the largest come first.
    """
    if by:
        # Polars takes a name such as ^a$ for a pattern.
        is_pattern = by.startswith("^") and by.endswith("$")
        column = f"^{re.escape(by)}$" if is_pattern else by
        frame = frame.sort(column, descending=is_descending, nulls_last=True, maintain_order=True)
    part = frame.slice(start, min(count, MOST_ROWS))
    lines = list(zip(*map(texts, part.get_columns()), strict=True))
    wholes = [[text.whole if text else "" for text in line] for line in lines]
    return {
        "height": frame.height,
        "columns": frame.columns,
        "types": [type_name(dtype) for dtype in frame.dtypes],
        "is_numeric": [is_numeric(dtype) for dtype in frame.dtypes],
        "rows": [[text.shown if text else None for text in line] for line in lines],
        "wholes": [line if any(line) else [] for line in wholes],
    }


def export(frame: Any, form: Literal["csv", "parquet"]) -> File:
    """Write a frame as a file."""
    content = as_csv(frame) if form == "csv" else as_parquet(frame)
    return {"base64": base64.b64encode(content).decode()}


def as_csv(frame: Any) -> bytes:
    """Write a frame as CSV; lists, structs and bytes, which CSV does not have, as Polars does."""
    import polars as pl

    nested = [
        pl.Series(column.name, written(column), dtype=pl.String)
        for column in frame
        if column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object, pl.Duration)
    ]
    text: str = frame.with_columns(nested).write_csv()
    return text.encode()


def as_parquet(frame: Any) -> bytes:
    """Write a frame as Parquet."""
    target = io.BytesIO()
    frame.write_parquet(target)
    return target.getvalue()


def chart_frame(spec: Spec) -> Any:
    """Return the rows that a chart draws as a frame, days and times typed as such."""
    import polars as pl

    frame = pl.DataFrame(chart_rows(spec), infer_schema_length=None, strict=False)
    return frame.with_columns(_typed(frame[name]) for name in frame.columns)


def _typed(column: Any) -> Any:
    import polars as pl

    if column.dtype != pl.String or not column.str.contains(r"^\d{4}-\d\d-\d\dT").all():
        return column
    has_zone = column.str.contains(r"(Z|[+-]\d\d:?\d\d)$").all()
    try:
        times = column.str.to_datetime(time_zone="UTC" if has_zone else None)
    except pl.exceptions.PolarsError:
        return column  # it only began like a time, or only some have a zone
    if has_zone:
        return times  # a moment, whatever the clock said there: never a day
    is_midnight = (times.dt.time() == pl.Series([0]).cast(pl.Time)[0]).all()
    return times.cast(pl.Date) if is_midnight else times


def chart_rows(spec: Spec) -> list[Row]:
    """Return the rows that a chart draws, as its specification has them.

    Each panel gives its largest table: the others are labels and rules made from it. With several
    panels the column `panel` counts them from 1. All tables stand in the specification.
    """
    panels = [rows for rows in _panel_rows(spec) if rows]
    if len(panels) > 1:
        panels = [[{"panel": n, **row} for row in rows] for n, rows in enumerate(panels, start=1)]
    return [row for panel in panels for row in panel]


def _panel_rows(spec: Spec) -> list[list[Row]]:
    kind = next((kind for kind in PANELS if kind in spec), None)
    views: list[Spec] = spec[kind] if kind else [spec]
    tables: list[list[Row]] = []
    for view in views:
        found = list(_tables(view, spec))
        largest = max(found, key=len, default=[])
        if largest not in tables:
            tables.append(largest)
    return tables


def _tables(view: Any, spec: Spec) -> Iterator[list[Row]]:
    """Find every table that a view or a view inside it names."""
    if isinstance(view, list):
        for item in view:
            yield from _tables(item, spec)
    if not isinstance(view, dict):
        return
    data = view.get("data") or {}
    if "values" in data and isinstance(data["values"], list):
        yield data["values"]
    elif "name" in data:
        yield spec.get("datasets", {}).get(data["name"], [])
    for key in ("layer", "spec", *PANELS):
        yield from _tables(view.get(key), spec)
