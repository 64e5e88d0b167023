"""Charts of benchmarks: requests a second, seconds a question, the speed of Python itself."""

from typing import Any

import altair as alt
import polars as pl

from trends.charts import theme
from trends.charts.dots import ROW_HEIGHT, dot_rows, dumbbell_rows, row_axis
from trends.charts.labels import log_axis, thousands
from trends.charts.lines import level_rule, named_lines

LANGUAGES = {"python": "accent", "javascript": "flask", "go": "fastapi", "php": "rest"}
BENCHMARK = "Source: The Benchmarker, web-frameworks (MIT)"


def request_dots(rates: pl.DataFrame, *, yardstick: str) -> Any:
    """Draw requests per second as dots on a log axis; bars from zero would hide the slow ones.

    Args:
        rates: One row a framework, fastest first. Columns: `framework`, `language` String,
            `requests_per_s` Float64, `result_date` Date, `concurrency` Int64.
        yardstick: The framework that a vertical rule marks.
    """
    names = [name for name in LANGUAGES if name in rates["language"]]
    others = [name for name in rates["language"].unique().sort() if name not in LANGUAGES]
    shades = [theme.color(LANGUAGES.get(name, "untestable")) for name in (*names, *others)]
    color = (
        alt.Color("language:N")
        .scale(domain=[*names, *others], range=shades)
        .legend(title=None, orient="top", symbolOpacity=1)
    )
    rows = rates.with_columns(words=thousands("requests_per_s"))
    mine = rows.filter(framework=yardstick)
    rule = (
        alt.Chart(mine)
        .mark_rule(strokeDash=[5, 4], color=theme.color("muted"))
        .encode(x="requests_per_s:Q")
    )
    dots = dot_rows(
        rows,
        row="framework",
        value="requests_per_s",
        words="words",
        x_title="requests per second",
        color=color,
    )
    place = rows["framework"].to_list().index(yardstick)
    day = rows["result_date"].max()
    open_at_a_time = rows["concurrency"][0]
    return theme.finish(
        alt.layer(rule, dots).properties(height=alt.Step(ROW_HEIGHT)),
        title=f"{place} of {len(rows)} frameworks answer more requests than {yardstick}",
        subtitle=f"Requests per second, {open_at_a_time} connections open, log scale",
        source=f"{BENCHMARK}, run of {day!s}.",
    )


def ratio_by_period(ratios: pl.DataFrame, *, over: str) -> Any:
    """Draw how many times as fast one framework is as others, half-year by half-year.

    Args:
        ratios: One row per period and rival. Columns: `period` String, `date` Date, `rival`
            String, `ratio` Float64, `is_sound` Boolean.
        over: The framework that is divided by its rivals.
    """
    chart = named_lines(
        ratios,
        x="date",
        y="ratio",
        series="rival",
        y_title="times as many requests",
        log=True,
        points=True,
        digits=2,
        details=("period:N",),
    )
    unsound = ratios.filter(~pl.col("is_sound")).select(
        start=pl.col("date").min().dt.offset_by("-2mo"), end=pl.col("date").max()
    )
    band = (
        alt.Chart(unsound)
        .mark_rect(color=theme.color("rest"), opacity=0.2)
        .encode(x="start:T", x2="end:T")
    )
    sound = ratios.filter("is_sound")
    newest = sound.filter(pl.col("period") == pl.col("period").max()).sort("ratio")
    said = [f"{row['ratio']:.1f} times {row['rival']}" for row in newest.to_dicts()]
    return theme.finish(
        alt.layer(band, level_rule(1, "as fast"), chart),
        title=f"{over} in {newest['period'][0]}: {', '.join(said)}",
        subtitle="Ratio of requests per second within a half-year, log scale; grey: not usable",
        source=f"{BENCHMARK}; 64 connections.",
    )


