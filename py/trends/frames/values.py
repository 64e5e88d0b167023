"""Single values of a frame, for sentences and titles."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from livecells.kernel import spelling
from trends.frames.months import as_month


class ValueMissingError(LookupError):
    """No row, or more than one, has the values asked for; the text says what is near."""


class Values(dict[Any, Any]):
    """Values by key; a key that is not there is an error that says what is near."""

    def __missing__(self, key: object) -> Any:
        """Raise the error that says what is near."""
        msg = f"no row has {key!r}{_meant(key, self)}"
        raise ValueMissingError(msg)


def value(rows: pl.DataFrame, column: str, **where: object) -> Any:
    """Return what stands in a column of the only row with these values, such as `month="2025-07"`.

    Raises:
        ValueMissingError: There is no such row, or more than one.
    """
    found = _having(rows, where)
    if found.height != 1:
        name, wanted = next(iter(where.items()))
        known = rows[name].unique().cast(pl.String).drop_nulls()
        asked = ", ".join(f"{name}={one!r}" for name, one in where.items())
        msg = f"{found.height} rows have {asked}{_meant(wanted, known)}"
        raise ValueMissingError(msg)
    return found[column][0]


def values(rows: pl.DataFrame, key: str, column: str, **where: object) -> Values:
    """Return the values of a column by those of another, `july["fastapi"]`; `where` as for `value`.

    Raises:
        ValueMissingError: Two rows have the same key.
    """
    found = _having(rows, where)
    if twice := found.filter(pl.col(key).is_duplicated())[key].to_list():
        msg = f"more than one row has {key}={twice[0]!r}"
        raise ValueMissingError(msg)
    return Values(zip(found[key], found[column], strict=True))


def _having(rows: pl.DataFrame, where: Mapping[str, object]) -> pl.DataFrame:
    wanted = {
        name: as_month(one) if isinstance(one, str) and rows.schema[name] == pl.Date else one
        for name, one in where.items()
    }
    return rows.filter(pl.lit(value=True), *(pl.col(n).eq_missing(v) for n, v in wanted.items()))


def _meant(wanted: object, known: Iterable[object]) -> str:
    near = spelling.near(str(wanted), map(str, known))
    return f"; did you mean {' or '.join(near)}?" if near else ""
