"""Single values from the data, for prose, and how prose writes them.

Every number a page states is a call of one of these functions, so that a data refresh changes
the sentence or fails the build. Each result is computed once per process. Months are text such
as `2025-07`; the article's present is the default.
"""

from datetime import date
from functools import cache

import polars as pl

from trends import data, frames, wording
from trends.frames import PRESENT, START_MONTHS, Month
from trends.lookup import NumberMissingError as NumberMissingError
from trends.lookup import cell as _cell
from trends.lookup import near as _near
from trends.lookup import one as _one

TENTH = 0.1
ALL = "all respondents"


# Downloads


def downloads(package: str, month: Month = PRESENT) -> int:
    """Downloads of a package in 30 days of a month."""
    return int(_listing(package, month)["downloads_30d"])


def rank(package: str, month: Month = PRESENT) -> int:
    """Place of a package among all listed in a month, 1 = most downloaded."""
    return int(_listing(package, month)["rank"])


def growth(package: str, start: Month = START_MONTHS[0], end: Month = PRESENT) -> float:
    """How many times as many downloads a package has in `end` as in `start`."""
    return downloads(package, end) / downloads(package, start)


def gain(package: str, start: Month = START_MONTHS[0], end: Month = PRESENT) -> int:
    """Downloads in 30 days that a package gained from `start` to `end`."""
    return downloads(package, end) - downloads(package, start)


@cache
def middle_growth(start: Month = START_MONTHS[0], end: Month = PRESENT) -> float:
    """Growth of the middle one of the tracked packages listed in both months."""
    return float(frames.middle(_downloads(), starts=[start], end=end)["middle"][0])


@cache
def middle_count(start: Month = START_MONTHS[0], end: Month = PRESENT) -> int:
    """How many tracked packages `middle_growth` is taken over."""
    return int(frames.middle(_downloads(), starts=[start], end=end)["packages"][0])


@cache
def at_least_middle(
    *topics: str, start: Month = START_MONTHS[0], end: Month = PRESENT
) -> tuple[int, int]:
    """Of some topics' packages listed in both months: how many grew at least as the middle.

    Args:
        topics: Values of `topic` in `packages`.
        start: The month divided by.
        end: The month divided.

    Returns:
        How many of them did, and how many there are.
    """
    names = data.load("packages").filter(pl.col("topic").is_in(topics))["package"]
    grown = frames.growth(frames.of_packages(_downloads(), names), start=start, end=end)["growth"]
    return int((grown >= middle_growth(start, end)).sum()), len(grown)


@cache
def starts_in_favour(*packages: str, end: Month = PRESENT) -> int:
    """From how many of the five start months all the packages grew at least as the middle."""
    judged = frames.growth_by_start(_downloads(), packages, end=end)
    return len(frames.starts_in_favour(judged, packages))


def ratio(top: str, bottom: str, month: Month = PRESENT) -> float:
    """Downloads of one package per download of another."""
    return downloads(top, month) / downloads(bottom, month)


def per_hundred(top: str, bottom: str, month: Month = PRESENT) -> float:
    """Downloads of one package per 100 downloads of another."""
    return 100 * ratio(top, bottom, month)


def group_share(package: str, *others: str, month: Month = PRESENT) -> float:
    """A package's part of the downloads of itself and some others, 0 to 1."""
    whole = sum(downloads(name, month) for name in (package, *others))
    return downloads(package, month) / whole


@cache
def crossing(newcomer: str, incumbent: str) -> date:
    """The first month from which one package is ahead of another in every later month.

    Raises:
        NumberMissingError: It is not ahead in the last month of the data.
    """
    _known(newcomer), _known(incumbent)
    month = frames.crossings(_downloads(), [(newcomer, incumbent)])["month"][0]
    if month is None:
        msg = f"a crossing: {newcomer} is not ahead of {incumbent}"
        raise NumberMissingError(msg, [])
    assert isinstance(month, date)
    return month


@cache
def months_within(package: str, claimed: float, tolerance: float = TENTH) -> tuple[date, ...]:
    """The months in which a figure was true of a package: within a share of it.

    Args:
        package: Name.
        claimed: Downloads in 30 days, in millions.
        tolerance: 0.1 is a tenth.
    """
    rows = _downloads().filter(package=_known(package))
    return tuple(frames.within(rows, claimed * wording.MILLION, tolerance=tolerance)["month"])


@cache
def listed(package: str) -> tuple[date, ...]:
    """The months in which a package was listed, first to last; empty if it never was."""
    rows = data.scan("pypi_top_packages").filter(package=package).select("month").collect()
    return tuple(rows["month"].sort())


@cache
def listed_with_prefix(prefix: str, month: Month = PRESENT, depth: int = 15_000) -> int:
    """How many listed packages have names that start with `prefix`, down to a rank."""
    name, at = pl.col("package").str.starts_with(prefix), pl.col("month") == frames.as_month(month)
    rows = data.scan("pypi_top_packages").filter(name, at, pl.col("rank") <= depth)
    return int(rows.select(pl.len()).collect().item())


@cache
def total(package: str, start: Month | None = None, end: Month | None = None) -> float:
    """Downloads in whole calendar months, both included; months without a dump are filled in."""
    totals = frames.month_totals(_downloads(), _known(package))
    return float(frames.between(totals, start, end)["downloads"].sum())


