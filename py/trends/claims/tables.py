"""The names that checks give the datasets, and how each is opened."""

from collections.abc import Callable

import polars as pl

from trends import frames
from trends.data import Name

Scan = Callable[[Name], pl.LazyFrame]

TABLES: dict[str, tuple[Name, ...]] = {
    "downloads": ("pypi_monthly_downloads",),
    "editors": ("pypl_ides",),
    "frameworks": ("web_framework_benchmark",),
    "languages": ("pypl_languages",),
    "latest": ("pypi_latest_versions",),
    "listed": ("pypi_top_packages",),
    "micropython": ("micropython_releases",),
    "pay": ("stackoverflow_pay_2025",),
    "peps": ("peps",),
    "pyodide": ("pyodide_releases",),
    "python_survey": ("jetbrains_python_survey",),
    "queries": ("dataframe_benchmark",),
    "releases": ("package_releases", "package_releases_best_of"),
    "speed": ("cpython_speed",),
    "survey": ("stackoverflow_survey",),
    "versions": ("python_versions",),
}
LAZY = ("listed",)  # 661,000 rows: a check reads the few it needs


def load_table(parameter: str, scan: Scan) -> pl.DataFrame | pl.LazyFrame:
    """Open what a check calls by this name."""
    tables = [scan(name) for name in TABLES[parameter]]
    if parameter in LAZY:
        return tables[0]
    if parameter == "releases":
        return frames.all_releases(*(table.collect() for table in tables))
    return tables[0].collect()


def table_code(parameter: str) -> str:
    """The line of a check cell that opens it."""
    loads = [f'data.load("{name}")' for name in TABLES[parameter]]
    if parameter in LAZY:
        return f'{parameter} = data.scan("{TABLES[parameter][0]}")'
    if parameter == "releases":
        return "\n".join(
            [f"{parameter} = frames.all_releases(", *(f"    {x}," for x in loads), ")"]
        )
    return f"{parameter} = {loads[0]}"
