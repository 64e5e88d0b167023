"""The numbers of the part on frameworks."""

from datetime import date

from cell_numbers.reading import (
    JULY,
    Names,
    Reader,
    Row,
    cell_of,
    grown,
    index,
    rank,
    verdicts,
)
from trends import data, frames


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
    "async-index": async_index,
    "async-requests-per-second": request_rates,
    "async-ratio-over-time": rate_ratios,
    "async-flask-rank": flask_rank,
}
