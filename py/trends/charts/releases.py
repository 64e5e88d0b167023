"""Charts of releases and dates: strips, crossings, support calendars."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dates import moment, panel_scale
from trends.charts.dots import ROW_HEIGHT, role_color, row_axis
from trends.charts.labels import haloed, thousands
from trends.charts.lines import counted_source, date_rule, named_lines

RELEASE_SOURCE = (
    "Sources: the projects' own tags; best-of lists by ml-tooling (CC BY-SA 4.0); endoflife.date."
)
SLEEPING = 365
"""Days without a release after which a project counts as asleep here."""


def release_strips(releases: pl.DataFrame, *, today: date) -> Any:
    """Draw a tick for each release, a row for each package; words say how long ago the last was.

    Args:
        releases: One row a release, up to `today`. Columns: `package`, `version` String,
            `release_date` Date.
        today: The day to look back from.
    """
    last = (
        releases.sort("release_date")
        .group_by("package")
        .agg(pl.col("release_date", "version").last(), releases=pl.len())
        .with_columns(days=(pl.lit(today) - pl.col("release_date")).dt.total_days())
        .sort("days", "package")
        .with_columns(words=pl.format("{} days", thousands("days")))
    )
    y = row_axis("package", last["package"].to_list())
    room = alt.Scale(
        domain=[moment(_first(releases)), moment(today)],
        rangeMax=alt.ExprRef("width - 84"),
        nice=False,
    )
    x = alt.X("release_date:T").title(None).scale(room).axis(format="%Y", tickCount="year")
    color = (
        alt.Color("is_asleep:N")
        .scale(domain=[False, True], range=[theme.color("accent"), theme.color("contradicted")])
        .legend(None)
    )
    asleep = last.select("package", is_asleep=pl.col("days") > SLEEPING)
    ticks = (
        alt.Chart(releases.join(asleep, on="package"))
        .mark_tick(thickness=2, size=16, opacity=0.75)
        .encode(
            x=x,
            y=y,
            color=color,
            tooltip=["package:N", "version:N", alt.Tooltip("release_date:T", format="%d %B %Y")],
        )
    )
    words = (
        alt.Chart(last.join(asleep, on="package"))
        .mark_text(align="left", dx=6)
        .encode(x=alt.value(alt.ExprRef("width - 84")), y=y, text="words:N", color=color)
    )
    sleepers = last.filter(pl.col("days") > SLEEPING)
    said = [f"{row['package']} {row['days']:,} days" for row in sleepers.reverse().to_dicts()]
    return theme.finish(
        alt.layer(date_rule(today, ""), ticks, words).properties(height=alt.Step(ROW_HEIGHT)),
        title=f"Without a release for over a year: {', '.join(said) or 'nobody'}",
        subtitle=f"Final releases, one tick each, and days since the last on {today}",
        source=RELEASE_SOURCE,
    )


def newest_releases(
    releases: pl.DataFrame, *, today: date, season: tuple[date, date], season_name: str
) -> Any:
    """Draw a tick for each release and point out each package's newest on a day.

    Args:
        releases: One row a release. Columns: `package`, `version` String, `release_date` Date.
        today: The day looked at; later releases are grey.
        season: First and last day of a band behind the ticks.
        season_name: Its words.
    """
    rows = releases.sort("release_date", "package", "version").with_columns(
        line=pl.col("version").str.extract(r"^(\d+\.\d+)\.0$"),
        is_known=pl.col("release_date") <= today,
    )
    newest = rows.filter("is_known").group_by("package", maintain_order=True).last()
    packages = releases["package"].unique(maintain_order=True).to_list()
    newest = newest.sort(pl.col("package").replace_strict(packages, range(len(packages))))
    y = row_axis("package", packages)
    color = role_color("is_known", [True, False], ["accent", "rest"])
    first, last = rows["release_date"][0].year, rows["release_date"][-1].year
    ends = [moment(date(first, 1, 1)), moment(date(last, 12, 31))]
    x = alt.X("release_date:T").title(None).scale(domain=ends, nice=False)
    ticks = (
        alt.Chart(rows)
        .mark_tick(thickness=2, size=16)
        .encode(
            x=x.axis(tickCount="year", format="%Y", grid=True),
            y=y,
            color=color,
            tooltip=["package:N", "version:N", alt.Tooltip("release_date:T", format="%d %B %Y")],
        )
    )
    minors = alt.Chart(rows.drop_nulls("line")).mark_text(dy=-17)
    dots = alt.Chart(newest).mark_circle(size=110, opacity=1, color=theme.color("accent"))
    words = alt.Chart(newest).mark_text(dy=18, fontWeight=600).encode(x=x, y=y, text="version:N")
    band = pl.DataFrame({"start": [season[0]], "end": [season[1]], "text": [season_name]})
    behind = alt.Chart(band).mark_rect(color=theme.color("rest"), opacity=0.16)
    season_words = alt.Chart(band).mark_text(
        align="right", baseline="bottom", dy=-3, color=theme.color("muted")
    )
    said = [f"{row['package']} {row['version']}" for row in newest.to_dicts()]
    return theme.finish(
        alt.layer(
            behind.encode(x=alt.X("start:T"), x2="end:T"),
            season_words.encode(x="end:T", y=alt.value(0), text="text:N"),
            ticks,
            dots.encode(x=x, y=y),
            minors.encode(x=x, y=y, text="line:N", color=color),
            words,
        ).properties(height=alt.Step(ROW_HEIGHT * 2.2)),
        title=f"Newest on {wording.day_name(today)}: {', '.join(said)}",
        subtitle="Final releases, one tick each, minor ones with their number; grey: still to come",
        source=RELEASE_SOURCE,
    )


def crossing_dots(crossings: pl.DataFrame, *, rows_to: pl.DataFrame) -> Any:
    """Draw the month in which each newcomer passed its incumbent for good.

    Args:
        crossings: What `frames.crossings` gives: `newcomer`, `incumbent` String, `month` Date,
            null where the newcomer is not ahead.
        rows_to: The downloads they were found in, for the last month.
    """
    rows = crossings.sort("month", nulls_last=True).with_columns(
        pair=pl.format("{} passes {}", "newcomer", "incumbent"),
        words=pl.when(pl.col("month").is_null())
        .then(pl.format("{} is not ahead of {}", "newcomer", "incumbent"))
        .otherwise(
            pl.format(
                "{} passes {}: {}", "newcomer", "incumbent", pl.col("month").dt.strftime("%b %Y")
            )
        ),
    )
    done = rows.drop_nulls("month")
    y = alt.Y("pair:N", sort=rows["pair"].to_list(), axis=None)
    last = rows_to["month"].max()
    assert isinstance(last, date)
    first = _first(done.rename({"month": "release_date"}))
    scale = alt.Scale(domain=[moment(first), moment(last)], padding=8)
    x = alt.X("month:T").title(None).scale(scale).axis(format="%Y", tickCount="year", grid=True)
    dots = (
        alt.Chart(done)
        .mark_circle(size=110, opacity=1, color=theme.color("accent"))
        .encode(x=x, y=y, tooltip=["pair:N", alt.Tooltip("month:T", format="%B %Y")])
    )
    base = alt.Chart(rows).encode(x=alt.value(0), y=y, text="words:N")
    words = haloed(base, align="left", baseline="bottom", dy=-9)
    return theme.finish(
        alt.layer(date_rule("2025-07", below=True), dots, *words).properties(
            height=alt.Step(ROW_HEIGHT + 16)
        ),
        title=f"{len(done)} of {len(rows)} newcomers have passed the older tool for good",
        subtitle="First month from which the newcomer is ahead in every later month",
        source=counted_source(rows_to, broken=False),
    )


def support_bars(calendar: pl.DataFrame, *, today: date) -> Any:
    """Draw how long AWS Lambda supports each version of Python.

    Args:
        calendar: As for `calendar_bars`; `end` is the day new functions are blocked.
        today: Where the rule stands.
    """
    on = calendar.filter(pl.col("active") >= today, pl.col("start") <= today)["version"].to_list()
    return theme.finish(
        calendar_bars(calendar, today=today),
        title=f"{len(on)} versions in active support on {wording.day_name(today)}: "
        f"{', '.join(on) or 'none'}",
        subtitle="AWS Lambda's Python runtimes; blue: active support, grey: until blocked",
        source="Source: endoflife.date, release-data (MIT); first releases from the PEPs.",
    )


def calendar_bars(calendar: pl.DataFrame, *, today: date) -> Any:
    """Draw a bar a version: in colour until active support ends, grey until its end.

    Args:
        calendar: One row a version, in the order to show. Columns: `version` String, `start`,
            `active` (end of active support), `end` Date.
        today: Where the rule stands.
    """
    y = row_axis("version", calendar["version"].to_list())
    base = alt.Chart(calendar).encode(
        y=y,
        tooltip=[
            "version:N",
            alt.Tooltip("start:T", format="%d %B %Y", title="first release"),
            alt.Tooltip("active:T", format="%d %B %Y", title="active support ends"),
            alt.Tooltip("end:T", format="%d %B %Y", title="end of life"),
        ],
    )
    x = alt.X("start:T").title(None).axis(format="%Y", tickCount="year", grid=True)
    active = base.mark_bar(height=12, color=theme.color("accent")).encode(x=x, x2="active:T")
    after = base.mark_bar(height=12, color=theme.color("rest")).encode(x="active:T", x2="end:T")
    rule = date_rule(today, wording.day_name(today), above=True)
    return alt.layer(active, after, rule).properties(height=alt.Step(ROW_HEIGHT))


def _first(releases: pl.DataFrame) -> date:
    first = releases["release_date"].min()
    assert isinstance(first, date)
    return first


def releases_over_downloads(releases: pl.DataFrame, counts: pl.DataFrame) -> Any:
    """Draw a package's releases by major version, and below them downloads, on one time axis.

    Args:
        releases: One row a final release. Columns: `release_date` Date, `version`, `major`
            String.
        counts: One row per month and package. Columns: `month` Date, `package` String,
            `downloads_30d` Int64, `segment` Int64.
    """
    rows = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    lines = named_lines(rows, y="millions", y_title="million downloads", panel=True, height=190)
    scale = panel_scale(counts, "month", counts["package"].unique(maintain_order=True).to_list())
    first, last = counts["month"].min(), counts["month"].max()
    shown = releases.filter(pl.col("release_date").is_between(first, last))
    majors = shown["major"].unique(maintain_order=True).to_list()
    ticks = (
        alt.Chart(shown)
        .mark_tick(thickness=2, size=16, color=theme.color("accent"))
        .encode(
            x=alt.X("release_date:T").title(None).scale(scale).axis(None),
            y=row_axis("major", majors),
            tooltip=["version:N", alt.Tooltip("release_date:T", format="%d %B %Y")],
        )
        .properties(height=ROW_HEIGHT * max(len(majors), 1))
    )
    newest = releases.group_by("major").agg(pl.col("release_date").min()).sort("release_date")
    major, day = newest.row(-1)
    return theme.finish(
        alt.vconcat(ticks, lines, spacing=8),
        title=f"{major} came out on {wording.day_name(day)}",
        subtitle="Above: final releases. Below: downloads in 30 days, millions",
        source=f"{RELEASE_SOURCE} Downloads: Top PyPI Packages (Hugo van Kemenade).",
    )