def year_total(package: str, year: int) -> float:
    """Downloads in a calendar year; months without a dump are filled in."""
    return total(package, f"{year}-01", f"{year}-12")


# Other tables


@cache
def survey_share(
    item: str, year: int, question: str = "language used", population: str = ALL
) -> float:
    """A share of the Stack Overflow survey, 0 to 1."""
    rows = data.load("stackoverflow_survey").filter(question=question, population=population)
    return _one(rows, "share", item=item, year=year)


@cache
def python_survey_share(item: str, year: int, question: str) -> float:
    """A share of the Python Developers Survey, 0 to 1."""
    rows = data.load("jetbrains_python_survey").filter(question=question)
    return _one(rows, "share", item=item, year=year)


@cache
def index_share(language: str, month: Month = PRESENT) -> float:
    """A language's share of the PYPL index, 0 to 1."""
    rows = data.load("pypl_languages").filter(pl.col("month") == frames.as_month(month))
    return _one(rows, "share", language=language)


@cache
def requests_per_second(framework: str, concurrency: int = 64, period: str = "2025H1") -> float:
    """Requests a framework answers in a second, in the independent benchmark."""
    rows = data.load("web_framework_benchmark").filter(period=period, concurrency=concurrency)
    return _one(rows, "requests_per_s", framework=framework)


@cache
def python_speed(version: str, machine: str = "pythonperf2", build: str = "default") -> float:
    """Speed of a CPython version on one machine, as a multiple of 3.10.4."""
    rows = data.load("cpython_speed").filter(machine=machine, build=build)
    return _one(rows, "speed_vs_3_10_4", version=version)


@cache
def release_date(package: str, version: str) -> date:
    """The day a version was released."""
    rows = _releases().filter(package=package)
    day: date = _cell(rows, "release_date", version=version)
    return day


@cache
def newest_release(package: str, present: Month = PRESENT) -> str:
    """The newest final version of a package at the end of a month."""
    until = frames.present_end(present)
    rows = frames.final_releases(_releases(), package, until=until)
    if rows.is_empty():
        msg = f"releases of {package}"
        raise NumberMissingError(msg, _near(package, _releases()["package"]))
    return str(rows["version"][-1])


@cache
def days_silent(package: str, present: Month = PRESENT) -> int:
    """Days from the newest final release of a package to the end of a month."""
    until = frames.present_end(present)
    return (until - release_date(package, newest_release(package, present))).days


@cache
def index_place(language: str, month: Month = PRESENT) -> int:
    """A language's place in the PYPL index."""
    rows = data.load("pypl_languages").filter(pl.col("month") == frames.as_month(month))
    return int(_one(rows, "place", language=language))


@cache
def pushers(language: str, quarter: Month = "2024-01") -> int:
    """People who pushed code in a language to GitHub in the quarter that starts with a month."""
    rows = data.load("github_pushers_by_language")
    rows = rows.filter(pl.col("quarter") == frames.as_month(quarter))
    return int(_one(rows, "pushers", language=language))


@cache
def recipes(version: str) -> int:
    """Packages with a recipe in a release of Pyodide."""
    return int(_one(data.load("pyodide_releases"), "package_recipes", version=version))


@cache
def boards(version: str) -> int:
    """Boards in the source tree of a release of MicroPython."""
    return int(_one(data.load("micropython_releases"), "boards", version=version))


@cache
def ports(version: str) -> int:
    """Ports in the source tree of a release of MicroPython."""
    return int(_one(data.load("micropython_releases"), "ports", version=version))


@cache
def query_seconds(solution: str, dataset: str = "G1_1e7_1e2_0_0") -> float:
    """Seconds for the ten group-by questions of the independent benchmark, first run."""
    rows = data.load("dataframe_benchmark").filter(
        task="groupby", dataset=dataset, machine_type="c6id.metal", run=1, solution=solution
    )
    return float(rows["seconds"].sum())


@cache
def filled_in(package: str, year: int) -> float:
    """Downloads of a calendar year in the months without a dump, which are filled in."""
    totals = frames.month_totals(_downloads(), _known(package))
    months = frames.between(totals, f"{year}-01", f"{year}-12")
    return float(months.filter("filled")["downloads"].sum())


def table_count() -> int:
    """How many datasets there are."""
    return len(data.NAMES)


def table_rows(name: data.Name) -> int:
    """Rows of a dataset."""
    return data.describe(name).rows


@cache
def ever_listed() -> int:
    """How many packages were ever on the list of the most downloaded."""
    names = data.scan("pypi_top_packages").select(pl.col("package").n_unique())
    return int(names.collect().item())


# From the tables to a row


def forget() -> None:
    """Drop all cached results: the data folder or its files have changed."""
    for value in globals().values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@cache
def _downloads() -> pl.DataFrame:
    return data.load("pypi_monthly_downloads")


@cache
def _releases() -> pl.DataFrame:
    return frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))


@cache
def _listing(package: str, month: Month) -> dict[str, int]:
    at = frames.as_month(month)
    rows = _downloads().filter(pl.col("month") == at, package=_known(package))
    if rows.is_empty():
        msg = f"{package} in {at:%Y-%m}: it was not on the list"
        raise NumberMissingError(msg, [])
    return rows.row(0, named=True)


@cache
def _known(package: str) -> str:
    names = _downloads()["package"].unique()
    if package not in names:
        msg = f"package {package!r}"
        raise NumberMissingError(msg, _near(package, names))
    return package
