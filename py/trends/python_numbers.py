"""Single values on versions of Python, for prose: which ones projects ask for, which are in use."""

from datetime import date

import polars as pl

from trends import data, frames
from trends.lookup import NumberMissingError

EVERYTHING = "(all packages)"


def projects_asking(at_least: int = 0, *, exactly: int | None = None, today: str = "") -> int:
    """How many active projects ask in their newest release for a Python 3 minor version.

    Args:
        at_least: Count projects that ask for this minor version or a higher one.
        exactly: Count projects that ask for this one, instead.
        today: The day looked at, such as `2026-07-31`; else the end of the article's present.
    """
    floors = _floors(today)["floor"]
    return int(((floors >= at_least) if exactly is None else (floors == exactly)).sum())


def asks_since(package: str, minor: int) -> date:
    """The day of the first final release that asks for a Python 3 minor version or higher.

    Raises:
        NumberMissingError: No release asks for it.
    """
    floors = frames.python_floor(data.load("package_releases").filter(~pl.col("is_prerelease")))
    day = floors.filter(pl.col("floor") >= minor, package=package)["release_date"].min()
    if not isinstance(day, date):
        msg = f"a release of {package!r} that asks for Python 3.{minor}"
        raise NumberMissingError(msg, [])
    return day


def python_share(first: int, last: int = 99, *, month: str = "") -> float:
    """Share of all PyPI downloads made from Python 3 minor versions, 0 to 1.

    Args:
        first: The lowest minor version; below zero are those of Python 2.
        last: The highest.
        month: Such as `2025-02`; else the last month counted.
    """
    shares = frames.version_shares(data.load("python_version_downloads"), EVERYTHING)
    at = frames.as_month(month) if month else python_share_month()
    rows = shares.filter(pl.col("minor").is_between(first, last), month=at)
    return float(rows["share"].sum())


def python_share_month() -> date:
    """The last month in which downloads of all packages were counted by version of Python."""
    last = data.load("python_version_downloads").filter(package=EVERYTHING)["month"].max()
    assert isinstance(last, date)
    return last


def _floors(today: str) -> pl.DataFrame:
    day = date.fromisoformat(today) if today else frames.present_end(frames.PRESENT)
    return frames.floors_on(data.load("package_releases"), day)
