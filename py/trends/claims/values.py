"""Single values out of frames, for the checks."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from trends import frames
from trends.frames import Month

MILLION = 1_000_000
ALL = "all respondents"
WEB = "web framework used"


def millions(downloads: pl.DataFrame, package: str, month: Month) -> float:
    """Downloads of a package in 30 days of a month, in millions."""
    return float(_listing(downloads, package, month)["downloads_30d"].item()) / MILLION


def rank(downloads: pl.DataFrame, package: str, month: Month) -> int | None:
    """Rank of a package in a month, or None when it is not listed."""
    rows = _listing(downloads, package, month)
    return None if rows.is_empty() else int(rows["rank"].item())


def ranks(downloads: pl.DataFrame, packages: Sequence[str], month: Month) -> list[int | None]:
    """`rank` of several packages, in their order."""
    return [rank(downloads, package, month) for package in packages]


def growth(downloads: pl.DataFrame, package: str, start: Month, end: Month) -> float:
    """How many times as many downloads a package has in `end` as in `start`."""
    return millions(downloads, package, end) / millions(downloads, package, start)


def growths(
    downloads: pl.DataFrame, packages: Sequence[str], end: Month, *, start: Month = "2023-07"
) -> dict[str, float]:
    """Growth of several packages by name, and of the median package as `median`."""
    grown = {package: growth(downloads, package, start, end) for package in packages}
    return grown | {"median": median(downloads, start, end)}


def median(downloads: pl.DataFrame, start: Month, end: Month) -> float:
    """Growth of the median package."""
    return float(frames.median_growth(downloads, starts=[start], end=end)["median"].item())


def each_millions(
    downloads: pl.DataFrame, packages: Sequence[str], month: Month
) -> dict[str, float]:
    """Downloads in millions of several packages by name."""
    return {package: millions(downloads, package, month) for package in packages}


def first_listed(downloads: pl.DataFrame, package: str) -> date:
    """The first month in which a package was listed."""
    return earliest(downloads.filter(package=package))


def earliest(frame: pl.DataFrame, column: str = "month") -> date:
    """The first date of a column."""
    return frame[column].dt.min()  # type: ignore[return-value]


def newest_date(frame: pl.DataFrame, column: str = "month") -> date:
    """The last date of a column."""
    return frame[column].dt.max()  # type: ignore[return-value]


def month_text(day: date) -> str:
    """A date as its month: `2025-07`."""
    return f"{day:%Y-%m}"


def place(downloads: pl.DataFrame, package: str, rivals: Sequence[str], month: Month) -> int:
    """Place of a package by downloads among itself and its rivals, 1 = first."""
    own = millions(downloads, package, month)
    rows = frames.of_packages(frames.of_month(downloads, month), rivals)
    return 1 + rows.filter(pl.col("downloads_30d") > own * MILLION).height


def ahead_since(downloads: pl.DataFrame, newcomer: str, incumbent: str) -> str:
    """The month from which one package is ahead of another for good, or `not yet`."""
    month = frames.crossings(downloads, [(newcomer, incumbent)])["month"].item()
    return f"{month:%Y-%m}" if month else "not yet"


def total(downloads: pl.DataFrame, package: str, start: Month, end: Month) -> float:
    """Downloads in whole calendar months in millions, months without a dump filled in."""
    months = frames.between(frames.month_totals(downloads, package), start, end)
    return float(months["downloads"].sum()) / MILLION


def percent(
    survey: pl.DataFrame, item: str, year: int, question: str, population: str | None = ALL
) -> float:
    """A survey's share in percent; `population` None for a survey without that column."""
    rows = survey.filter(item=item, year=year, question=question)
    if population is not None:
        rows = rows.filter(population=population)
    return round(100 * float(rows["share"].item()), 4)


def newest(releases: pl.DataFrame, package: str, present: Month) -> dict[str, object]:
    """The row of the newest final release up to the end of a month."""
    until = frames.present_end(present)
    return frames.final_releases(releases, package, until=until).row(-1, named=True)


def released(releases: pl.DataFrame, package: str, version: str) -> date:
    """The day a version was released."""
    rows = releases.filter(package=package, version=version)
    return rows["release_date"].item()  # type: ignore[no-any-return]


def python_4_records(versions: pl.DataFrame, peps: pl.DataFrame) -> int:
    """Rows that speak of a Python 4: versions on the calendar, and PEPs aimed at one."""
    planned = versions.filter(pl.col("version").str.starts_with("4")).height
    return planned + peps.filter(pl.col("python_version").str.starts_with("4")).height


def year_before(day: date, years: int = 1) -> date:
    """The same day some years earlier; 28 February for a leap day."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _listing(downloads: pl.DataFrame, package: str, month: Month) -> pl.DataFrame:
    return downloads.filter(pl.col("month") == frames.as_month(month), package=package)
