"""The explorer's questions on the real list: key numbers, and what wrong input gets."""

from datetime import date
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from trends import data, explore, frames
from trends.charts import explore as charts

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


@pytest.fixture
def listed() -> pl.LazyFrame:
    return data.scan("pypi_top_packages")


@pytest.fixture
def snapshots() -> pl.DataFrame:
    return data.load("pypi_download_snapshots")


def test_the_list_is_as_long_as_it_says(listed: pl.LazyFrame) -> None:
    counts = listed.group_by("package").agg(months=pl.len()).collect()
    assert len(counts) == 29_649
    assert counts["months"].sum() == 661_000
    assert (counts["months"] == 97).sum() == 1_638


def test_chain_lifts_earlier_counts_by_the_steps(
    listed: pl.LazyFrame, snapshots: pl.DataFrame
) -> None:
    def count(adjust: explore.Adjust, month: str) -> float:
        rows = explore.compare(listed, snapshots, ["flask"], value="downloads", adjust=adjust)
        return float(rows.filter(pl.col("month") == frames.as_month(month))["value"][0])

    steps = {"2018-07": 4.08 * 3.36 * 1.25 * 1.01, "2021-03": 3.36 * 1.25 * 1.01, "2025-05": 1.01}
    for month, step in steps.items():
        assert count("chain", month) / count("break", month) == pytest.approx(step, rel=0.01)
    assert count("chain", "2025-06") == count("break", "2025-06")


def test_lines_break_only_where_they_should(listed: pl.LazyFrame, snapshots: pl.DataFrame) -> None:
    segments = {
        adjust: explore.compare(listed, snapshots, ["flask"], adjust=adjust)["segment"].n_unique()
        for adjust in get_args(explore.Adjust)
    }
    assert segments == {"break": 7, "chain": 1, "none": 1}


def test_accidents_leave_the_sum_of_their_month(
    listed: pl.LazyFrame, snapshots: pl.DataFrame
) -> None:
    def share(*, accidents: bool) -> float:
        rows = explore.compare(listed, snapshots, ["flask"], value="share", accidents=accidents)
        return float(rows.filter(pl.col("month") == date(2025, 7, 1))["value"][0])

    assert 1 - share(accidents=True) / share(accidents=False) == pytest.approx(0.11, abs=0.01)


def test_who_was_not_listed_starts_at_one(listed: pl.LazyFrame, snapshots: pl.DataFrame) -> None:
    rows = explore.compare(
        listed, snapshots, ["uv", "flask"], value="downloads", index_to="2023-07"
    )
    ones = rows.filter(pl.col("value") == 1).select("package", "month").rows()
    assert ones == [("uv", date(2024, 2, 1)), ("flask", date(2023, 7, 1))]


def test_a_package_against_the_median(listed: pl.LazyFrame, snapshots: pl.DataFrame) -> None:
    rows = explore.compare(listed, snapshots, ["fastapi"], value="median", index_to="2023-07")
    everyone = frames.growth(listed.collect(), start="2023-07", end="2025-07")["growth"]
    assert everyone.median() == pytest.approx(2.63, abs=0.005)
    found = rows.filter(pl.col("month") == date(2025, 7, 1))["value"][0]
    assert found == pytest.approx(7.18 / 2.63, rel=0.01)


def test_movers_and_neighbours(listed: pl.LazyFrame) -> None:
    moved = explore.movers(listed, start="2023-07", end="2025-07")
    assert moved.select("package", "before", "after").rows()[:2] == [
        ("nh3", 4844, 552),
        ("typedload", 4436, 199),
    ]
    assert (moved["compared"][0], len(moved)) == (927, 20)
    fallen = explore.movers(listed, start="2023-07", end="2025-07", direction="fall")
    assert (fallen["after"] > fallen["before"]).all()
    near = explore.neighbours(listed, "fastapi", month="2025-07")
    assert near["package"].to_list()[2:7] == [
        "uvicorn", "langsmith", "fastapi", "gitpython", "keyring",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="uv is not on the list of July 2023"):
        explore.neighbours(listed, "uv", month="2023-07")


def test_a_figure_is_dated(listed: pl.LazyFrame, snapshots: pl.DataFrame) -> None:
    months = frames.within(explore.history(listed, snapshots, "requests"), 500e6)["month"]
    assert (len(months), months.min(), months.max()) == (5, date(2024, 5, 1), date(2024, 10, 1))


def test_growth_card(listed: pl.LazyFrame) -> None:
    card = explore.growth_card(listed, listed, ["uv", "fastapi", "django"])
    assert card["package"].to_list() == ["uv", "fastapi", "django"]
    assert card["growth"].to_list()[:2] == [None, 7.18]
    assert card["ahead of"].to_list() == [
        "django (2025-01)",
        "uv (2024-02), django (2022-09)",
        "",
    ]


def test_wrong_input_gets_a_sentence(listed: pl.LazyFrame, snapshots: pl.DataFrame) -> None:
    with pytest.raises(explore.PackageUnlistedError, match=r"in March 2026 .* 57,487 downloads"):
        explore.compare(listed, snapshots, ["tokenshap"])
    with pytest.raises(explore.PackageUnlistedError, match="Did you mean fastapi"):
        explore.history(listed, snapshots, "fastapii")
    with pytest.raises(ValueError, match="one to 6 names"):
        explore.compare(listed, snapshots, list("abcdefg"))
    with pytest.raises(ValueError, match="'size' is none of downloads, rank, share, median"):
        explore.compare(listed, snapshots, ["flask"], value="size")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", get_args(explore.Value))
@pytest.mark.parametrize("index_to", [None, "2023-07"])
@pytest.mark.parametrize("adjust", get_args(explore.Adjust))
@pytest.mark.parametrize("scale", get_args(charts.Scale))
def test_every_combination_of_the_controls_draws(
    listed: pl.LazyFrame,
    snapshots: pl.DataFrame,
    value: explore.Value,
    index_to: str | None,
    adjust: explore.Adjust,
    scale: charts.Scale,
) -> None:
    rows = explore.compare(
        listed, snapshots, ["fastapi", "uv"], value=value, index_to=index_to, adjust=adjust,
        start="2022-01",
    )  # fmt: skip
    floor = explore.floor(snapshots)
    chart = charts.package_view(
        rows, value=value, scale=scale, index_to=index_to, floor=floor, start="2022-01"
    )
    assert chart.to_dict()["title"]["text"].startswith("March 2026: ")
