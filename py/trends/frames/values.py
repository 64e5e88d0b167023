"""A single value of a frame, for sentences and titles."""

from difflib import get_close_matches
from typing import Any

import polars as pl

from trends.frames.months import as_month


class ValueMissingError(LookupError):
    """No row, or more than one, has the values asked for; the text says what is near."""


def value(rows: pl.DataFrame, column: str, **where: object) -> Any:
    """Return what stands in the only row with these values.

    Args:
        rows: Any frame.
        column: Of the value.
        where: Values by column; a month may be text such as `2025-07`.

    Raises:
        ValueMissingError: There is no such row, or more than one.
    """
    wanted = {
        name: as_month(one) if isinstance(one, str) and rows.schema[name] == pl.Date else one
        for name, one in where.items()
    }
    found = rows.filter(**wanted)
    if found.height != 1:
        name, one = next(iter(where.items()))
        known = rows[name].unique().cast(pl.String).drop_nulls().to_list()
        near = get_close_matches(str(one), known)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        asked = ", ".join(f"{name}={one!r}" for name, one in where.items())
        msg = f"{found.height} rows have {asked}{meant}"
        raise ValueMissingError(msg)
    return found[column][0]
