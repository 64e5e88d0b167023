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


def accelerators(v: Names) -> list[Row]:
    middle = frames.middle(v["monthly"], starts=["2025-01"], end="2025-07")
    return [
        *([index(v, name), count(v, name)] for name in v["names"]),
        [index(v, frames.MIDDLE), middle["packages"][0]],
        [count(v, "torch-xla", MARCH)],
    ]


def release_days(v: Names) -> list[Row]:
    def day(package: str, version: str) -> Row:
        return [str(cell_of(v["shown"], "release_date", package=package, version=version))]

    tensorflow = [day("tensorflow", version) for version in ("2.19.0", "2.20.0")]
    return [*tensorflow, *(day("torch", version) for version in ("2.7.1", "2.8.0"))]


def agents(v: Names) -> list[Row]:
    since = date(2025, 1, 1)

    def of(name: str) -> Row:
        now = count(v, name, JULY, "counts")
        return [now, now / count(v, name, since, "counts"), since.year]

    first = v["counts"].filter(package="openai-agents")["month"].min()
    openai = [count(v, "openai-agents", JULY, "counts"), month_text(first)]
    middle = frames.middle(v["monthly"], starts=["2025-01"], end="2025-07")["middle"][0]
    return [
        *(of(name) for name in ("langgraph", "crewai", "mcp")),
        openai,
        *(of(name) for name in ("pydantic-ai", "smolagents")),
        [count(v, "mcp", MARCH, "counts")],
        [middle],
    ]


def automl(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        rows = v["sizes"].filter(package=name)
        return [rows["growth"][0], rows["after"][0] / M]

    autogluon = count(v, "autogluon") / count(v, "autogluon", date(2024, 6, 1))
    names = ("pycaret", "flaml", "optuna", "h2o")
    return [*(of(name) for name in names), [autogluon, count(v, "autogluon")]]


def floors(v: Names) -> list[Row]:
    table = v["floors"]
    steps = frames.floor_steps(v["known"], ["jax"], until=date(2026, 7, 31))
    return [
        [len(table)],
        [table.filter(floor=9).height],
        [table.filter(floor=11).height],
        [table.filter(pl.col("floor") >= 12).height],
        [str(cell_of(steps, "release_date", floor=12))],
    ]


def pythons(v: Names) -> list[Row]:
    last = v["shares"].filter(month=v["shares"]["month"].max())

    def share(low: int, high: int) -> Row:
        return [100 * last.filter(pl.col("minor").is_between(low, high))["share"].sum()]

    return [share(12, 99), share(10, 10), share(9, 9), share(-100, 8)]


def two_ways(v: Names) -> list[Row]:
    shares = {(q, part): 100 * share for q, part, share in v["answers"].select(
        "question", "part", "share").rows()}  # fmt: skip
    main = [share for (question, _), share in shares.items() if question.startswith("Main")]
    either = cell_of(v["overflow"], "n", item="Visual Studio Code or PyCharm")
    return [
        [*main, sum(main)],
        [1000, cell_of(v["answers"], "share", part="Visual Studio Code or PyCharm") * 100, either],
        [cell_of(v["answers"], "share", part="yes") * 100],
    ]


def niche(v: Names) -> list[Row]:
    def of(name: str, column: str) -> float:
        return 100 * float(cell_of(v["both"], column, editor=name))

    return [
        *([of(name, "main"), of(name, "used")] for name in ("Vim", "Neovim")),
        [of("Sublime Text", "used")],
        [of("Cursor", "used")],
    ]


def editor_index(v: Names) -> list[Row]:
    table = v["index"]

    def share(editor: str, month: date) -> Row:
        return [100 * cell_of(table, "share", editor=editor, month=month)]

    first = table.filter(pl.col("share") > 0, editor="Cursor")["month"].min()
    return [
        [month_text(first)],
        share("Cursor", JULY),
        share("Cursor", date(2025, 12, 1)),
        share("VS Code", JULY),
        share("PyCharm", JULY),
    ]


def attitudes(v: Names) -> list[Row]:
    def share(item: str, year: int) -> float:
        return 100 * float(cell_of(v["shares"], "share", item=item, year=year))

    both = [[share(item, year) for year in (2024, 2025)] for item in ("use or plan to", "trust")]
    return [*both, [share("distrust", 2025)]]


def assistants(v: Names) -> list[Row]:
    def share(item: str) -> float:
        return 100 * float(cell_of(v["used"], "share", item=item))

    thousand = ("Windsurf", "Cline and/or Roo", "Aider")
    everyone = [[share(item)] for item in ("Cursor", "Claude Code")]
    return [*everyone, *([share(item)] for item in thousand)]


def installers(v: Names) -> list[Row]:
    def of(name: str) -> Row:
        return [count(v, name, JULY, "counts"), growth(v, name, "counts")]

    return [
        [count(v, "uv", JULY, "counts")],
        *(of(name) for name in ("poetry", "pipx", "pipenv", "pdm", "hatch")),
        [month_text(cell_of(v["passed"], "month", incumbent="poetry"))],
        *([count(v, name, MARCH, "counts")] for name in ("uv", "poetry")),
    ]


def window(v: Names) -> list[Row]:
    judged = v["judged"].sort("start")
    return [[ratio] for name in v["risers"] for ratio in judged.filter(package=name)["ratio"]]


def conda(v: Names) -> list[Row]:
    last = v["ranks"].filter(package="conda").sort("month").row(-1, named=True)

    def file(item: str) -> Row:
        return [100 * cell_of(v["files"], "share", item=item)]

    return [
        *([count(v, n, JULY, "ranks"), rank(v, n, JULY, "ranks")] for n in ("pip", "virtualenv")),
        [month_text(last["month"]), last["downloads_30d"] / M],
        file("conda environment.yml"),
        file("requirements.txt"),
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
    "hw-index-2025": accelerators,
    "hw-release-calendar": release_days,
    "genai-agents": agents,
    "genai-automl": automl,
    "genai-python-floor": floors,
    "genai-python-in-use": pythons,
    "editors-two-counts": two_ways,
    "editors-niche": niche,
    "editors-cursor-index": editor_index,
    "assist-use-and-trust": attitudes,
    "assist-ai-editors": assistants,
    "env-installers": installers,
    "env-window": window,
    "env-conda": conda,
}
