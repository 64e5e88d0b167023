"""One chart and one table as chapters make them: what this needs, the browser fetches first."""

import ast
from datetime import date
from importlib import import_module

import polars as pl

from livecells.kernel.display.mime_bundle import mime_bundle
from trends import charts, data, frames

IN_CHAPTERS = ("narwhals._interchange.series", "polars._utils.udfs")
"""Modules that some cells of chapters import while they run; a page as one file has no others."""


def run() -> None:
    """Draw two packages in two months, from numbers of no meaning."""
    months = [date(2024, 1, 1), date(2025, 1, 1)]
    rows = pl.DataFrame(
        {
            "month": months * 2,
            "package": ["fastapi"] * 2 + ["django"] * 2,
            "downloads_30d": [1_000_000, 2_000_000, 3_000_000, 2_500_000],
            "segment": [1] * 4,
        }
    )
    assert data.NAMES
    mime_bundle(charts.claimed_lines(frames.between(rows, months[0]), {"fastapi": 2}))
    mime_bundle(rows)
    for module in IN_CHAPTERS:
        import_module(module)
    ast.unparse(ast.parse("1"))
