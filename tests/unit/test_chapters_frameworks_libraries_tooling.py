"""The key numbers of the chapters up to linters: what the cells' frames give is what is expected.

Each entry of `FOUND` reads one cell's namespace and gives, for each row of the table in its order,
the numbers that the row's value and unit contain.
"""

import csv
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from chapters import ROOT, Run, cells
from trends import data, frames

TABLE = Path(__file__).parent / "expected_cell_numbers.csv"
PAGES = [
    "introduction",
    "frameworks/index",
    "frameworks/async",
    "libraries/index",
    "libraries/ai-ml",
    "libraries/data-science",
    "libraries/data-engineering",
    "tooling/index",
    "tooling/mlops",
    "tooling/infrastructure-as-code",
    "tooling/scripting",
    "tooling/linters-formatters",
]
TOKEN = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{4}H\d|\d+\.\d+\.\d+|\d[\d,]*(?:\.\d+)?")
M = 1e6
JULY = date(2025, 7, 1)
MARCH = date(2026, 3, 1)
Names = dict[str, Any]
Row = list[Any]

_read = cache(data.load)


@pytest.fixture(autouse=True)
def _shared_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    monkeypatch.setattr(data, "load", _read)


# Reading frames


def cell_of(frame: pl.DataFrame, column: str, **where: object) -> Any:
    rows = frame.filter(**where)
    assert rows.height == 1, (where, rows)
    return rows[column][0]


def count(v: Names, package: str, month: date = JULY, frame: str = "monthly") -> float:
    return float(cell_of(v[frame], "downloads_30d", package=package, month=month)) / M


def rank(v: Names, package: str, month: date = JULY, frame: str = "monthly") -> int:
    return int(cell_of(v[frame], "rank", package=package, month=month))


def growth(v: Names, package: str, frame: str = "monthly") -> float:
    return count(v, package, JULY, frame) / count(v, package, date(2023, 7, 1), frame)


def grown(v: Names, package: str) -> float:
    return float(cell_of(v["grown"], "growth", package=package))


def index(v: Names, package: str) -> float:
    return float(cell_of(v["index"], "index", package=package, month=JULY))


def month_text(day: date) -> str:
    return f"{day:%Y-%m}"


def verdicts(v: Names) -> list[Row]:
    found = dict(v["ledger"].group_by("verdict").len().rows())
    kinds = ("supported", "partly", "contradicted", "untestable")
    return [[len(v["ledger"])], *([found.get(kind, 0)] for kind in kinds)]


# Introduction


def three_indexes(v: Names) -> list[Row]:
    answers = v["answers"].filter(year=2025).sort("share", descending=True)
    pypl = v["searches"].filter(language="Python")
    first = frames.as_month(pypl.filter(pl.col("place") > 1)["month"].max())
    since = pl.Series([first]).dt.offset_by("1mo").item()
    now = v["pushes"].filter(quarter=date(2024, 1, 1)).sort("pushers", descending=True)
    share = v["shares"]
    return [
        [
            100
            * cell_of(
                share, "share", index="Stack Overflow", language="Python", date=date(2025, 7, 1)
            ),
            answers["item"].to_list().index("Python") + 1,
        ],
        [
            100 * cell_of(share, "share", index="PYPL", language="Python", date=JULY),
            cell_of(pypl, "place", month=JULY),
            month_text(since),
        ],
        [
            cell_of(now, "pushers", language="Python") / M,
            now["language"].to_list().index("Python") + 1,
        ],
    ]


def recipes(v: Names) -> list[Row]:
    versions = ("0.17.0", "0.27.7", "0.28.0", "recipes@9074cc4")
    return [[cell_of(v["recipes"], "packages", version=version)] for version in versions]


def boards(v: Names) -> list[Row]:
    versions = ("1.9.3", "1.15", "1.25.0", "1.28.0")
    counted = [v["boards"].filter(version=version) for version in versions]
    return [
        [cell_of(rows, "count", series="boards"), cell_of(rows, "count", series="ports")]
        for rows in counted
    ]


def peps(v: Names) -> list[Row]:
    def of(status: str) -> list[int]:
        return v["peps"].filter(status=status).sort("pep")["pep"].to_list()  # type: ignore[no-any-return]

    return [[len(of(status)), *of(status)] for status in ("Final", "Active", "Accepted")]


# Frameworks


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


# Libraries


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


# Tooling


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


FOUND: dict[str, Callable[[Names], list[Row]]] = {
    "intro-three-indexes": three_indexes,
    "intro-pyodide-recipes": recipes,
    "intro-micropython-boards": boards,
    "intro-platform-peps": peps,
    "frameworks-size-growth": size_growth,
    "frameworks-verdicts": verdicts,
    "async-index": async_index,
    "async-requests-per-second": request_rates,
    "async-ratio-over-time": rate_ratios,
    "async-flask-rank": flask_rank,
    "libraries-size-growth": library_growth,
    "libraries-verdicts": verdicts,
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
    "tooling-overtakes": overtakes,
    "tooling-verdicts": verdicts,
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


def expected(cell: str) -> list[tuple[str, list[str]]]:
    """The rows of a cell: quantity, and the numbers in value and unit as text."""
    rows = csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
    found = []
    for row in (row for row in rows if row["cell_id"] == cell):
        tokens = TOKEN.findall(f"{row['value']} {row['unit']}")
        if not TOKEN.search(row["value"]):
            tokens = [row["value"]]
        if cell == "intro-platform-peps":
            tokens = [row["value"], *re.findall(r"\d{3}", row["quantity"])]
        if "first 1,000 respondents" in row["quantity"]:
            tokens = ["1,000", *tokens]
        found.append((f"{row['quantity']} ({row['as_of']})", tokens))
    return found


def same(found: object, text: str) -> bool:
    """Whether a value rounds to what is printed."""
    if isinstance(found, str):
        return found == text
    digits = len(text.partition(".")[2])
    number = float(text.replace(",", ""))
    return abs(float(found) - number) <= 0.5 * 10.0**-digits + 1e-9  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_cells_give_the_expected_numbers(page: str) -> None:
    run = Run(page)
    for cell in cells(page):
        run.execute(cell)
        found, wanted = FOUND[cell.id](run.variables), expected(cell.id)
        assert len(found) == len(wanted), cell.id
        for numbers, (quantity, tokens) in zip(found, wanted, strict=True):
            assert len(numbers) == len(tokens), (cell.id, quantity, numbers, tokens)
            wrong = [(n, t) for n, t in zip(numbers, tokens, strict=True) if not same(n, t)]
            assert not wrong, (cell.id, quantity, wrong)


def test_every_cell_of_the_table_is_compared() -> None:
    with TABLE.open(encoding="utf-8") as file:
        planned = {row["cell_id"] for row in csv.DictReader(file) if row["page"] in PAGES}
    assert planned == set(FOUND)