def second_dumbbells(seconds: pl.DataFrame, *, fast: str, slow: str) -> Any:
    """Draw two tools' seconds for each question, joined by a line.

    Args:
        seconds: One row a question, in the order to show. Columns: `question` String, two
            columns of seconds named `fast` and `slow`, `ratio` Float64 (slow over fast).
        fast: A tool.
        slow: A tool.
    """
    rows = seconds.with_columns(words=pl.format("{} times", pl.col("ratio").round(1)))
    values = pl.concat([seconds[fast], seconds[slow]]).to_frame("value")
    high, low = float(values["value"].max()), float(values["value"].min())  # type: ignore[arg-type]
    x = alt.X("value:Q").title("seconds").axis(log_axis(values, "value"))
    chart = dumbbell_rows(
        rows,
        row="question",
        ends=(fast, slow),
        words="words",
        x=x.scale(type="log", domain=[low / 1.3, high * 4]),
        color=alt.Color("which:N")
        .scale(domain=[fast, slow], range=theme.series_colors([fast, slow]))
        .legend(title=None, orient="top", symbolOpacity=1),
        digits=3,
    )
    total = float(seconds[slow].sum()) / float(seconds[fast].sum())
    return theme.finish(
        chart,
        title=f"{slow} takes {total:.1f} times as long as {fast}",
        subtitle="Seconds for each question, log scale; words: how many times as long",
        source="Source: Database-like ops benchmark, DuckDB Labs (MPL-2.0).",
    )


def version_dots(speeds: pl.DataFrame, *, machine: str) -> Any:
    """Draw the speed of each version and build on one machine, the other machines in grey.

    Args:
        speeds: One row per machine, version and build, oldest version first. Columns: `version`,
            `build`, `machine`, `machine_description` String, `speed` Float64 (1 = the base).
        machine: The one drawn in colour.

    Raises:
        ValueError: There is no such machine.
    """
    own = speeds.filter(machine=machine)
    if own.is_empty():
        known = ", ".join(speeds["machine"].unique().sort())
        msg = f"no machine is called {machine!r}, expected one of {known}"
        raise ValueError(msg)
    label = (
        pl.when(pl.col("build") == "default")
        .then("version")
        .otherwise(pl.format("{}, {}", "version", "build"))
    )
    words = pl.col("speed").map_elements(lambda v: f"{v:.2f}", return_dtype=pl.String)
    rows = speeds.with_columns(label=label, words=words)
    color = theme.color("accent")
    x = (
        alt.X("speed:Q")
        .title("times as fast as the base")
        .scale(zero=False, nice=False, padding=26)
        .axis(grid=True, tickCount=5, labelBound=True)
    )
    base = alt.Chart(rows).encode(
        x=x,
        y=row_axis("label", rows["label"].unique(maintain_order=True).to_list()),
        tooltip=[
            "label:N",
            alt.Tooltip("speed:Q", format=".2f", title="times as fast"),
            alt.Tooltip("machine_description:N", title="machine"),
        ],
    )
    is_own = f"datum.machine == '{machine}'"
    others = base.transform_filter(f"!({is_own})").mark_circle(
        size=50, opacity=0.75, color=theme.color("rest")
    )
    dots = base.transform_filter(is_own).mark_circle(size=110, opacity=1, color=color)
    values = base.transform_filter(is_own).mark_text(dy=-13, color=color, fontWeight=600)
    rule = (
        alt.Chart(pl.DataFrame({"speed": [1.0]}))
        .mark_rule(strokeDash=[5, 4], color=theme.color("muted"))
        .encode(x="speed:Q")
    )
    newest = own.filter(version=own["version"][-1])
    default = newest.filter(build="default")
    rest = newest.filter(pl.col("build") != "default").sort("build")
    said = [f"{row['build']} {row['speed']:.2f}" for row in rest.to_dicts()]
    head = f"{newest['version'][0]}"
    if len(default):
        head += f" is {default['speed'][0]:.2f} times as fast as Python 3.10"
    return theme.finish(
        alt.layer(rule, others, dots, values.encode(text="words:N")).properties(
            height=alt.Step(ROW_HEIGHT + 10)
        ),
        title=f"{head} ({', '.join(said)})",
        subtitle=f"Speed against 3.10.4 on {own['machine_description'][0]}; grey: other machines",
        source="Source: Faster CPython, benchmarking-public, figures quoted.",
    )
