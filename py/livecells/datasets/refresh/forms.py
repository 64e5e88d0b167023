"""The forms in which sources write their rows, each read into rows of text by column."""

import gzip
import io
import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

import polars as pl

from livecells.datasets.refresh.web import SourceChangedError

Form = Callable[[bytes, str], pl.DataFrame]
"""Reads a file into rows of text; the second argument is the key of the rows, or empty."""


def _csv(content: bytes, _: str) -> pl.DataFrame:
    plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return pl.read_csv(io.BytesIO(plain), infer_schema=False)


def _entries(tree: Mapping[str, Any], at: str) -> pl.DataFrame:
    """Read a list of rows, or a table of them by their `entry`."""
    rows = tree[at]
    if isinstance(rows, dict):
        rows = [{"entry": entry, **row} for entry, row in rows.items()]
    return pl.DataFrame([_as_text(row) for row in rows], infer_schema_length=None)


def _as_text(row: Mapping[str, Any]) -> dict[str, str | None]:
    """Write each value as text; false stands for a date that is not set."""
    return {k: None if v is False or v is None else str(v) for k, v in row.items()}


FORMS: Mapping[str, Form] = {
    "csv": _csv,
    "json": lambda content, at: _entries(json.loads(content), at),
    "toml": lambda content, at: _entries(tomllib.loads(content.decode()), at),
}


def read(address: str, content: bytes, form: Form, at: str) -> pl.DataFrame:
    """Read one file; `file` is its name without its ending.

    Raises:
        SourceChangedError: It is not written as it was.
    """
    try:
        rows = form(content, at)
    except (KeyError, ValueError, OSError, pl.exceptions.PolarsError) as error:
        msg = f"{address} does not read as it did: {error}"
        raise SourceChangedError(msg) from error
    return rows.with_columns(file=pl.lit(PurePath(address).name.partition(".")[0]))
