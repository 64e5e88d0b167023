"""The numbers of the further pages: home, the ledger, the data, the explorer, the method."""

from datetime import date

import polars as pl

from cell_numbers.reading import JULY, M, Names, Reader, Row, cell_of, count, month_text, verdicts
from trends import claims, data, explore, frames

JULY_2023 = date(2023, 7, 1)
BREAKS = (date(2018, 8, 1), date(2021, 4, 1), date(2024, 11, 1), date(2025, 6, 1))


def scoreboard(v: Names) -> list[Row]:
    kinds = dict(v["ledger"].group_by("kind").len().iter_rows())
    return [*verdicts(v)[1:], [kinds["computed"]], [kinds["judged"]]]


def claimed(v: Names) -> list[Row]:
    def of(package: str) -> Row:
        return [v["claimed"][package], count(v, package, JULY, "counts")]

    def true(package: str) -> set[date]:
        rows = v["counts"].filter(package=package)
        return set(frames.within(rows, v["claimed"][package] * M)["month"])

    both = sorted(true("fastapi") & true("django"))
    return [of("fastapi"), of("django"), [month_text(month) for month in both]]


def polars_pandas(v: Names) -> list[Row]:
    months = (JULY_2023, JULY, date(2026, 3, 1))
    counts = [[count(v, name, month, "pair") for name in ("polars", "pandas")] for month in months]
    return [[100 * polars / pandas for polars, pandas in counts]]


def growth_map(v: Names) -> list[Row]:
    above = (v["grown"]["growth"] >= v["middle"]).sum()
    return [[len(v["grown"])], [above], [v["middle"]]]


def ledger_rows(v: Names) -> list[Row]:
    return [[len(v["ledger"])], [v["ledger"]["section"].n_unique()]]


def rechecked(v: Names) -> list[Row]:
    checked = claims.recheck(present=v["PRESENT"])
    differ = checked.filter((pl.col("difference") != 0) | ~pl.col("same"))
    return [[checked.height], [differ.height]]


def tables(v: Names) -> list[Row]:
    return [[len(v["listed"])], [cell_of(v["listed"], "rows", name="pypi_top_packages")]]


def ever_listed(v: Names) -> list[Row]:
    listed = data.scan("pypi_top_packages").select(pl.col("package").n_unique())
    return [[listed.collect().item()]]


def comparison(v: Names) -> list[Row]:
    months = v["listed"].group_by("package").agg(months=pl.len()).collect()["months"]
    deep = v["listed"].filter(pl.col("rank") <= frames.STEP_DEPTH).collect()
    steps = frames.era_steps(deep, frames.era_breaks(v["snapshots"]))
    return [[len(months)], [months.sum()], [(months == months.max()).sum()], *_steps(steps)]


def when_true(v: Names) -> list[Row]:
    def months(package: str, figure: float) -> list[str]:
        history = explore.history(v["listed"], v["snapshots"], package)
        return [month_text(month) for month in frames.within(history, figure * M)["month"]]

    fastapi, requests = months(v["package"], v["claimed"]), months("requests", 500)
    return [[fastapi[0], fastapi[-1]], [len(requests), requests[0], requests[-1]]]


def movers(v: Names) -> list[Row]:
    first, second = v["moved"].head(2).to_dicts()
    return [
        [f"{first['package']}, rank {first['before']:,} to {first['after']:,}"],
        [f"{second['package']}, {second['before']:,} to {second['after']:,}"],
        [first["compared"]],
    ]


def neighbours(v: Names) -> list[Row]:
    own = cell_of(v["near"], "rank", package=v["package"])

    def side(low: int, high: int) -> str:
        rows = v["near"].filter(pl.col("rank").is_between(low, high)).sort("rank")
        return f"{', '.join(rows['package'])} ({', '.join(map(str, rows['rank']))})"

    return [[f"{side(own - 2, own - 1)}; {side(own + 1, own + 2)}"]]


def eras(v: Names) -> list[Row]:
    def total(month: date) -> float:
        return float(cell_of(v["months"], "total", month=month)) / 1e9

    before = [pl.Series([month]).dt.offset_by("-1mo")[0] for month in BREAKS]
    pairs = [[total(b), total(month)] for b, month in zip(before, BREAKS, strict=True)]
    return [*pairs, *_steps(v["steps"])]


def middles(v: Names) -> list[Row]:
    listed = v["grown"].filter(list="listed")["growth"]
    tracked = v["grown"].filter(list="tracked")["growth"]
    later = frames.middle(v["lists"]["tracked"], starts=["2024-06"], end="2025-07")
    quarters = [listed.quantile(q) for q in (0.25, 0.75)]
    return [
        [tracked.median(), len(tracked)],
        [listed.median(), len(listed), *quarters],
        [later["middle"][0], later["packages"][0]],
    ]


def windows(v: Names) -> list[Row]:
    judged = v["judged"]
    verdict_counts = judged.group_by("claim_id").agg(pl.col("window").n_unique())
    steady = (verdict_counts["window"] == 1).sum()

    def favours(claim_id: str) -> Row:
        own = judged.filter(claim_id=claim_id)
        return [own["favours"][0], len(own)]

    def differ(start: date) -> Row:
        rows = judged.filter(pl.col("window") != pl.col("ledger"), start=start)
        return [", ".join(rows["claim_id"].sort()) or "none"]

    return [
        [steady, len(verdict_counts)],
        *(favours(name) for name in ("async-shift", "jax-gaining", "poetry-pipx-rising")),
        *(differ(start) for start in judged["start"].unique().sort()),
    ]


def at_hand(v: Names) -> list[Row]:
    names = data.tables()["name"].to_list()
    return [[len([name for name in names if name != "pypi_top_packages"])]]


def _steps(steps: pl.DataFrame) -> list[Row]:
    return [[cell_of(steps, "step", month=month)] for month in BREAKS]


FOUND: dict[str, Reader] = {
    "home-scoreboard": scoreboard,
    "home-claimed-and-counted": claimed,
    "home-polars-pandas": polars_pandas,
    "home-growth-map": growth_map,
    "ledger-table": ledger_rows,
    "ledger-recheck": rechecked,
    "data-tables": tables,
    "data-look": ever_listed,
    "explore-compare": comparison,
    "explore-when-true": when_true,
    "explore-movers": movers,
    "explore-neighbours": neighbours,
    "method-eras": eras,
    "method-middle": middles,
    "method-window": windows,
    "play-start": at_hand,
}
