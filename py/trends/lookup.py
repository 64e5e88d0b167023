"""Looks up one row of a frame; a row that is not there is an error that says what looks like it."""

from difflib import get_close_matches
from typing import Any

import polars as pl


class NumberMissingError(LookupError):
    """The data has no such row; `near` holds names that look like the one asked for."""

    def __init__(self, what: str, near: list[str]) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"no figure for {what}{hint}")
        self.near = near


def near(name: str, names: pl.Series) -> list[str]:
    """The names that look most like one."""
    return get_close_matches(name, names.unique().sort().to_list())


def one(rows: pl.DataFrame, value: str, **where: object) -> float:
    """The number in the only row with these values.

    Raises:
        NumberMissingError: There is no such row, or more than one.
    """
    return float(cell(rows, value, **where))


def cell(rows: pl.DataFrame, value: str, **where: object) -> Any:
    """What stands in the only row with these values.

    Raises:
        NumberMissingError: There is no such row, or more than one.
    """
    found = rows.filter(**where)
    if found.height != 1:
        column, wanted = next(iter(where.items()))
        alike = near(str(wanted), rows[column].cast(pl.String)) if len(rows) else []
        what = ", ".join(f"{name} {text!r}" for name, text in where.items())
        msg = f"{what} ({found.height} rows)"
        raise NumberMissingError(msg, alike)
    return found[value][0]
