"""Charts of pay: ranges rather than means, because pay is skewed."""

import altair as alt
import polars as pl

from trends.charts.parts import theme
from trends.charts.parts.axes import ROW_HEIGHT, color_by, nameless_axis
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import fixed, names_above, tips

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
) -> Picture:
    """Draw the middle half of each group as a bar, with a tick at its median.

    Args:
        pay: One row a group, in the order to show: `by`, `p25_usd`, `median_usd`, `p75_usd`
            (dollars a year), `n` (people asked).
        by: Column that names the groups.
        unit: What the names are counted in, such as `years`.
        claimed: A claimed range of pay in dollars, drawn as a band.
        what: The language they use, for the words.
    """
    name = pl.format("{} {}", pl.col(by).cast(pl.String), pl.lit(unit)).str.strip_chars()
    rows = pay.with_columns(name.alias(by))
    rows = rows.with_columns(words=pl.format("{}: {}, n = {}", by, fixed("median_usd"), fixed("n")))
    y = nameless_axis(by, rows[by])
    base = alt.Chart(rows).encode(
        y=y,
        tooltip=tips(
            f"{by}:N",
            ("p25_usd:Q", ",", "a quarter earns less than"),
            ("median_usd:Q", ",", "median"),
            ("p75_usd:Q", ",", "a quarter earns more than"),
            ("n:Q", ",", "people"),
        ),
    )
    bars = base.mark_bar(height=12, color=theme.color("accent"), opacity=0.55)
    bars = bars.encode(x=_dollars("p25_usd"), x2="p75_usd:Q")
    ticks = base.mark_tick(thickness=3, size=18, color=theme.color("text"), opacity=1)
    layers = [names_above(rows, y), bars, ticks.encode(x="median_usd:Q")]
    if claimed:
        ends = pl.DataFrame({"low": [claimed[0]], "high": [claimed[1]]})
        band = alt.Chart(ends).mark_rect(color=theme.color("flask"), opacity=0.22)
        layers.insert(0, band.encode(x="low:Q", x2="high:Q"))
    ranked = rows.sort("median_usd", by)
    low, high = ranked.row(0, named=True), ranked.row(-1, named=True)
    to = f" to {high['median_usd']:,} ({high[by]})" if len(rows) > 1 else ""
    return theme.finish(
        alt.layer(*layers).properties(height=alt.Step(ROOM)),
        title=f"Median {low['median_usd']:,} dollars ({low[by]}){to}",
        subtitle=f"Yearly pay of people in the United States who use {what}: middle half and median"
        + (", band: claimed" if claimed else ""),
        source=SOURCE,
    )


def _dollars(column: str) -> alt.X:
    axis = alt.Axis(labelExpr="datum.value / 1000", grid=True, tickCount=6)
    return alt.X(f"{column}:Q").title("thousand dollars a year").scale(zero=True).axis(axis)


def pay_pairs(pay: pl.DataFrame, *, languages: list[str]) -> Picture:
    """Draw the median pay of two `languages`, in the order of their colours, by country.

    `pay` has one row per `country` and `language`: `median_usd`, `n`.

    Raises:
        ValueError: There are not two of them.
    """
    if len(languages) != 2:
        msg = f"two languages are compared, not {len(languages)}"
        raise ValueError(msg)
    first, second = languages
    low, high = pl.min_horizontal(languages), pl.max_horizontal(languages)
    spans = pay.pivot("language", index="country", values="median_usd").drop_nulls()
    spans = spans.sort(first, "country", descending=[True, False]).select(
        "country",
        low=low,
        high=high,
        words=pl.format("{}: {} and {}", "country", fixed(first), fixed(second)),
        gap=high / low - 1,
    )
    y = nameless_axis("country", spans["country"])
    said = ("median_usd:Q", ",", "median, dollars a year")
    joint = alt.Chart(spans).mark_rule(strokeWidth=2, color=theme.color("rest"))
    base = alt.Chart(pay.join(spans, on="country", how="semi")).encode(
        x="median_usd:Q",
        y=y,
        color=color_by("language", {first: "accent", second: "torch"}),
        tooltip=tips("country:N", "language:N", said, ("n:Q", ",", "people")),
    )
    rings = base.transform_filter(alt.datum.language == second)
    dots = base.transform_filter(alt.datum.language == first)
    widest = spans.sort("gap", descending=True).row(0, named=True)
    return theme.finish(
        alt.layer(
            names_above(spans, y, dy=-17),
            joint.encode(x=_dollars("low"), x2="high:Q", y=y),
            rings.mark_point(size=150, strokeWidth=2.5, opacity=1),
            dots.mark_circle(size=70, opacity=1),
        ).properties(height=alt.Step(ROOM)),
        title=f"{first} and {second} are widest apart in {widest['country']}: {widest['gap']:.0%}",
        subtitle=f"Median yearly pay in dollars; blue dot: {first}, orange ring: {second}",
        source=SOURCE,
    )
