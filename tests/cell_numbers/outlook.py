"""The numbers of the outlook: Python's record, and companies."""

import re

import polars as pl

from cell_numbers.reading import MARCH, Names, Reader, Row, cell_of, count, month_text
from trends import data, frames, record


def python_record(v: Names) -> list[Row]:
    themes = v["themes"]
    newest = data.load("python_versions").sort("first_release").row(-1, named=True)

    def of(theme: str) -> int:
        return int(themes.filter(theme=theme).height)

    free = themes.filter(theme="free threading")
    assert set(free["status"]) == {"Final"}
    return [
        [len(v["peps"])],
        [of(record.PYTHON_4)],
        [newest["version"], str(newest["first_release"])],
        [of("packaging")],
        [of("typing"), themes.filter(theme="typing", status="Final").height],
        [len(free)],
        [of("async")],
    ]


def python_speed(v: Names) -> list[Row]:
    own = v["runs"].filter(machine=v["machine"])

    def of(version: str, build: str = "default") -> float:
        return float(cell_of(own, "speed", version=version, build=build))

    gains = record.against_default(data.load("cpython_speed"))

    def span(build: str) -> Row:
        found = 100 * gains.filter(build=build)["gain"]
        assert len(found) == 4
        return [abs(found.min()), abs(found.max())]  # type: ignore[arg-type]

    base = data.load("cpython_speed").filter(machine=v["machine"])["version"][0]
    described = re.findall(r"\d+", own["machine_description"][0].partition("Intel")[2])
    return [
        [of("3.11.0"), base, *described],
        [of("3.12.0")],
        [of("3.13.0")],
        *([of("main", build)] for build in ("default", "JIT", "free-threaded")),
        span("JIT"),
        span("free-threaded"),
    ]


def web_assembly(v: Names) -> list[Row]:
    status = dict(v["platforms"].select("pep", "status").iter_rows())
    python = cell_of(v["platforms"], "python_version", pep=776)
    runs = v["recipes"].filter(pl.col("python_version").str.starts_with("3.14")).sort("date")
    first = runs.row(0, named=True)
    return [
        [f"{status[776]}, Python {python}"],
        *([status[pep]] for pep in (783, 816, 818)),
        [f"{first['version']} on {first['date']}"],
    ]


def cadence(v: Names) -> list[Row]:
    def bar(version: str) -> Row:
        row = v["calendar"].filter(version=version).row(0, named=True)
        return [str(row["start"]), str(row["end"])]

    fours = data.load("python_versions").filter(pl.col("version").str.starts_with("4"))
    return [*(bar(version) for version in ("3.13", "3.14", "3.16")), [fours.height]]


def tensorflow(v: Names) -> list[Row]:
    series = record.with_series(v["finals"])
    newest = v["known"].filter("is_month").row(0, named=True)
    majors = series["major"].unique().to_list()
    return [
        [len(series), *majors],
        [series.filter(major=3).height],
        [newest["version"], month_text(newest["release_date"])],
    ]


def pymc(v: Names) -> list[Row]:
    latest = data.load("pypi_latest_versions").filter(package="pymc3").row(0, named=True)
    passed = frames.crossings(v["monthly"], [("pymc", "pymc3")])["month"][0]
    assert count(v, "pymc", MARCH) > 1  # the old name is not what grows
    return [
        [count(v, "pymc3")],
        [count(v, "pymc")],
        [month_text(passed)],
        [latest["latest_version"], month_text(latest["latest_release_month"])],
    ]


def dashboards(v: Names) -> list[Row]:
    survey = data.load("jetbrains_python_survey").filter(question="dashboard library used")

    def share(item: str, year: int) -> float:
        return 100 * float(cell_of(survey, "share", item=item, year=year))

    both = v["both"]
    assert both.sort("share", descending=True)["package"].to_list()[:2] == ["streamlit", "dash"]
    return [
        [share(item, 2024) for item in ("Streamlit", "Plotly Dash", "Gradio", "Panel")],
        [share(item, 2023) for item in ("Plotly Dash", "Streamlit")],
        *(
            [cell_of(both, "downloads_30d", package=name) / 1e6]
            for name in ("gradio", "streamlit", "dash", "panel")
        ),
    ]


FOUND: dict[str, Reader] = {
    "py4-record": python_record,
    "py4-speed": python_speed,
    "py4-wasm": web_assembly,
    "py4-cadence": cadence,
    "scaling-tensorflow-versions": tensorflow,
    "scaling-pymc-names": pymc,
    "scaling-dashboards": dashboards,
}
