"""Charts of who leads: by two yardsticks, or among two groups of people."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dots import dot_rows, row_axis
from trends.charts.labels import color_scale
from trends.charts.lines import COUNTED
from trends.charts.surveys import SOURCE, year_slopes
from trends.frames import Month


def share_and_downloads(rows: pl.DataFrame, *, year: int, month: Month) -> Any:
    """Draw the same packages by two yardsticks side by side, in the order of the survey.

    Args:
        rows: One row a package. Columns: `package` String, `share` Float64 (0 to 1, of those
            asked), `downloads_30d` Int64.
        year: Year of the survey.
        month: Month of the downloads.
    """
    rows = rows.sort("share", "package", descending=[True, False]).with_columns(
        percent=pl.col("share") * 100, millions=pl.col("downloads_30d") / 1e6
    )
    rows = rows.with_columns(
        percent_words=pl.format("{} %", pl.col("percent").round(0).cast(pl.Int64)),
        million_words=pl.format("{} M", pl.col("millions").round(1)),
    )
    names = rows["package"].to_list()
    color = alt.Color("package:N").scale(color_scale(names)).legend(None)
    shares = dot_rows(
        rows,
        row="package",
        value="percent",
        words="percent_words",
        x_title="percent",
        color=color,
        scale="linear",
        panel=True,
    )
    counts = dot_rows(
        rows,
        row="package",
        value="millions",
        words="million_words",
        x_title="million downloads",
        color=color,
        panel=True,
    )
    asked, counted = rows["package"][0], rows.sort("downloads_30d")["package"][-1]
    when = wording.month_name(month)
    return theme.finish(
        alt.hconcat(
            shares.properties(title=alt.Title(f"Survey of {year}", fontSize=13)),
            counts.properties(title=alt.Title(f"Downloads, {when}", fontSize=13)),
            spacing=24,
        ),
        title=f"First in the survey: {asked}; first by downloads: {counted}",
        subtitle="Percent of those who build dashboards, and million downloads (log scale)",
        source=f"Python Developers Survey (PSF and JetBrains), published figures. {COUNTED}.",
    )


def lead_panels(answers: pl.DataFrame, years: pl.DataFrame, *, population: str) -> Any:
    """Draw who leads among some respondents and among all, and beside it how it came about.

    Args:
        answers: One survey's newest year. Columns: `item`, `population` String, `share` Float64
            (0 to 1). Every population but the one named is drawn as a ring.
        years: Another survey. Columns: `item` String, `year` Int32, `share` Float64.
        population: The respondents that the title speaks of.
    """
    colors = color_scale([name.lower() for name in answers["item"].unique().sort()])
    rows = answers.with_columns(
        package=pl.col("item").str.to_lowercase(), percent=pl.col("share") * 100
    ).sort("percent", "item", descending=[True, False])
    own = rows.filter(population=population)
    words = own.with_columns(words=pl.col("percent").round(1).cast(pl.String))
    x = alt.X("percent:Q").title("percent").scale(zero=False, nice=False, padding=24)
    base = alt.Chart(rows).encode(
        x=x.axis(grid=True, tickCount=5),
        y=row_axis("item", own["item"].to_list()),
        color=alt.Color("package:N").scale(colors).legend(None),
        tooltip=[
            "item:N",
            "population:N",
            alt.Tooltip("percent:Q", format=".1f", title="percent"),
        ],
    )
    chosen = alt.datum.population == population
    dots = base.transform_filter(chosen).mark_circle(size=110, opacity=1)
    rings = base.transform_filter(~chosen).mark_point(size=110, strokeWidth=2, opacity=1)
    values = (
        alt.Chart(words)
        .mark_text(dy=-15, fontWeight=600)
        .encode(
            x="percent:Q",
            y=row_axis("item", own["item"].to_list()),
            text="words:N",
            color=alt.Color("package:N").scale(colors).legend(None),
        )
    )
    short = population.partition(" (")[0]
    title = alt.Title("Developers (Stack Overflow, 2025)", fontSize=13)
    left = alt.layer(rings, dots, values).properties(title=title, height=theme.HEIGHT - 60)
    right = year_slopes(years, "Python developers (PSF, JetBrains)", colors)
    among = _lead(own, short)
    newest = years.filter(pl.col("year") == pl.col("year").max())
    return theme.finish(
        alt.hconcat(left, right, spacing=24).resolve_scale(y="independent", color="independent"),
        title=f"{among}; {_lead(newest, 'Python developers')}",
        subtitle=f"Percent of each survey's respondents; dot: {short}, ring: all",
        source=SOURCE,
    )


def _lead(rows: pl.DataFrame, among: str) -> str:
    first, second = rows.sort("share", "item", descending=[True, False]).head(2).to_dicts()
    lead = wording.points(first["share"] - second["share"])
    return f"{first['item']} leads {second['item']} by {lead} among {among}"
