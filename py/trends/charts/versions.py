"""Charts of version numbers: what was released, what is planned, what was promised."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dots import row_axis
from trends.charts.lines import date_rule
from trends.charts.releases import RELEASE_SOURCE, calendar_bars
from trends.frames import PRESENT

STRIP_HEIGHT = 20
"""Pixels of a row of a series of versions."""


def python_calendar(calendar: pl.DataFrame, *, today: date) -> Any:
    """Draw each version of Python from its first release to its end of life.

    Args:
        calendar: As for `releases.calendar_bars`, from Python's own calendar.
        today: Where the rule stands.
    """
    newest = calendar.sort("start").row(-1, named=True)
    fours = calendar.filter(pl.col("version").str.starts_with("4")).height
    return theme.finish(
        calendar_bars(calendar, today=today),
        title=(
            f"One version a year, planned up to {newest['version']} in "
            f"{wording.month_name(newest['start'])}; {wording.in_words(fours)} Python 4"
        ),
        subtitle="Blue: bug fixes, grey: security fixes only, until the end of life",
        source="Source: release schedules of Python (PEPs, public domain or CC0), August 2026.",
    )


def series_strips(releases: pl.DataFrame, *, package: str, promised: str) -> Any:
    """Draw a tick for each release, a row for each series; the promised series keeps its row.

    Args:
        releases: One row a final release, as `record.with_series` gives it. Columns: `version`,
            `series` String, `major`, `minor` Int64, `release_date` Date, `is_month` Boolean (only
            the month is known).
        package: Its name, for the words.
        promised: A series that somebody speaks of, such as `3.0`.
    """
    major, minor = (int(part) for part in promised.split("."))
    absent = pl.DataFrame({"major": [major], "minor": [minor], "series": [promised]})
    known = releases.select("major", "minor", "series")
    rows = pl.concat([known, absent]).unique().sort("major", "minor", descending=True)
    color = theme.color("accent")
    base = alt.Chart(releases).encode(
        x=alt.X("release_date:T")
        .title(None)
        .scale(padding=10)
        .axis(format="%Y", tickCount="year", grid=True),
        y=row_axis("series", rows["series"].to_list()),
        tooltip=["version:N", alt.Tooltip("release_date:T", format="%B %Y", title="released")],
    )
    ticks = base.transform_filter("!datum.is_month").mark_tick(
        thickness=3, size=14, color=color, opacity=1
    )
    months = base.transform_filter("datum.is_month").mark_point(size=70, color=color, opacity=1)
    empty = rows.join(releases, on="series", how="anti").with_columns(
        words=pl.format("no release of {}", "series")
    )
    words = (
        alt.Chart(empty)
        .mark_text(align="left", dx=4, color=theme.color("contradicted"), fontWeight=600)
        .encode(x=alt.value(0), y=row_axis("series", rows["series"].to_list()), text="words:N")
    )
    newest = releases.sort("release_date").row(-1, named=True)
    return theme.finish(
        alt.layer(date_rule(PRESENT), ticks, months, words).properties(
            height=alt.Step(STRIP_HEIGHT)
        ),
        title=_series_finding(releases, package, promised),
        subtitle=(
            f"Final releases by series; the newest is {newest['version']} of "
            f"{wording.month_name(newest['release_date'])} (circle: by month)"
        ),
        source=f"{RELEASE_SOURCE} Newest version: PyPI.",
    )


def _series_finding(releases: pl.DataFrame, package: str, promised: str) -> str:
    found = releases.filter(series=promised).sort("release_date")
    if len(found):
        return f"{package} {promised} came out in {wording.month_name(found['release_date'][0])}"
    dated = releases.filter(~pl.col("is_month"))
    kinds = wording.listing([f"{major}.x" for major in releases["major"].unique().sort()])
    return f"{package} {promised} does not exist: {len(dated)} releases on record, all {kinds}"
