"""Charts of editors: ways of counting who uses them, and an index of searches."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.dots import dumbbell_rows, role_color
from trends.charts.labels import CHARACTER, color_scale, haloed, short
from trends.charts.lines import named_lines
from trends.charts.surveys import SOURCE

BAR = 20
"""Pixels: the thickness of a bar."""

PANEL = 92
"""Pixels: the height of one editor's panel."""

ENDS = ("main editor", "used")


def claimed_bars(answers: pl.DataFrame, *, claimed: float) -> Any:
    """Draw one bar a way of counting, with a rule at the claimed share across all of them.

    Args:
        answers: One row per question and part of its bar, in the order to show. Columns:
            `question`, `part` String, `share` Float64 (0 to 1); the parts of a question add up.
        claimed: Claimed percent.
    """
    percent = pl.col("share") * 100
    rows = answers.with_columns(percent=percent, end=percent.cum_sum().over("question"))
    rows = rows.with_columns(
        start=pl.col("end") - pl.col("percent"),
        is_first=pl.col("end") == pl.col("percent"),
        said=pl.format("{} {}", "part", short("percent")),
    )
    totals = rows.group_by("question", maintain_order=True).agg(
        pl.col("percent").sum(), parts=pl.len(), said=pl.col("said").str.join(" + ")
    )
    named = pl.when(pl.col("parts") > 1).then(pl.format("{}: {}", "question", "said"))
    totals = totals.with_columns(words=short("percent"), name=named.otherwise("question"))
    y = alt.Y("question:N", sort=totals["question"].to_list(), axis=None)
    x = alt.X("start:Q").title("percent").scale(domain=[0, 100]).axis(tickCount=5)
    bars = (
        alt.Chart(rows)
        .mark_bar(height=BAR)
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            color=role_color("is_first", [True, False], ["accent", "fastapi"]),
            tooltip=["question:N", "part:N", alt.Tooltip("percent:Q", format=".1f")],
        )
    )
    base = alt.Chart(totals).encode(y=y)
    sums = haloed(base.encode(x="percent:Q", text="words:N"), align="left", dx=6, fontWeight=600)
    names = haloed(base.encode(x=alt.value(0), text="name:N"), align="left", dy=-21)
    at = pl.DataFrame({"claimed": [float(claimed)], "words": [f"claimed: {claimed:g}"]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=theme.color("text"))
    told = alt.Chart(at).mark_text(baseline="bottom", dy=-4, color=theme.color("muted"))
    by_distance = totals.sort((pl.col("percent") - claimed).abs(), maintain_order=True)
    nearest = by_distance.row(0, named=True)
    return theme.finish(
        alt.layer(
            bars,
            rule.encode(x="claimed:Q"),
            *sums,
            *names,
            told.encode(x="claimed:Q", y=alt.value(0), text="words:N"),
        ).properties(height=alt.Step(BAR * 2.9)),
        title=f"Nearest to {claimed:g} percent: {nearest['question'].lower()}, {nearest['words']}",
        subtitle="Shares of three questions, percent; the rule is the article's figure",
        source=SOURCE,
    )


def main_and_used(editors: pl.DataFrame) -> Any:
    """Draw the share whose main editor it is, and the share who use it at all, joined by a line.

    Args:
        editors: One row an editor, in the order to show. Columns: `editor` String, `main`, `used`
            Float64 (0 to 1, null where not known), `population` String (of `used`).
    """
    main, used = ENDS
    rows = editors.with_columns(
        pl.col("main").mul(100).alias(main), pl.col("used").mul(100).alias(used)
    ).with_columns(
        words=pl.concat_str(
            pl.format("{} / ", short(main)).fill_null(""),
            short(used),
            pl.when(pl.col("population").str.starts_with("first"))
            .then(pl.lit(" *"))
            .otherwise(pl.lit("")),
        )
    )
    room = CHARACTER * max(len(text) for text in rows["words"]) + 12
    high = float(rows[used].max())  # type: ignore[arg-type]
    x = alt.X("value:Q").title("percent").axis(tickCount=5)
    chart = dumbbell_rows(
        rows,
        row="editor",
        ends=ENDS,
        words="words",
        x=x.scale(domain=[0, high], nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}")),
        color=alt.Color("which:N")
        .scale(domain=list(ENDS), range=[theme.color("flask"), theme.color("accent")])
        .legend(title=None, orient="top", symbolOpacity=1),
    )
    apart = rows.drop_nulls([main, used]).with_columns(times=pl.col(used) / pl.col(main))
    top = apart.sort("times").row(-1, named=True)
    return theme.finish(
        chart,
        title=(
            f"{top['editor']}: main editor of {top[main]:.0f} percent, "
            f"used by {top[used]:.1f}, {wording.times(top['times'])} as many"
        ),
        subtitle="Main editor (Python developers, 2024), used (2025), percent; * first 1,000",
        source=SOURCE,
    )


def index_history(shares: pl.DataFrame, *, newcomer: str) -> Any:
    """Draw one panel an editor, each with its own scale: the small ones would be flat in one.

    Args:
        shares: One row per month and editor, editors in the order to show. Columns: `month` Date,
            `editor` String, `share` Float64 (0 to 1 of the index).
        newcomer: The editor the title speaks of; its first month is ringed.
    """
    rows = shares.with_columns(percent=pl.col("share") * 100)
    names = rows["editor"].unique(maintain_order=True).to_list()
    colors = color_scale(names)
    panels = [
        named_lines(
            rows.filter(editor=name),
            y="percent",
            y_title="percent",
            series="editor",
            colors=colors,
            panel=True,
            height=PANEL,
            digits=2,
        )
        for name in names
    ]
    own = rows.filter(editor=newcomer).sort("month")
    place = names.index(newcomer)
    start = alt.Chart(own.head(1)).mark_point(size=90, strokeWidth=2, opacity=1)
    start = start.encode(x="month:T", y="percent:Q", color=alt.value(theme.color("text")))
    panels[place] = alt.layer(panels[place], start).properties(height=PANEL)
    first, last = own.row(0, named=True), own.row(-1, named=True)
    return theme.finish(
        alt.vconcat(*panels, spacing=12).resolve_scale(x="shared"),
        title=(
            f"{newcomer}: in the index since {wording.month_name(first['month'])}, "
            f"{last['percent']:.1f} percent in {wording.month_name(last['month'])}"
        ),
        subtitle="Share of searches for editors, percent; each panel has its own scale",
        source="Source: PYPL IDE index (Pierre Carbonnelle), from Google Trends.",
    )
