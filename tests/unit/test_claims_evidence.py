"""Figures in the words of the ledger come out of the data: a refresh shows which are stale.

`evidence` and `reason` are written by hand. For each claim, a pool of figures is computed from
the packages, months and tables it speaks of; every figure in the words must be in the pool, or
stand in NOT_FROM_TABLES with the reason why no table gives it.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from trends import claims, data, frames

ROOT = Path(__file__).parents[2]
MONTHS = calendar.month_name[1:]
OTHER_NAMES = {
    "airflow": "apache-airflow",
    "great expectations": "great-expectations",
    "headless": "opencv-python-headless",
    "ibis": "ibis-framework",
    "interpretml": "interpret-core",
    "pytorch": "torch",
    "soda core": "soda-core",
}
DATED = re.compile(
    r"\d{4}-\d\d(-\d\d)?"  # months and days
    r"|\b20[12]\d\b"  # years
    r"|\bPEPs? \d+|\d+\.\d+\.\d+"  # PEPs and versions
    r"|\b(Python|PyTorch|TensorFlow|MLflow|of|in|a) [34](\.\d+)*\b"
    r"|[<>]=?\s*\d+(\.\d+)*"
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOT_FROM_TABLES = {
    "airflow-320m": {"316", "324"},  # with the lower or the higher neighbour: tested below
    "airflow-most-popular": {"320"},  # the year 2024, tested with airflow-320m
    "django-8m": {"8"},  # the claimed figure
    "fastapi-on-par-node-go": {"64"},  # connections
    "python-312-required": {"3.9"},  # version
    "python-4-compatible": {"4.0"},  # version
    "python-4-discussed": {"4.0"},  # version
    "learn-84-67-61": {"1,000"},  # respondents
    "polars-89m": {"89"},  # the claimed figure
    "polars-challenges": {"10"},  # million rows
    "polars-replaces-pandas": {"250"},  # 250.8, rounded in words
    "poetry-pipx-rising": {"12"},  # uv, Python Developers Survey: tested below
    "pyodide-micropython-everywhere": {"20"},  # ports: tested below
    "python-4-c-go-speed": {"3.10", "9", "12900", "3.11", "3.12", "3.13"},  # versions, machine
    "tensorflow-3": {"3.0"},  # version
    "tokenshap-exists": {"90", "4,000", "15,000"},  # commits; lengths of the list
    "us-salary-senior-150k": {"150,000"},  # the claimed figure
    "vscode-pycharm-80": {"463", "1,000"},  # respondents
}


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


@cache
def downloads() -> pl.DataFrame:
    return data.load("pypi_monthly_downloads")


def months_in(text: str) -> list[date]:
    """The months a text names, and the two that most claims compare."""
    found = {"2023-07", "2025-07"} | set(re.findall(r"\b(20\d\d-\d\d)\b", text))
    years = re.findall(r"\b20\d\d\b", text)
    for number, name in enumerate(MONTHS, 1):
        if name in text:
            found |= {f"{year}-{number:02}" for year in years}
    return [frames.as_month(month) for month in sorted(found)]


def packages_in(claim: claims.Claim, text: str) -> set[str]:
    names = set(downloads()["package"].unique())
    low = text.lower()
    said = {n for n in names if re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", low)}
    said |= {name for word, name in OTHER_NAMES.items() if word in low}
    return said | (names & {*claim.packages, *claims.check(claim.id).extras})


def written(value: float) -> set[str]:
    return {f"{value:,.{digits}f}" for digits in (0, 1, 2)}


def from_downloads(claim: claims.Claim, text: str) -> Iterator[str]:
    """Millions, ranks, growth and ratios of the packages and months named."""
    months = months_in(text)
    rows = frames.of_packages(downloads(), packages_in(claim, text))
    rows = rows.filter(pl.col("month").is_in(months))
    yield from (str(rank) for rank in rows["rank"])
    counts = {(p, m): n for p, m, n in rows.select("package", "month", "downloads_30d").iter_rows()}
    for (package, month), count in counts.items():
        yield from written(count / 1e6)
        for (other, start), base in counts.items():
            if package == other or month == start:
                yield from written(count / base) | written(100 * count / base)
    for growth, packages in (
        frames.median_growth(downloads(), starts=months, end="2025-07")
        .select("median", "packages")
        .rows()
    ):
        if growth:
            yield from written(growth) | {str(packages)}


def from_tables(claim: claims.Claim) -> Iterator[str]:
    """Figures of the other tables that the claim's check reads."""
    if {"stackoverflow_survey", "jetbrains_python_survey"} & set(claim.tables):
        for name in ("stackoverflow_survey", "jetbrains_python_survey"):
            for share in data.load(name)["share"]:
                yield from written(100 * share)
    if "web_framework_benchmark" in claim.tables:
        run = data.load("web_framework_benchmark").filter(period="2025H1", concurrency=64)
        yield from (f"{speed:,.0f}" for speed in run["requests_per_s"])
    if "cpython_speed" in claim.tables:
        yield from (f"{speed:.2f}" for speed in data.load("cpython_speed")["speed_vs_3_10_4"])
    if "stackoverflow_pay_2025" in claim.tables:
        pay = data.load("stackoverflow_pay_2025")
        for column in ("p25_usd", "median_usd", "p75_usd", "mean_usd"):
            yield from (f"{dollars:,}" for dollars in pay[column])
        yield from (n for years in pay["years_coding"] for n in NUMBER.findall(years))
    if claim.id == "tokenshap-exists":
        last = data.load("pypi_download_snapshots")["last_rank_downloads"][-1]
        yield f"{last:,}"


def pool(claim: claims.Claim, text: str) -> set[str]:
    finding = claims.check(claim.id)
    measured = [v for v in (finding.value, *finding.extras.values()) if isinstance(v, int | float)]
    own = {figure for value in measured for figure in written(value) | written(1000 * value)}
    return own | set(from_downloads(claim, text)) | set(from_tables(claim))


@pytest.mark.parametrize("claim", claims.all_claims(), ids=lambda claim: claim.id)
def test_figures_in_words_come_from_the_data(claim: claims.Claim) -> None:
    text = f"{claim.evidence} {claim.reason}"
    figures = {figure.rstrip(",") for figure in NUMBER.findall(DATED.sub("", text))}
    stale = figures - pool(claim, text) - NOT_FROM_TABLES.get(claim.id, set())
    assert not stale, f"{claim.id}: {sorted(stale)} is not what the data says"


def test_airflow_with_either_neighbour() -> None:
    year = frames.between(
        frames.month_totals(downloads(), "apache-airflow"), "2024-01", "2024-12"
    ).filter(~pl.col("filled"))
    counts = dict(
        downloads().filter(package="apache-airflow").select("month", "downloads_30d").iter_rows()
    )
    around = [("2024-06", "2024-08"), ("2024-11", "2025-01")]
    pairs = [[counts[frames.as_month(month)] / 30 * 31 for month in pair] for pair in around]
    measured = year["downloads"].sum()
    assert round((measured + sum(map(min, pairs))) / 1e6) == 316
    assert round((measured + sum(map(max, pairs))) / 1e6) == 324


def test_figures_of_tables_that_no_check_reads() -> None:
    survey = data.load("jetbrains_python_survey").filter(year=2024, item="uv")
    assert survey["share"].to_list() == [0.12]
    ports = data.load("micropython_releases").filter(version="1.25.0")["ports"].item()
    assert ports == 20
