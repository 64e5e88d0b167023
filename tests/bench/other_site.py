"""A site of the bench's own, built by the engine: one page for the start, some with many cells."""

from __future__ import annotations

from pathlib import Path

from bench import plain
from browser import made_site

START = "start"
CELL = "first-chart"
"""The cell of that page."""
PRINT = "print"
PRINT_CELL = "first-print"
"""A page with one cell that only prints, and the cell."""
CELL_COUNTS = (1, 10, 50, 200)

CONFIG = """
site_name: Bench
theme: { name: material, font: false }
plugins:
  - search
  - livecells:  # as the site itself, so that the same files are fetched
      packages: [py/trends]
      exclude: ["datasets/**", "pages/**"]
      preload: [altair]
      warm_up: trends.warm_up
      on_demand: [openpyxl, et_xmlfile]
      data_index: data/datasets.toml
      data: ["data/*.parquet", "data/datasets.toml"]
"""

ROWS = """import altair as alt
import polars as pl

rows = pl.DataFrame({{"n": range(12)}}).with_columns(value=pl.col("n") * {number} % 7)
"""
TABLE = ROWS + "rows"
CHART = (
    ROWS + 'alt.Chart(rows).mark_bar().encode(x="n:O", y="value:Q")'
    '.properties(description="Chart {number}.")'
)


def make(folder: Path) -> Path:
    """Build it and give the folder of what was built."""
    pages = {
        "index.md": "# Bench\n",
        f"{START}.md": f"# Start\n\n{_cell(CELL, plain.PROGRAM.read_text().rstrip())}",
        f"{PRINT}.md": f"# Print\n\n{_cell(PRINT_CELL, plain.PRINT)}",
    }
    for count in CELL_COUNTS:
        cells = (_cell(name, _source(number)) for number, name in enumerate(cell_ids(count)))
        pages[f"{page_of(count)}.md"] = f"# {count} cells\n\n" + "\n".join(cells)
    built = made_site.build(folder, CONFIG, pages, (*made_site.SHARED, "data"))
    (built / "404.html").touch()
    return built


def page_of(count: int) -> str:
    """Name of the page with so many cells."""
    return f"cells-{count}"


def cell_ids(count: int) -> list[str]:
    """Ids of the cells of such a page; no two pages share one."""
    return [f"{page_of(count)}-{number}" for number in range(count)]


def _source(number: int) -> str:
    return (TABLE if number % 2 else CHART).format(number=number + 1)


def _cell(name: str, source: str) -> str:
    return f'```python cell="{name}"\n{source}\n```\n'
