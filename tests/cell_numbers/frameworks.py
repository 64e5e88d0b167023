"""The numbers of the part on frameworks."""

from datetime import date

from cell_numbers.reading import (
    JULY,
    MARCH,
    M,
    Names,
    Reader,
    Row,
    cell_of,
    count,
    grown,
    index,
    month_text,
    rank,
    verdicts,
)
from trends import data, frames


def claimed_and_counted(v: Names) -> list[Row]:
    def true_months(package: str) -> list[str]:
        rows = v["counts"].filter(package=package).sort("month")
        return [month_text(m) for m in frames.within(rows, v["claimed"][package] * M)["month"]]

    fastapi, django = true_months("fastapi"), true_months("django")
    return [
        *([count(v, name, JULY, "counts")] for name in ("fastapi", "django")),
        *([count(v, name, MARCH, "counts")] for name in ("fastapi", "django")),
        [fastapi[0], fastapi[-1]],
        [len(django), django[-1]],
        [month for month in fastapi if month in django],
    ]


def web_crossings(v: Names) -> list[Row]:
    pairs = [("fastapi", "django"), ("fastapi", "flask")]
    passed = frames.crossings(v["monthly"], pairs)

    def ratio(package: str, month: date) -> float:
        return float(cell_of(v["ratios"], "ratio", package=package, month=month))

    return [
        *([month_text(month)] for month in passed["month"]),
        [ratio("fastapi", JULY)],
        [ratio("fastapi", MARCH)],
        [ratio("fastapi", JULY) / ratio("flask", JULY)],
    ]


def web_shares(v: Names) -> list[Row]:
    overflow, python = list(v["tables"])

    def share(survey: str, item: str, year: int) -> float:
        return 100 * float(cell_of(v["shares"], "share", survey=survey, item=item, year=year))

    years = [2024, 2021, 2022, 2023]
    fastapi = [share(python, "FastAPI", year) for year in years]
    return [
        *([share(overflow, "FastAPI", year)] for year in (2024, 2025)),
        *([share(overflow, name, 2025)] for name in ("Flask", "Django")),
        [*fastapi, 2021, 2023],
        [share(python, name, 2024) for name in ("Django", "Flask")],
    ]


def flask_extensions(v: Names) -> list[Row]:
    def names(series: str, month: date) -> Row:
        return [cell_of(v["long"].collect(), "packages", series=series, month=month)]

    first, whole = f"first {v['depth']:,}", "whole list"
    last = data.load("package_releases").filter(package="flask-restful", is_prerelease=False)
    return [
        names(whole, JULY),
        names(first, date(2018, 1, 1)),
        names(first, JULY),
        [count(v, "flask-sqlalchemy")],
        [count(v, "flask-restful"), str(last["release_date"].max())],
    ]


def size_growth(v: Names) -> list[Row]:
    above = (v["grown"]["growth"] >= v["middle"]).sum()
    tracked = frames.middle(v["tracked"], starts=["2023-07"], end="2025-07")
    return [
        [len(v["grown"])],
        [above],
        [v["middle"], tracked["packages"][0]],
        *([grown(v, name)] for name in ("fastapi", "django", "flask")),
    ]


def async_index(v: Names) -> list[Row]:
    return [[index(v, name)] for name in (*v["names"], frames.MIDDLE)]


def request_rates(v: Names) -> list[Row]:
    names = (
        "fastapi",
        "starlette",
        "sanic",
        "express",
        "fastify",
        "gin",
        "fiber",
        "flask",
        "django",
    )
    return [[cell_of(v["rates"], "requests_per_s", framework=name)] for name in names]


def rate_ratios(v: Names) -> list[Row]:
    sound = v["ratios"].filter("is_sound")

    def now(rival: str) -> float:
        return float(cell_of(sound, "ratio", rival=rival, period="2025H1"))

    express = sound.filter(rival="express").sort("ratio")
    gin = sound.filter(rival="gin")["ratio"]
    low, high = express.row(0, named=True), express.row(-1, named=True)
    return [
        [now("express"), low["ratio"], low["period"], high["ratio"], high["period"]],
        [now("fastify")],
        [now("gin"), gin.min(), gin.max()],
    ]


def flask_rank(v: Names) -> list[Row]:
    then = date(2023, 7, 1)
    used = data.load("jetbrains_python_survey").filter(question="web framework used", item="Flask")
    return [
        [rank(v, "flask", then, "web")],
        [rank(v, "flask", JULY, "web")],
        [rank(v, "fastapi", then, "web")],
        [rank(v, "fastapi", JULY, "web")],
        [rank(v, "django", JULY, "web")],
        [100 * cell_of(used, "share", year=2024), 100 * cell_of(used, "share", year=2022), 2022],
    ]


FOUND: dict[str, Reader] = {
    "frameworks-verdicts": verdicts,
    "frameworks-size-growth": size_growth,
    "web-claimed-and-counted": claimed_and_counted,
    "web-crossings": web_crossings,
    "web-survey-shares": web_shares,
    "web-flask-extensions": flask_extensions,
    "async-index": async_index,
    "async-requests-per-second": request_rates,
    "async-ratio-over-time": rate_ratios,
    "async-flask-rank": flask_rank,
}
