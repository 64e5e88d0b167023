"""Steps over Python's own record and that of projects: proposals, versions, releases.

Pure like `trends.frames`: frames come in as `trends.data` loads them.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

THEMES: Mapping[str, str] = {
    "packaging": "packaging",
    "typing": "typing",
    "jit-speed": "speed, JIT",
    "free-threading": "free threading",
    "wasm-mobile": "browser, phone",
    "async": "async",
}
"""The themes of proposals, and how a reader knows them."""

PYTHON_4 = "Python 4"
"""A theme of its own, read from the version a proposal is aimed at and not from its title."""

STATES: Mapping[str, str] = {
    "Final": "accepted",
    "Active": "accepted",
    "Accepted": "accepted",
    "Draft": "open",
    "Deferred": "open",
    "Rejected": "closed",
    "Withdrawn": "closed",
    "Superseded": "closed",
}
"""What became of a proposal; closed is rejected, withdrawn or replaced."""

RECIPES_MOVED = date(2025, 7, 4)  # Pyodide 0.28.0: most recipes left for a repository of their own
MOVED_TO = "new repository"


def aimed_at(proposals: pl.DataFrame, major: int) -> pl.DataFrame:
    """The proposals whose header names a version of Python with this major number."""
    return proposals.filter(pl.col("python_version").str.starts_with(f"{major}"))


def by_theme(proposals: pl.DataFrame, *, since: int) -> pl.DataFrame:
    """The proposals (`peps`) of each theme, from a year on; one with two themes has two rows.

    Proposals for a Python 4 count whatever their age.

    Returns:
        `pep`, `title`, `status`, `theme` (a value of `THEMES`, or `PYTHON_4`), `state` (a value
        of `STATES`), by theme and number.
    """
    # Split before anything is filtered: the browser's Polars cannot split a gathered column.
    themed = proposals.with_columns(pl.col("theme").str.split(";")).explode("theme")
    is_recent = pl.col("created") >= date(since, 1, 1)
    named = themed.filter(is_recent, pl.col("theme").is_in(list(THEMES)))
    keys = ["pep", "title", "status", "theme"]
    return (
        pl.concat(
            [
                named.with_columns(pl.col("theme").replace_strict(THEMES)).select(keys),
                aimed_at(proposals, 4).with_columns(theme=pl.lit(PYTHON_4)).select(keys),
            ]
        )
        .with_columns(state=pl.col("status").replace_strict(STATES, default="open"))
        .sort("theme", "pep")
    )


def recipe_series(releases: pl.DataFrame, *, split: bool = True) -> pl.DataFrame:
    """Packages built for the browser, release by release, by the repository that holds them.

    Args:
        releases: `pyodide_releases`; releases without a count are left out.
        split: Tell the old repository after the move from the one before it.

    Returns:
        `version`, `date`, `packages`, `python_version`, `series`.
    """
    series = pl.lit("old repository")
    if split:
        moved = pl.col("date") >= RECIPES_MOVED
        series = pl.when(moved).then(pl.lit("left behind")).otherwise(series)
    is_new = pl.col("version").str.starts_with("recipes@")
    series = pl.when(is_new).then(pl.lit(MOVED_TO)).otherwise(series)
    return (
        releases.rename({"package_recipes": "packages"})
        .filter(pl.col("packages") > 0)
        .with_columns(series=series)
    )


def with_series(releases: pl.DataFrame) -> pl.DataFrame:
    """Add the series of each version, read as text: `2.19.0` is `major` 2, `series` 2.19."""
    version = pl.col("version").str
    major, minor = version.extract(r"^(\d+)"), version.extract(r"^\d+\.(\d+)").fill_null("0")
    return releases.with_columns(
        major=major.cast(pl.Int64),
        minor=minor.cast(pl.Int64),
        series=pl.format("{}.{}", major, minor),
    )


def with_newest(releases: pl.DataFrame, latest: pl.DataFrame) -> pl.DataFrame:
    """Add the newest version of a package, of which `pypi_latest_versions` has only the month.

    Returns:
        `package`, `version`, `release_date`, `is_month`, oldest first.
    """
    keys = ["package", "version", "release_date"]
    newest = latest.filter(pl.col("package").is_in(releases["package"].unique().to_list()))
    newest = newest.select(
        "package", version="latest_version", release_date="latest_release_month"
    ).join(releases, on="version", how="anti")
    return pl.concat(
        [
            releases.select(keys).with_columns(is_month=pl.lit(value=False)),
            newest.select(keys).with_columns(is_month=pl.lit(value=True)),
        ]
    )
