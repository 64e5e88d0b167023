"""What must hold in a typed frame before it may ship."""

from pathlib import Path

import polars as pl

from livecells.datasets.catalogue import ColumnSpec, DatasetSpec
from livecells.datasets.errors import ExtractError
from livecells.datasets.extract import FIRST_LINE


def check(frame: pl.DataFrame, spec: DatasetSpec, file: Path) -> None:
    """Hold a frame, in the order of its extract, against the catalogue.

    Raises:
        ExtractError: No rows, an empty cell where none may be, a value out of bounds
            (negative, a share over 1, not a number), or the same key twice.
    """
    if frame.is_empty():
        raise ExtractError(file, "no rows")
    for column in spec.columns:
        _check_filled(frame, column, file)
        _check_bounds(frame, column, file)
    _check_key(frame, spec, file)


def _check_filled(frame: pl.DataFrame, column: ColumnSpec, file: Path) -> None:
    if column.empty:
        return
    empty = frame[column.name].is_null().arg_true()
    if len(empty):
        raise ExtractError(file, f"{column.name} is empty", row=int(empty[0]) + FIRST_LINE)


def _check_bounds(frame: pl.DataFrame, column: ColumnSpec, file: Path) -> None:
    value = pl.col(column.name)
    wrong = pl.lit(value=False)
    if column.min is not None:
        wrong = wrong | (value < column.min)
    if column.max is not None:
        wrong = wrong | (value > column.max)
    if column.type == "Float64":
        wrong = wrong | value.is_nan() | value.is_infinite()
    hits = frame.select(wrong.fill_null(value=False)).to_series().arg_true()
    if len(hits):
        row = int(hits[0])
        least = "-" if column.min is None else column.min
        most = "-" if column.max is None else column.max
        reason = f"{column.name} is {frame[column.name][row]}, allowed {least} to {most}"
        raise ExtractError(file, reason, row=row + FIRST_LINE)


def _check_key(frame: pl.DataFrame, spec: DatasetSpec, file: Path) -> None:
    twice = (~frame.select(pl.struct(spec.key).is_first_distinct()).to_series()).arg_true()
    if len(twice):
        row = int(twice[0])
        key = {name: str(frame[name][row]) for name in spec.key}
        raise ExtractError(file, f"the same key a second time: {key}", row=row + FIRST_LINE)
