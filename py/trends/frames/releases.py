"""Releases of packages, and the Python that they ask for."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from trends.frames.months import of_packages


def all_releases(releases: pl.DataFrame, best_of: pl.DataFrame) -> pl.DataFrame:
    """Releases from tags and from the best-of lists, which are apart because of their licence."""
    return pl.concat([releases, best_of]).sort("package", "release_date", "version")


def final_releases(
    releases: pl.DataFrame, package: str, *, until: date | None = None
) -> pl.DataFrame:
    """The releases of one package that are no pre-releases, oldest first, up to a day."""
    rows = releases.filter(pl.col("package") == package, ~pl.col("is_prerelease"))
    if until is not None:
        rows = rows.filter(pl.col("release_date") <= until)
    return rows.sort("release_date", maintain_order=True)


def python_floor(releases: pl.DataFrame) -> pl.DataFrame:
    """Add `floor`, the lowest Python 3 minor version that a release accepts.

    Read from `requires_python` by the text `>=3.N`; null where it says no such thing.
    """
    floor = pl.col("requires_python").str.extract(r">=\s*3\.(\d+)").cast(pl.Int64)
    return releases.with_columns(floor=floor)


def floors_on(releases: pl.DataFrame, today: date, *, active_days: int = 365) -> pl.DataFrame:
    """The lowest Python that each active project asks for on a day.

    Args:
        releases: `package_releases`.
        today: The newest final release up to this day counts.
        active_days: A project without a release in so many days before is left out.

    Returns:
        One row a project whose metadata can be read: `package`, `version`, `release_date`,
        `floor` (Python 3 minor version), by name.
    """
    finals = releases.filter(~pl.col("is_prerelease"), pl.col("release_date") <= today)
    newest = (
        python_floor(finals.drop_nulls("requires_python"))
        .sort("package", "release_date", maintain_order=True)
        .group_by("package", maintain_order=True)
        .last()
    )
    is_active = pl.lit(today) - pl.col("release_date") < pl.duration(days=active_days)
    return (
        newest.filter(is_active)
        .drop_nulls("floor")
        .select("package", "version", "release_date", "floor")
    )


def floor_steps(releases: pl.DataFrame, packages: Sequence[str], *, until: date) -> pl.DataFrame:
    """When projects began to ask for a higher Python than ever before, up to a day.

    Returns:
        `package`, `version`, `release_date`, `floor`: for each project the first release with each
        new highest floor, and its newest with that one, by name and date. Releases that mend an
        older line, and still take an older Python, are left out.
    """
    finals = of_packages(releases, packages).filter(
        ~pl.col("is_prerelease"), pl.col("release_date") <= until
    )
    floors = python_floor(finals).drop_nulls("floor").sort("package", "release_date", "version")
    highest = pl.col("floor").cum_max().over("package")
    rising = floors.filter(pl.col("floor") == highest)
    is_step = (pl.col("floor").diff().over("package") != 0).fill_null(value=True)
    is_last = pl.col("release_date") == pl.col("release_date").max().over("package")
    return rising.filter(is_step | is_last).select("package", "version", "release_date", "floor")
