"""The numbers of the recommendations, and of the page on the article itself."""

from datetime import date

import polars as pl

from cell_numbers.reading import (
    JULY,
    MARCH,
    Names,
    Reader,
    Row,
    cell_of,
    count,
    index,
    month_text,
    verdicts,
)
from trends import data, frames

JULY_2023 = date(2023, 7, 1)
JUNE_2024 = date(2024, 6, 1)
WEB = ("FastAPI", "Flask", "Django")


def python_share(v: Names) -> list[Row]:
    def of(year: int, population: str = "all respondents") -> Row:
        return [100 * cell_of(v["shares"], "share", year=year, population=population)]

    return [*(of(year) for year in (2013, 2019, 2024, 2025)), of(2025, "professional developers")]


def python_place(v: Names) -> list[Row]:
    own = v["places"].filter(item="Python")

    def of(year: int) -> int:
        return int(cell_of(own, "place", year=year))

    same = [year for year in own["year"].sort() if of(year) == of(2021) and year > 2021]
    ahead = v["places"].filter(pl.col("place") < of(2025), year=2025).sort("place")
    assert ahead["item"].to_list() == ["JavaScript", "HTML/CSS", "SQL"]
    return [[of(2013)], [of(2021), *same], [of(2025)]]


def professionals(v: Names) -> list[Row]:
    def among(population: str) -> Row:
        rows = v["answers"].filter(population=population)
        return [100 * cell_of(rows, "share", item=item) for item in WEB]

    def years(item: str) -> Row:
        rows = v["years"].filter(item=item)
        return [100 * cell_of(rows, "share", year=year) for year in (2022, 2023, 2024)]

    return [
        among("professional developers"),
        among("all respondents"),
        *(years(item) for item in WEB),
    ]


def group_shares(v: Names) -> list[Row]:
    def of(month: date, *names: str) -> Row:
        rows = v["groups"].filter(month=month)
        return [100 * cell_of(rows, "share", package=name) for name in names]

    web = ("fastapi", "flask", "django")
    toolkits = ("langchain", "litellm", "llama-index", "haystack-ai")
    return [
        *(of(month, *web) for month in (JULY_2023, JULY, MARCH)),
        of(JULY, "polars"),
        *(of(month, *toolkits) for month in (JULY, MARCH)),
    ]


def stars(v: Names) -> list[Row]:
    def of(month: date) -> Row:
        rows = v["projects"].filter(month=month)
        return [cell_of(rows, "stars", project=name) for name in ("FastAPI", "Django", "Flask")]

    wide = v["projects"].pivot("project", index="month", values="stars").sort("month")
    flask = wide.filter(pl.col("FastAPI") <= pl.col("Flask"))["month"].max()
    django = wide.filter(pl.col("FastAPI") <= pl.col("Django"))["month"].max()
    after = [wide.filter(pl.col("month") > month)["month"].min() for month in (flask, django)]
    return [
        of(JULY),
        of(JUNE_2024),
        [month_text(after[0])],
        [month_text(django), month_text(after[1])],
    ]


def market(v: Names) -> list[Row]:
    names = ("torch", "transformers", "jax", "tensorflow", "pycaret", "langchain")
    passed = frames.crossings(v["monthly"], [("torch", "tensorflow")])["month"][0]
    return [
        *([index(v, name), count(v, name)] for name in names),
        [index(v, frames.MIDDLE)],
        [month_text(passed)],
    ]


def governance(v: Names) -> list[Row]:
    since = v["judged"].filter(start=JULY_2023)
    names = ("great-expectations", "interpret-core", "shap", "evidently", "mlflow")
    listed = data.scan("pypi_top_packages").filter(package="tokenshap").collect()
    return [
        *([cell_of(since, "growth", package=name), count(v, name)] for name in names),
        [listed.height],
    ]


def experience(v: Names) -> list[Row]:
    def of(years: str, *columns: str) -> Row:
        row = v["groups"].filter(years_coding=years).row(0, named=True)
        return [row[column] for column in columns]

    brackets = ("up to 5", "6-10", "11-15", "16-20", "over 20")
    return [
        of("all", "median_usd", "p25_usd", "p75_usd", "n"),
        *(of(years, "median_usd", "n") for years in brackets),
    ]


def roles(v: Names) -> list[Row]:
    names = (
        "Engineering manager",
        "AI/ML engineer",
        "Developer, back-end",
        "Data scientist",
        "Developer, full-stack",
        "Academic researcher",
    )
    return [
        [cell_of(v["roles"], column, role=name) for column in ("median_usd", "n")] for name in names
    ]


def countries(v: Names) -> list[Row]:
    names = ("United States", "United Kingdom", "Canada", "Germany", "Poland", "Ukraine", "India")
    return [
        [
            cell_of(v["countries"], "median_usd", country=name, language=language)
            for language in v["languages"]
        ]
        for name in names
    ]


def ages(v: Names) -> list[Row]:
    def months(figure: str) -> list[str]:
        return [month_text(month) for month in v["true"][figure]["month"]]

    django = months("Django about 8 million")
    fastapi = months("FastAPI about 9 million")
    polars = months("Polars about 89 million in all")
    newest = v["spans"].filter(figure="TensorFlow 2.19 the newest").row(0, named=True)
    return [
        [fastapi[0], fastapi[-1]],
        [len(django), django[0], django[-1]],
        months("FastAPI just ahead of Django"),
        [polars[0], polars[-1]],
        v["true"]["Airflow 320 million a year"]["year"].to_list(),
        [str(newest["start"]), str(newest["end"])],
    ]


def sections(v: Names) -> list[Row]:
    assert sum(v["ledger"].group_by("section").len()["len"]) == len(v["ledger"])
    return [*verdicts(v), [len(v["sections"])]]


FOUND: dict[str, Reader] = {
    "rec-python-share": python_share,
    "rec-python-place": python_place,
    "stars-professionals": professionals,
    "stars-share-of-three": group_shares,
    "stars-github": stars,
    "market-index": market,
    "market-governance": governance,
    "pay-by-experience": experience,
    "pay-by-role": roles,
    "pay-by-country": countries,
    "about-age-of-figures": ages,
    "about-verdicts-by-section": sections,
}
