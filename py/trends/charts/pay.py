"""Charts of pay: ranges rather than means, because pay is skewed."""

from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.dots import ROW_HEIGHT
from trends.charts.labels import haloed, thousands

SOURCE = "Source: Stack Overflow Developer Survey 2025 (Stack Exchange Inc., ODbL 1.0)."
ROOM = ROW_HEIGHT + 12
"""Pixels of a row with its words above the bar."""


def pay_ranges(
    pay: pl.DataFrame,
    *,
    by: str,
    unit: str = "",
    claimed: tuple[float, float] | None = None,
    what: str = "Python",
) -> Any:
    """Draw the middle half of each group as a bar, with a tick at its median.

    Args:
        pay: One row a group, in the order to show. Columns: `by` String, `p25_usd`,
            `median_usd`, `p75_usd` (dollars a year), `n` (people asked).
        by: Column that names the groups.
        unit: What the names are counted in, such as `years`.
        claimed: A claimed range of pay in dollars, drawn as a band.
        what: The language they use, for the words.
    """
    name = pl.format("{} {}", pl.col(by).cast(pl.String), pl.lit(unit)).str.strip_chars()
    rows = pay.with_columns(name.alias(by))
    rows = rows.with_columns(
        words=pl.format("{}: {}, n = {}", by, thousands("median_usd"), thousands("n"))
    )
    y = alt.Y(f"{by}:N", sort=rows[by].to_list(), axis=None)
    x = (
        alt.X("p25_usd:Q")
        .title("thousand dollars a year")
        .scale(zero=True)
        .axis(labelExpr="datum.value / 1000", grid=True, tickCount=6)
    )
    tooltip: list[str | alt.Tooltip] = [
        f"{by}:N",
        alt.Tooltip("p25_usd:Q", format=",", title="a quarter earns less than"),
        alt.Tooltip("median_usd:Q", format=",", title="median"),
        alt.Tooltip("p75_usd:Q", format=",", title="a quarter earns more than"),
        alt.Tooltip("n:Q", format=",", title="people"),
    ]
    base = alt.Chart(rows).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(height=12, color=theme.color("accent"), opacity=0.55).encode(
        x=x, x2="p75_usd:Q"
    )
    ticks = base.mark_tick(thickness=3, size=18, color=theme.color("text"), opacity=1).encode(
        x="median_usd:Q"
    )
    named = alt.Chart(rows).encode(x=alt.value(0), y=y, text="words:N")
    names = haloed(named, align="left", dy=-16)
    band = [] if claimed is None else [_band(*claimed)]
    return theme.finish(
        alt.layer(*band, *names, bars, ticks).properties(height=alt.Step(ROOM)),
        title=_range_finding(rows, by),
        subtitle=(
            f"Yearly pay of people in the United States who use {what}: middle half and median"
            + (", band: claimed" if claimed else "")
        ),
        source=SOURCE,
    )


def _range_finding(rows: pl.DataFrame, by: str) -> str:
    ranked = rows.sort("median_usd", by)
    low, high = ranked.row(0, named=True), ranked.row(-1, named=True)
    said = f"Median {low['median_usd']:,} dollars ({low[by]})"
    return said if len(rows) == 1 else f"{said} to {high['median_usd']:,} ({high[by]})"


def _band(low: float, high: float) -> alt.Chart:
    band: alt.Chart = (
        alt.Chart(pl.DataFrame({"low": [low], "high": [high]}))
        .mark_rect(color=theme.color("flask"), opacity=0.22)
        .encode(x="low:Q", x2="high:Q")
    )
    return band


def pay_pairs(pay: pl.DataFrame, *, languages: list[str]) -> Any:
    """Draw the median pay of two groups in each country, joined by a line.

    Args:
        pay: One row per country and language. Columns: `country`, `language` String,
            `median_usd`, `n` Int64.
        languages: The two, in the order of their colours.

    Raises:
        ValueError: There are not two of them.
    """
    if len(languages) != 2:
        msg = f"two languages are compared, not {len(languages)}"
        raise ValueError(msg)
    wide = pay.pivot("language", index="country", values="median_usd").drop_nulls()
    first, second = languages
    spans = wide.select(
        "country",
        low=pl.min_horizontal(languages),
        high=pl.max_horizontal(languages),
        words=pl.format("{}: {} and {}", "country", thousands(first), thousands(second)),
        gap=pl.max_horizontal(languages) / pl.min_horizontal(languages) - 1,
        sort=pl.col(first),
    ).sort("sort", "country", descending=[True, False])
    y = alt.Y("country:N", sort=spans["country"].to_list(), axis=None)
    x = (
        alt.X("low:Q")
        .title("thousand dollars a year")
        .scale(zero=True)
        .axis(labelExpr="datum.value / 1000", grid=True, tickCount=6)
    )
    color = (
        alt.Color("language:N")
        .scale(domain=languages, range=[theme.color("accent"), theme.color("torch")])
        .legend(None)
    )
    joint = (
        alt.Chart(spans)
        .mark_rule(strokeWidth=2, color=theme.color("rest"))
        .encode(x=x, x2="high:Q", y=y)
    )
    kept = pay.join(spans, on="country", how="semi")
    base = alt.Chart(kept).encode(
        x="median_usd:Q",
        y=y,
        color=color,
        tooltip=[
            "country:N",
            "language:N",
            alt.Tooltip("median_usd:Q", format=",", title="median, dollars a year"),
            alt.Tooltip("n:Q", format=",", title="people"),
        ],
    )
    rings = base.transform_filter(alt.datum.language == second).mark_point(
        size=150, strokeWidth=2.5, opacity=1
    )
    dots = base.transform_filter(alt.datum.language == first).mark_circle(size=70, opacity=1)
    named = alt.Chart(spans).encode(x=alt.value(0), y=y, text="words:N")
    names = haloed(named, align="left", dy=-17)
    widest = spans.sort("gap", descending=True).row(0, named=True)
    return theme.finish(
        alt.layer(*names, joint, rings, dots).properties(height=alt.Step(ROOM)),
        title=f"{first} and {second} are widest apart in {widest['country']}: {widest['gap']:.0%}",
        subtitle=f"Median yearly pay in dollars; blue dot: {first}, orange ring: {second}",
        source=SOURCE,
    )
