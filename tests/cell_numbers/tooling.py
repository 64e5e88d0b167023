"""The numbers of the part on tooling."""

from datetime import date

import polars as pl

from cell_numbers.reading import (
    JULY,
    MARCH,
    M,
    Names,
    Reader,
    Row,
    cell_of,
    count,
    growth,
    index,
    month_text,
    rank,
    verdicts,
)
from trends import data, frames


def overtakes(v: Names) -> list[Row]:
    pairs = v["overtakes"].sort("month", "newcomer", descending=[False, True])
    order = [
        ("fastapi", "django"),
        ("streamlit", "dash"),
        ("torch", "tensorflow"),
        ("pymc", "pymc3"),
        ("ruff", "flake8"),
        ("ruff", "black"),
        ("uv", "poetry"),
        ("fastapi", "flask"),
    ]
    return [
        [month_text(cell_of(pairs, "month", newcomer=new, incumbent=old))] for new, old in order
    ]


def airflow_year(v: Names) -> list[Row]:
    months = v["months"]
    filled = months.filter("filled")["downloads"].sum()
    high = v["monthly"].filter(package="apache-airflow").filter(pl.col("month").dt.year() == 2024)
    return [[months["downloads"].sum() / M], [filled / M], [high["downloads_30d"].max() / M]]


def tool_years(v: Names) -> list[Row]:
    return [
        [cell_of(v["years"], "value", package=name, year=year)]
        for name in v["tools"]
        for year in (2024, 2025)
    ]


def mlflow(v: Names) -> list[Row]:
    def day(version: str) -> Row:
        return [str(cell_of(v["finals"], "release_date", version=version))]

    sizes = [[count(v, n, JULY, "counts"), growth(v, n, "counts")] for n in v["shown"]]
    return [day("3.0.0"), day("2.0.1"), *sizes]


def iac_growth(v: Names) -> list[Row]:
    return [[index(v, name), count(v, name)] for name in v["names"]]


def lambda_calendar(v: Names) -> list[Row]:
    ends = [cell_of(v["calendar"], "active", version=n) for n in ("3.9", "3.12", "3.14")]
    return [[str(end)] for end in ends]


def snapstart(v: Names) -> list[Row]:
    name = v["name"]
    first = v["counts"]["month"].min()
    versions = data.load("pypi_latest_versions")
    newest = cell_of(versions, "latest_release_month", package="serverless-sdk")
    return [
        [month_text(first)],
        [count(v, name, JULY, "counts")],
        [count(v, name, MARCH, "counts")],
        [v["sdk_months"]],
        [v["newest"], month_text(newest)],
    ]


def cli_ranks(v: Names) -> list[Row]:
    names = ("click", "rich", "typer", "argcomplete", "docopt", "textual", "fire", "cyclopts")
    return [[count(v, name, JULY, "ranks"), rank(v, name, JULY, "ranks")] for name in names]


def spikes(v: Names) -> list[Row]:
    rows = [("textual", 2025, 10), ("textual", 2025, 11), ("textual", 2025, 12)]
    rows += [("textual", 2026, 3), ("cyclopts", 2026, 1), ("cyclopts", 2026, 3)]
    return [[count(v, name, date(year, month, 1), "counts")] for name, year, month in rows]


def robots(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "sizes"), cell_of(v["sizes"], "growth", package=name)]

    ratio = count(v, "requests", JULY, "sizes") / count(v, "pyautogui", JULY, "sizes")
    return [*(of(name) for name in v["robots"]), [ratio]]


def linters(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "counts"), growth(v, name, "counts")]

    crossings = [cell_of(v["passed"], "month", incumbent=name) for name in ("flake8", "black")]
    return [
        *(of(name) for name in ("ruff", "flake8", "pylint", "black")),
        *([month_text(month)] for month in crossings),
        [count(v, "ruff", MARCH, "counts")],
    ]


def two_counts(v: Names) -> list[Row]:
    autumn = frames.between(v["ratios"], "2024-08", "2024-10")

    def span(package: str) -> Row:
        ratios = autumn.filter(package=package)["ratio"]
        return [ratios.min(), ratios.max()]

    def now(package: str) -> Row:
        return [cell_of(v["ratios"], "ratio", package=package, month=JULY)]

    return [span("ruff"), span("black"), span("flake8"), now("ruff"), now("flake8")]


def type_checkers(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "counts"), growth(v, name, "counts")]

    new = [[count(v, name, JULY, "counts")] for name in ("basedpyright", "ty", "pyrefly")]
    return [of("mypy"), of("pyright"), *new, [count(v, "ty", MARCH)]]


def two_questions(v: Names) -> list[Row]:
    platforms = "community platform used regularly"
    everyone = data.load("stackoverflow_survey").filter(
        question=platforms, population="all respondents", year=2025
    )
    three = ("Stack Overflow", "GitHub", "YouTube")
    learning = v["answers"].filter(pl.col("question") != platforms)

    def share(frame: pl.DataFrame, item: str) -> float:
        return 100 * float(cell_of(frame, "share", item=item))

    return [
        [share(everyone, name) for name in three],
        [1000, *(share(v["answers"].filter(question=platforms), name) for name in three)],
        [share(learning, "Stack Overflow or Stack Exchange"), 1000],
        [share(learning, "Technical documentation"), 1000],
        [share(learning, "Videos"), 1000],
    ]


FOUND: dict[str, Reader] = {
    "tooling-verdicts": verdicts,
    "tooling-overtakes": overtakes,
    "mlops-airflow-2024": airflow_year,
    "mlops-yearly-totals": tool_years,
    "mlops-mlflow-releases": mlflow,
    "iac-growth": iac_growth,
    "iac-lambda-calendar": lambda_calendar,
    "iac-snapstart-hook": snapstart,
    "scripting-ranks": cli_ranks,
    "scripting-textual-spike": spikes,
    "scripting-automation": robots,
    "lint-overtaking": linters,
    "lint-two-counts": two_counts,
    "lint-type-checkers": type_checkers,
    "lint-two-questions": two_questions,
}
