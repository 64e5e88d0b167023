"""trends.frames on small frames whose answers can be seen."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends import frames

MONTHS = [date(2025, month, 1) for month in range(1, 6)]
COUNTS = {"old": [100, 100, 100, 100, 100], "new": [50, 120, 90, 130, 200], "tiny": [1, 1, 2, 2, 3]}
DOWNLOADS = pl.DataFrame(
    [
        {"month": month, "package": package, "downloads_30d": count, "rank": place}
        for place, (package, counts) in enumerate(COUNTS.items(), 1)
        for month, count in zip(MONTHS, counts, strict=True)
    ]
)


def test_as_month() -> None:
    assert frames.as_month("2025-07") == frames.as_month(date(2025, 7, 31)) == date(2025, 7, 1)
    with pytest.raises(ValueError, match="2025-13"):
        frames.as_month("2025-13")
    assert frames.present_end("2024-02") == date(2024, 2, 29)


def test_between_and_of_month() -> None:
    assert frames.between(DOWNLOADS, "2025-02", "2025-03")["month"].n_unique() == 2
    assert frames.between(DOWNLOADS).equals(DOWNLOADS)
    assert frames.of_month(DOWNLOADS, "2025-01")["package"].to_list() == ["old", "new", "tiny"]


def test_growth_and_median() -> None:
    grown = frames.growth(DOWNLOADS, start="2025-01", end="2025-05")
    assert dict(grown.select("package", "growth").iter_rows()) == {"new": 4, "tiny": 3, "old": 1}
    assert frames.median_growth(DOWNLOADS, starts=["2025-01"], end="2025-05").row(0) == (
        MONTHS[0],
        3,
        3,
    )
    absent = frames.median_growth(DOWNLOADS, starts=["2024-01"], end="2025-05").row(0)
    assert absent == (date(2024, 1, 1), None, 0)


def test_starts_where_all_packages_have_a_pace() -> None:
    starts = ["2025-01", "2025-04"]
    judged = frames.growth_by_start(DOWNLOADS, list(COUNTS), starts=starts, end="2025-05")
    assert frames.starts_where(judged, ["new"], "grows") == [MONTHS[0]]
    assert frames.starts_where(judged, ["old"], "fades") == [MONTHS[0], MONTHS[3]]
    assert frames.starts_where(judged, ["new", "tiny"], "keeps pace") == [MONTHS[3]]
    assert frames.starts_where(judged, ["new", "absent"], "keeps pace") == []


def test_index_and_its_median() -> None:
    indexed = frames.index_to(DOWNLOADS, "2025-01").filter(package="new")["index"]
    assert indexed.to_list() == [1, 2.4, 1.8, 2.6, 4]
    assert frames.median_index(DOWNLOADS, "2025-01")["index"].to_list() == [1, 1, 1.8, 2, 3]


def test_crossing_is_for_good() -> None:
    pairs = [("new", "old"), ("tiny", "old"), ("old", "tiny")]
    months = frames.crossings(DOWNLOADS, pairs)["month"].to_list()
    assert months == [MONTHS[3], None, MONTHS[0]]


def test_within_includes_both_ends() -> None:
    new = DOWNLOADS.filter(package="new")
    assert frames.within(new, 100, tolerance=0.2)["downloads_30d"].to_list() == [120, 90]


def test_month_totals_fill_a_gap_with_the_mean_of_its_neighbours() -> None:
    rows = DOWNLOADS.filter(pl.col("month") != MONTHS[2])
    totals = frames.month_totals(rows, "new")
    assert totals["filled"].to_list() == [False, False, True, False, False]
    assert totals["downloads"][2] == pytest.approx((120 + 130) / 2 / 30 * 31)
    assert totals["downloads"][1] == pytest.approx(120 / 30 * 28)
    assert totals["total"][-1] == pytest.approx(totals["downloads"].sum())


def test_eras_break_the_line_at_a_change_and_at_a_gap() -> None:
    eras = pl.Enum(["A-old", "B-new"])
    snapshots = pl.DataFrame(
        {
            "month": [MONTHS[0], MONTHS[1], MONTHS[3], MONTHS[4]],
            "era": ["A-old", "A-old", "A-old", "B-new"],
        }
    ).with_columns(pl.col("era").cast(eras))
    lines = frames.with_eras(DOWNLOADS.filter(package="new"), snapshots)
    assert lines["segment"].to_list() == [1, 1, None, 2, 3]
    assert lines["era"].to_list() == ["A", "A", None, "A", "B"]


def test_era_step_is_what_exceeds_the_trend() -> None:
    # Everything grows tenfold at the break and by a tenth otherwise.
    counts = [100.0, 110, 121, 133.1, 1331, 1464.1, 1610.51, 1771.561]
    rows = [
        {"month": date(2020, month, 1), "package": name, "downloads_30d": count, "rank": 1}
        for month, count in enumerate(counts, 1)
        for name in ("a", "b")
    ]
    steps = frames.era_steps(pl.DataFrame(rows), ["2020-05"])
    assert steps["step"][0] == pytest.approx(10 / 1.1)
    assert steps["before"][0] == date(2020, 4, 1)


def test_releases_and_floors() -> None:
    releases = pl.DataFrame(
        {
            "package": ["a", "a", "a"],
            "version": ["1.0", "2.0rc1", "2.0"],
            "release_date": [date(2024, 1, 1), date(2025, 1, 1), date(2025, 9, 1)],
            "requires_python": [">=3.9,<3.13", ">= 3.10", None],
            "is_prerelease": [False, True, False],
        }
    )
    assert frames.final_releases(releases, "a")["version"].to_list() == ["1.0", "2.0"]
    known = frames.final_releases(releases, "a", until=date(2025, 7, 31))
    assert known["version"].to_list() == ["1.0"]
    assert frames.python_floor(releases)["floor"].to_list() == [9, 10, None]
    assert frames.all_releases(releases, releases).height == 6


def test_floors_on_a_day_and_the_steps_to_them() -> None:
    rows = [
        ("a", "1.0", date(2024, 1, 1), ">=3.8", False),
        ("a", "2.0", date(2025, 1, 1), ">=3.10", False),
        ("a", "1.1", date(2025, 2, 1), ">=3.8", False),  # mends an older line
        ("a", "3.0", date(2025, 6, 1), ">=3.11", False),
        ("a", "4.0rc1", date(2025, 7, 1), ">=3.12", True),
        ("asleep", "1.0", date(2020, 1, 1), ">=3.6", False),
        ("silent", "1.0", date(2025, 1, 1), None, False),
    ]
    columns = ["package", "version", "release_date", "requires_python", "is_prerelease"]
    releases = pl.DataFrame(rows, schema=columns, orient="row")
    until = date(2025, 7, 31)
    floors = frames.floors_on(releases, until)
    assert floors.select("package", "version", "floor").rows() == [("a", "3.0", 11)]
    assert frames.floors_on(releases, date(2025, 3, 1))["floor"].to_list() == [8]
    steps = frames.floor_steps(releases, ["a"], until=until)
    assert steps.select("version", "floor").rows() == [("1.0", 8), ("2.0", 10), ("3.0", 11)]


def test_version_shares_add_up_and_go_from_old_to_new() -> None:
    counted = {"2.7": 10, "3.9": 30, "3.10": 60, "(all versions)": 100}
    downloads = pl.DataFrame(
        {
            "month": [MONTHS[0]] * 4,
            "package": ["(all packages)"] * 4,
            "python_version": list(counted),
            "downloads": list(counted.values()),
        }
    )
    shares = frames.version_shares(downloads, "(all packages)")
    assert shares["python_version"].to_list() == ["2.7", "3.9", "3.10"]
    assert shares["minor"].to_list() == [-93, 9, 10]
    assert shares["share"].to_list() == [0.1, 0.3, 0.6]


def test_preferred_takes_the_best_choice_each_item_has() -> None:
    rows = pl.DataFrame({"item": ["a", "a", "b", "c"], "of": ["all", "some", "some", "other"]})
    assert frames.preferred(rows, "of", ["all", "some"], key="item").rows() == [
        ("a", "all"),
        ("b", "some"),
    ]


def test_absences_break_a_line_but_missing_lists_do_not() -> None:
    months = [date(2025, month, 1) for month in (1, 2, 4, 5, 6)]  # no list in March
    rows = pl.DataFrame({"package": "a", "month": [months[i] for i in (1, 2, 4)]})
    segments = frames.with_absences(rows, pl.Series(months))
    assert segments["segment"].to_list() == [0, 0, 1]
    snapshots = pl.DataFrame({"month": months, "era": ["D"] * 3 + ["E"] * 2})
    assert frames.with_eras(rows, snapshots)["segment"].to_list() == [1, 2, 4]
    assert frames.with_eras(rows.drop("package"), snapshots)["segment"].to_list() == [1, 2, 3]


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=9), st.integers(2, 1000))
def test_growth_does_not_depend_on_the_unit(counts: list[int], unit: int) -> None:
    def grown(factor: int) -> list[float]:
        rows = [
            {"month": month, "package": str(k), "downloads_30d": count * factor, "rank": 1}
            for k, count in enumerate(counts)
            for month in MONTHS[:2]
        ]
        frame = frames.growth(pl.DataFrame(rows), start=MONTHS[0], end=MONTHS[1])
        return frame["growth"].to_list()

    assert grown(1) == pytest.approx(grown(unit))


def test_ranks_are_shared_where_shares_are() -> None:
    shares = pl.DataFrame({"year": [1, 1, 1, 2], "item": list("abca"), "share": [0.2, 0.5, 0.5, 1]})
    assert dict(frames.ranks(shares).filter(year=1).select("item", "place").iter_rows()) == {
        "b": 1,
        "c": 1,
        "a": 3,
    }


def test_breaks_are_where_the_era_changes() -> None:
    snapshots = pl.DataFrame({"month": MONTHS, "era": ["A", "A", "B", "B", "C"]})
    assert frames.era_breaks(snapshots) == [MONTHS[2], MONTHS[4]]
    ratios = frames.month_ratios(DOWNLOADS)
    assert ratios["month"].to_list() == MONTHS[1:]
    assert ratios["median_ratio"][0] == 1


def test_a_value_and_values_by_key() -> None:
    assert frames.value(DOWNLOADS, "downloads_30d", package="new", month="2025-05") == 200
    first = frames.values(DOWNLOADS, "package", "downloads_30d", month="2025-01")
    assert first == {"old": 100, "new": 50, "tiny": 1}
    blank = pl.DataFrame({"a": [None, "x"], "b": [1, 2]})
    assert frames.value(blank, "b", a=None) == 1


def test_a_value_that_is_not_there_says_what_is_near() -> None:
    with pytest.raises(frames.ValueMissingError, match=r"0 rows have package='tin', .+ mean t"):
        frames.value(DOWNLOADS, "rank", package="tin", month="2025-01")
    with pytest.raises(frames.ValueMissingError, match="5 rows have package='new'"):
        frames.value(DOWNLOADS, "rank", package="new")
    july = frames.values(DOWNLOADS, "package", "rank", month="2025-01")
    with pytest.raises(frames.ValueMissingError, match="no row has 'olde'; did you mean old"):
        july["olde"]
    with pytest.raises(frames.ValueMissingError, match="more than one row has package='"):
        frames.values(DOWNLOADS, "package", "rank")
