"""Single values on Python's own record and on projects' versions, for prose."""

from datetime import date
from typing import Literal

import polars as pl

from trends import data, frames, record
from trends.lookup import NumberMissingError, cell, one


def proposals_for(major: int) -> int:
    """How many proposals are aimed at a version of Python with this major number."""
    return record.aimed_at(data.load("peps"), major).height


def proposals_on(theme: str, *, since: int = 2020, status: str = "") -> int:
    """How many proposals a theme has, from a year on.

    Args:
        theme: A theme as `record.THEMES` words it.
        since: Year of creation of the oldest.
        status: Only those with this status, such as `Final`.
    """
    rows = record.by_theme(data.load("peps"), since=since).filter(theme=theme)
    return (rows.filter(status=status) if status else rows).height


def proposal_status(pep: int) -> str:
    """The status of a proposal, in lower case as a sentence needs it."""
    return str(cell(data.load("peps"), "status", pep=pep)).lower()


def python_day(
    version: str, event: Literal["first_release", "end_of_bugfix", "end_of_life"] = "first_release"
) -> date:
    """A day in the calendar of a version of Python, past or planned."""
    day: date = cell(data.load("python_versions"), event, version=version)
    return day


def newest_python() -> str:
    """The newest version of Python on the calendar, released or planned."""
    versions = data.load("python_versions").sort("first_release")
    return str(versions["version"][-1])


def build_gains(build: str) -> tuple[float, float]:
    """The lowest and the highest gain of a build over the default one, over all machines.

    Args:
        build: `JIT` or `free-threaded`.

    Returns:
        Fractions: -0.1 is ten percent slower.
    """
    gains = record.against_default(data.load("cpython_speed")).filter(build=build)["gain"]
    return float(gains.min()), float(gains.max())  # type: ignore[arg-type]


def browser_day(python: str) -> date:
    """The day of the first Pyodide that brings a version of Python to the browser."""
    runs = data.load("pyodide_releases").filter(pl.col("python_version").str.starts_with(python))
    first = runs["date"].min()
    assert isinstance(first, date)
    return first


def release_count(package: str, major: int | None = None) -> int:
    """How many final releases of a package are on record, of all or of one major version."""
    known = frames.all_releases(
        data.load("package_releases"), data.load("package_releases_best_of")
    )
    finals = record.with_series(frames.final_releases(known, package))
    return (finals if major is None else finals.filter(major=major)).height


def latest_version(package: str) -> str:
    """The newest version of a package on PyPI in November 2026."""
    return str(cell(data.load("pypi_latest_versions"), "latest_version", package=package))


def latest_month(package: str) -> date:
    """The month in which the newest version of a package came out."""
    month: date = cell(data.load("pypi_latest_versions"), "latest_release_month", package=package)
    return month


def stars(project: str, month: frames.Month = frames.PRESENT) -> int:
    """Stars of a project on GitHub at the end of a month."""
    rows = data.load("github_stars").filter(pl.col("month") == frames.as_month(month))
    return int(one(rows, "stars", project=project))


def star_crossing(newcomer: str, incumbent: str) -> date:
    """The first month on record in which a project has more stars than another, for good.

    Raises:
        NumberMissingError: It is not ahead in the last month on record.
    """
    rows = data.load("github_stars").rename({"project": "package", "stars": "downloads_30d"})
    month = frames.crossings(rows, [(newcomer, incumbent)])["month"][0]
    if not isinstance(month, date):
        msg = f"a month in which {newcomer} passed {incumbent}"
        raise NumberMissingError(msg, [])
    return month
