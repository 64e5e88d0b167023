"""Charts of totals over whole months: what is measured, and what is filled in."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dots import role_color
from trends.charts.lines import COUNTED, HEIGHT, date_rule, level_rule

FILLED = ("measured", "filled in")
SHADES = ("accent", "flask")


def running_total(totals: pl.DataFrame, *, claimed: float, event: date, event_name: str) -> Any:
    """Draw how a package's downloads add up, with the claimed total as a rule.

    Args:
        totals: What `frames.month_totals` gives: `month`, `downloads`, `filled`, `total`.
        claimed: Claimed downloads, in millions.
        event: A day to mark.
        event_name: Its words.
    """
    rows = _split(totals).with_columns(sum=pl.col("total") / 1e6)
    high = float(rows["sum"].max())  # type: ignore[arg-type]
    bars = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("month:T", timeUnit="yearmonth").title(None),
            y=alt.Y("sum:Q").title("million downloads so far").scale(domain=[0, high], nice=True),
            color=_filled_color(),
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                alt.Tooltip("sum:Q", format=",.1f", title="million so far"),
                alt.Tooltip("millions:Q", format=",.1f", title="million in the month"),
                "kind:N",
            ],
        )
    )
    reached = rows.filter(pl.col("sum") >= claimed)
    when = wording.month_name(reached["month"][0]) if len(reached) else "not yet"
    return theme.finish(
        alt.layer(
            bars, level_rule(claimed, f"{claimed:g} million claimed"), date_rule(event, event_name)
        ).properties(height=HEIGHT),
        title=f"{claimed:g} million downloads in all: {_passed(when)}",
        subtitle="Downloads of all months so far, millions; orange: months without a count",
        source=f"{COUNTED}; months without a dump: the mean of their neighbours.",
    )


def _passed(when: str) -> str:
    return when if when == "not yet" else f"passed in {when}"


def month_bars(totals: pl.DataFrame, *, package: str, claimed: float) -> Any:
    """Draw a year month by month, and how it adds up to a claimed total.

    Args:
        totals: Rows of one year of `frames.month_totals`: `month`, `downloads`, `filled`.
        package: Its name, for the title.
        claimed: Claimed downloads of the year, in millions.
    """
    rows = _split(totals.sort("month")).with_columns(sum=pl.col("millions").cum_sum())
    axis = alt.Axis(format="%b", labelAngle=0, labelOverlap=True)
    x = alt.X("yearmonth(month):O").title(None).axis(axis)
    bars = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("millions:Q").title("million downloads"),
            color=_filled_color(),
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                alt.Tooltip("millions:Q", format=",.1f", title="million downloads"),
                "kind:N",
            ],
        )
    )
    line = (
        alt.Chart(rows)
        .mark_line(
            interpolate="step-after",
            point={"color": theme.color("text")},
            color=theme.color("text"),
        )
        .encode(
            x=x,
            y=alt.Y("sum:Q").title("so far"),
            tooltip=[alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("sum:Q", format=",.1f")],
        )
    )
    upper = alt.layer(line, level_rule(claimed, f"{claimed:g} million claimed"))
    total = float(rows["millions"].sum())
    filled = float(rows.filter(kind=FILLED[1])["millions"].sum())
    return theme.finish(
        alt.vconcat(upper.properties(height=150), bars.properties(height=150), spacing=14),
        title=(
            f"{package} in {rows['month'][0].year}: {total:,.0f} million downloads, "
            f"{filled:,.0f} of them filled in"
        ),
        subtitle="Million downloads; above: so far in the year, below: month by month",
        source=f"{COUNTED}; months without a dump (orange): the mean of their neighbours.",
    )


def year_bars(years: pl.DataFrame, *, value: str, value_title: str) -> Any:
    """Draw small panels of yearly values, each with its own scale: one would flatten the rest.

    Args:
        years: One row per package and year. Columns: `package` String, `year` Int32, `value`.
        value: Column of the values.
        value_title: Its unit.
    """
    names = years["package"].unique(maintain_order=True).to_list()
    panels = [_year_panel(years.filter(package=name), name, value, value_title) for name in names]
    last = years.filter(pl.col("year") == pl.col("year").max())
    before = years.filter(pl.col("year") == pl.col("year").max() - 1)
    change = last.join(before, on="package", suffix="_before")
    change = change.select("package", factor=pl.col(value) / pl.col(f"{value}_before"))
    said = [f"{row['package']} {row['factor']:.1f}" for row in change.to_dicts()]
    year = last["year"][0]
    return theme.finish(
        alt.vconcat(*panels, spacing=10),
        title=f"Times as much in {year} as in {year - 1}: {', '.join(said)}",
        subtitle=f"By year: {value_title}; each panel has its own scale",
        source=f"{COUNTED}; July and December 2024 filled in.",
    )


def _year_panel(rows: pl.DataFrame, name: str, value: str, value_title: str) -> Any:
    rows = rows.with_columns(words=pl.col(value).round(1).cast(pl.String))
    high = float(rows[value].max())  # type: ignore[arg-type]
    base = alt.Chart(rows).encode(
        x=alt.X("year:O").title(None).axis(labelAngle=0),
        y=alt.Y(f"{value}:Q").axis(None).scale(domain=[0, high * 1.25]),
    )
    bars = base.mark_bar(width={"band": 0.6}, color=theme.color("accent")).encode(
        tooltip=["package:N", "year:O", alt.Tooltip(f"{value}:Q", format=",.1f", title=value_title)]
    )
    words = base.mark_text(dy=-8).encode(text="words:N")
    layers = alt.layer(bars, words)
    return layers.properties(title=alt.Title(name, fontSize=13), height=70)


def _split(totals: pl.DataFrame) -> pl.DataFrame:
    kind = pl.when("filled").then(pl.lit(FILLED[1])).otherwise(pl.lit(FILLED[0]))
    return totals.with_columns(kind=kind, millions=pl.col("downloads") / 1e6)


def _filled_color() -> alt.Color:
    return role_color("kind", FILLED, SHADES)
