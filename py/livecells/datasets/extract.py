"""An extract, all text, becomes a typed frame, or says in which row it does not."""

import csv
from pathlib import Path

import polars as pl

from livecells.datasets.catalogue import ColumnSpec, DatasetSpec
from livecells.datasets.errors import ExtractError

HEADER_LINES = 1
FIRST_LINE = 1 + HEADER_LINES  # the line of the first data row, counted as editors do
SHARE_DIGITS = 6  # 57.9 percent is 0.579, not 0.5790000000000001
MONTHS_A_QUARTER = 3

DTYPES: dict[str, pl.DataType] = {
    "Boolean": pl.Boolean(),
    "Date": pl.Date(),
    "Float64": pl.Float64(),
    "Int32": pl.Int32(),
    "Int64": pl.Int64(),
    "String": pl.String(),
}


def dtype(column: ColumnSpec) -> pl.DataType:
    """The Polars type of a column."""
    return pl.Enum(column.values) if column.type == "Enum" else DTYPES[column.type]


def read(spec: DatasetSpec, folder: Path) -> pl.DataFrame:
    """Read an extract and give it the columns, types and names of the catalogue.

    Returns:
        The catalogue's columns in its order; rows in the order of the extract.

    Raises:
        ExtractError: The file or a column is missing, or a value does not read as its type.
    """
    file = folder / spec.extract
    raw = _raw(file)
    missing = [c.source_name for c in spec.columns if c.source_name not in raw.columns]
    if missing:
        reason = f"column {missing[0]!r} is missing, found {raw.columns}"
        raise ExtractError(file, reason)
    return pl.DataFrame([_typed(raw[c.source_name].alias("text"), c, file) for c in spec.columns])


def _raw(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractError(file, "the extract is missing")
    try:
        if file.suffix == ".parquet":
            return pl.read_parquet(file)
        _check_widths(file)
        return pl.read_csv(file, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise ExtractError(file, f"cannot be read: {error}") from error


def _check_widths(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        width = len(next(rows, []))
        for row in rows:
            if len(row) > width:
                reason = f"has {len(row)} fields, the header {width}: is a comma not in quotes?"
                raise ExtractError(file, reason, row=rows.line_num)


def _typed(raw: pl.Series, column: ColumnSpec, file: Path) -> pl.Series:
    # An extract in Parquet has its types already; at most an integer is of another width.
    plain = pl.col("text").cast(dtype(column), strict=False)
    conversion = _conversion(column) if raw.dtype == pl.String else plain
    typed = raw.to_frame().select(conversion.alias(column.name)).to_series()
    wrong = (typed.is_null() & raw.is_not_null()).arg_true()
    if len(wrong):
        row = int(wrong[0])
        reason = f"{column.source_name} is {raw[row]!r}, expected {_expected(column)}"
        raise ExtractError(file, reason, row=row + FIRST_LINE)
    return typed


def _conversion(column: ColumnSpec) -> pl.Expr:
    """The expression from the extract's text to the column; null where it does not read."""
    text = pl.col("text")
    match column.read:
        case "month":
            return (text + "-01").str.to_date("%Y-%m-%d", strict=False)
        case "quarter":
            year, quarter = text.str.slice(0, 4), text.str.extract(r"^\d{4}-Q([1-4])$")
            month = (quarter.cast(pl.Int32, strict=False) - 1) * MONTHS_A_QUARTER + 1
            return pl.date(year.cast(pl.Int32, strict=False), month, 1)
        case "percent":
            return (text.cast(pl.Float64, strict=False) / 100).round(SHARE_DIGITS)
        case "flag":
            return text.replace_strict({"0": False, "1": True}, default=None)
    if column.type == "Date":
        return text.str.to_date("%Y-%m-%d", strict=False)
    return text.cast(dtype(column), strict=False)


def _expected(column: ColumnSpec) -> str:
    if column.values:
        return f"one of {list(column.values)}"
    return {"month": "YYYY-MM", "quarter": "YYYY-Qn", "flag": "0 or 1"}.get(
        column.read, column.type
    )
