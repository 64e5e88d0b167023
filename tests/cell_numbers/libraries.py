"""The numbers of the part on libraries."""

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
    grown,
    growth,
    index,
    month_text,
    rank,
    verdicts,
)


def library_growth(v: Names) -> list[Row]:
    names = ("anthropic", "polars", "langchain", "duckdb", "pandas", "numpy", "tensorflow", "lime")
    above = (v["grown"]["growth"] >= v["middle"]).sum()
    return [[len(v["grown"])], [above], *([grown(v, name)] for name in names)]


def model_clients(v: Names) -> list[Row]:
    now = ("langchain", "openai", "transformers", "anthropic", "litellm", "llama-index")
    return [
        *([count(v, name, JULY, "counts")] for name in now),
        [growth(v, "langchain", "counts")],
        [count(v, "langchain", MARCH, "counts")],
        [count(v, "openai", MARCH, "counts")],
    ]


def ai_growth(v: Names) -> list[Row]:
    named = v["grown"].filter(pl.col("role") == "named").sort("package")
    above = pl.col("growth") >= v["middle"]
    return [
        [len(v["grown"])],
        [v["grown"].filter(above).height],
        [", ".join(named.filter(above)["package"])],
        [", ".join(named.filter(~above)["package"])],
    ]


def pulse(v: Names) -> list[Row]:
    def last(package: str) -> Row:
        day = v["finals"].filter(package=package)["release_date"].max()
        return [str(day), (v["today"] - day).days, str(v["today"])]

    first = v["finals"].filter(package="pycaret")["release_date"].min()
    names = ("pycaret", "lime", "fastai", "interpret", "shap", "jax")
    return [*(last(name) for name in names), [str(first)]]


def explainers(v: Names) -> list[Row]:
    names = ("shap", "interpret-core", "lime", "captum")
    return [*([index(v, name), count(v, name)] for name in names), [index(v, "scikit-learn")]]


def staples(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "sizes"), rank(v, name, JULY, "sizes")]

    used = [100 * cell_of(v["use"], "use", package=n) for n in ("pandas", "numpy", "polars")]
    return [*(of(name) for name in v["staples"]), used]


def benchmark_seconds(v: Names) -> list[Row]:
    table = v["seconds"]
    total = {tool: table[tool].sum() for tool in ("polars", "pandas", "duckdb")}
    ratio = table["ratio"]
    return [
        [total["polars"]],
        [total["pandas"]],
        [total["pandas"] / total["polars"], ratio.min(), ratio.max()],
        [total["duckdb"]],
    ]


def bayes(v: Names) -> list[Row]:
    def first(package: str) -> str:
        return month_text(cell_of(v["firsts"], "month", package=package))

    def of(package: str) -> Row:
        return [growth(v, package, "counts"), count(v, package, JULY, "counts")]

    june = count(v, "tensorflow-probability", date(2024, 6, 1), "counts")
    return [
        [first("pymc")],
        [first("tensorflow-probability")],
        of("pymc"),
        [*of("tensorflow-probability"), june, 2024],
        of("numpyro"),
    ]


def stack_parts(v: Names) -> list[Row]:
    names = ("confluent-kafka", "torch", "fastapi", "apache-airflow", "dagster", "transformers")
    return [[count(v, name, JULY, "parts")] for name in (*names, "opencv-python", "spacy")]


def polars_lifetime(v: Names) -> list[Row]:
    def until(year: int, month: int) -> float:
        return float(cell_of(v["lifetime"], "total", month=date(year, month, 1))) / M

    june, end = until(2024, 6), until(2024, 12)
    return [[june], [until(2024, 11)], [end], [end - june], [until(2026, 3)]]


def per_pandas(v: Names) -> list[Row]:
    months = (date(2023, 7, 1), date(2024, 6, 1), JULY, MARCH)
    gains = [
        count(v, name, JULY, "counts") - count(v, name, months[0], "counts")
        for name in ("pandas", "polars")
    ]
    ratios = [[cell_of(v["ratios"], "per_hundred", month=month)] for month in months]
    return [*ratios, *([gain] for gain in gains)]


def engines(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "counts"), growth(v, name, "counts")]

    small = [[count(v, name, JULY, "counts")] for name in ("datafusion", "daft")]
    return [
        of("duckdb"),
        of("polars"),
        small[0],
        *(of(name) for name in ("pyspark", "dask", "ray", "ibis-framework")),
        small[1],
    ]


def validators(v: Names) -> list[Row]:
    return [[cell_of(v["grown"], "after", package=n) / M, grown(v, n)] for n in v["checkers"]]


FOUND: dict[str, Reader] = {
    "libraries-verdicts": verdicts,
    "libraries-size-growth": library_growth,
    "aiml-langchain-rise": model_clients,
    "aiml-size-growth": ai_growth,
    "aiml-release-pulse": pulse,
    "aiml-explainers": explainers,
    "ds-staples": staples,
    "ds-polars-speed": benchmark_seconds,
    "ds-bayes-age": bayes,
    "ds-stack-parts": stack_parts,
    "de-polars-lifetime": polars_lifetime,
    "de-polars-per-pandas": per_pandas,
    "de-engines": engines,
    "de-validators": validators,
}
