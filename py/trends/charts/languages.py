"""Charts of programming languages in a survey: the share of one, the places of several."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.lines import HEIGHT, level_rule, named_lines

SOURCE = "Source: Stack Overflow Developer Surveys 2013 to 2025 (Stack Exchange Inc., ODbL 1.0)."


def share_line(shares: pl.DataFrame, *, claimed: float) -> Any:
    """Draw the share of one language year by year, and beside it that among professionals.

    Args:
        shares: One row per year and population. Columns: `year` Int32, `item`, `population`
            String, `share` Float64 (0 to 1). The first population is drawn as a line.
        claimed: A claimed share in percent, for the rule.
    """
    everyone = shares["population"][0]
    rows = shares.with_columns(percent=pl.col("share") * 100).sort("year")
    rows = rows.with_columns(words=pl.col("percent").round(1).cast(pl.String))
    years = rows["year"].unique().sort().to_list()
    first, last = years[0], years[-1]
    base = alt.Chart(rows).encode(
        x=alt.X("year:Q")
        .title(None)
        .scale(domain=[first, last], nice=False, padding=24)
        .axis(format="d", values=years, labelOverlap=True),
        y=alt.Y("percent:Q").title("percent").scale(zero=True),
        tooltip=[
            "item:N",
            "year:Q",
            "population:N",
            alt.Tooltip("percent:Q", format=".1f", title="percent"),
        ],
    )
    color = theme.color("accent")
    own = base.transform_filter(alt.datum.population == everyone)
    line = own.mark_line(strokeWidth=2.5, color=color)
    points = own.mark_circle(size=60, opacity=1, color=color)
    others = base.transform_filter(alt.datum.population != everyone)
    hollow = others.mark_point(size=90, strokeWidth=2, opacity=1, color=color)
    ends = rows.filter(pl.col("year").is_in([first, last])).with_columns(
        words=pl.when(pl.col("population") == everyone)
        .then("words")
        .otherwise(pl.format("{} {}", "population", "words"))
    )
    is_own, is_first = pl.col("population") == everyone, pl.col("year") == first
    named = [
        alt.Chart(ends.filter(is_own, is_first)).mark_text(dy=16, fontWeight=600, color=color),
        alt.Chart(ends.filter(is_own, ~is_first)).mark_text(dy=-12, fontWeight=600, color=color),
        alt.Chart(ends.filter(~is_own)).mark_text(
            align="right", dx=8, dy=52, lineBreak=" ", color=color
        ),
    ]
    words = [mark.encode(x="year:Q", y="percent:Q", text="words:N") for mark in named]
    now = rows.filter(is_own, year=last)["percent"][0]
    return theme.finish(
        alt.layer(
            level_rule(claimed, f"{claimed:g} percent claimed", centred=True),
            line,
            points,
            hollow,
            *words,
        ).properties(height=HEIGHT),
        title=f"{rows['item'][0]}: {now:.1f} percent of respondents in {last}",
        subtitle="Share of Stack Overflow's respondents who used it, percent",
        source=SOURCE,
    )


def place_lines(places: pl.DataFrame, *, highlight: str) -> Any:
    """Draw the place of each language year by year, one of them in colour.

    Args:
        places: One row per year and language. Columns: `year` Int32, `item` String, `place`
            (1 = most used).
        highlight: The one in colour.
    """
    names = places["item"].unique(maintain_order=True).to_list()
    shades = [theme.color("accent" if name == highlight else "rest") for name in names]
    rows = places.with_columns(date=pl.date("year", 7, 1))
    chart = named_lines(
        rows,
        x="date",
        y="place",
        series="item",
        y_title="place",
        colors=alt.Scale(domain=names, range=shades),
        reverse=True,
        zero=False,
        points=True,
        digits=0,
    )
    last = places.filter(pl.col("year") == pl.col("year").max())
    own = last.filter(item=highlight).row(0, named=True)
    ahead = last.filter(pl.col("place") < own["place"]).sort("place")["item"].to_list()
    behind = f", behind {wording.listing(ahead)}" if ahead else ""
    return theme.finish(
        chart,
        title=f"{highlight} in {own['year']}: place {own['place']}{behind}",
        subtitle="Place by share of Stack Overflow's respondents; the lists of answers changed",
        source=SOURCE,
    )
