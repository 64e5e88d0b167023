"""Charts of download counts: lines that break where the counting method changed."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from trends import frames, numbers
from trends.charts import theme
from trends.charts.labels import color_scale, end_labels, line_ends, log_axis, time_scale

SOURCE = (
    "Source: Top PyPI Packages (Hugo van Kemenade), downloads in 30 days, to {month}. "
    "Lines break where the counting method changed."
)


def claimed_lines(counts: pl.DataFrame, claimed: Mapping[str, float]) -> Any:
    """Draw downloads by package, thick in the months in which a claimed figure was true.

    Args:
        counts: One row per month and package. Columns: `month` Date,
            `package` String, `downloads_30d` Int64, `segment` Int64 (from
            `frames.with_eras`).
        claimed: Package to claimed downloads, in millions.

    Returns:
        Lines on a logarithmic axis, because the story is about factors, with
        a dashed rule at each claimed figure.
    """
    colors = color_scale(list(claimed))
    millions = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    true_months = pl.concat(
        frames.within(millions.filter(package=name), figure * 1e6)
        for name, figure in claimed.items()
    )
    rules = pl.DataFrame(
        {"package": list(claimed), "millions": [float(v) for v in claimed.values()]}
    )
    chart = alt.layer(
        _rules(rules, colors),
        _count_lines(millions, colors),
        _points(true_months, colors),
        end_labels(_ends(millions), x="month", series="package", scale=colors),
    ).properties(height=theme.HEIGHT)
    return theme.finish(
        chart,
        title=_claimed_finding(true_months, claimed),
        subtitle="Downloads in 30 days, millions, log scale; dots where the claim was true",
        source=_source(counts),
    )


def ratio_lines(ratios: pl.DataFrame, *, base: str) -> Any:
    """Draw how many times as many downloads packages have as a base package.

    Args:
        ratios: One row per month and package. Columns: `month` Date,
            `package` String, `ratio` Float64 (1 = as many as the base).
        base: Name of the package compared with, for the words.

    Returns:
        Lines on a logarithmic axis with a rule at 1. A ratio cancels what all
        packages share, the changes of method among it: these lines do not break.
    """
    names = ratios["package"].unique(maintain_order=True).to_list()
    colors = color_scale(names)
    ends = line_ends(ratios, x="month", y="ratio", series="package", log=True)
    lines = (
        alt.Chart(ratios)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("month:T").title(None).scale(time_scale(ratios, "month")),
            y=alt.Y("ratio:Q")
            .scale(type="log")
            .axis(log_axis(ratios, "ratio"))
            .title(f"times as many as {base}"),
            color=alt.Color("package:N").scale(colors).legend(None),
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                "package:N",
                alt.Tooltip("ratio:Q", format=".2f", title=f"times {base}"),
            ],
        )
    )
    even = alt.Chart(pl.DataFrame({"y": [1.0]})).mark_rule(strokeDash=[5, 4]).encode(y="y:Q")
    labels = end_labels(ends, x="month", series="package", scale=colors)
    chart = alt.layer(even, lines, labels).properties(height=theme.HEIGHT)
    return theme.finish(
        chart,
        title=_ratio_finding(ratios, base),
        subtitle=f"Downloads per download of {base}, log scale; above the dashed line: ahead",
        source=_source(ratios).partition(" Lines break")[0],
    )


def count_lines(counts: pl.DataFrame, *, what: str) -> Any:
    """Draw how many packages are listed, one line per depth of the list.

    Args:
        counts: One row per month and series. Columns: `month` Date, `series`
            String, `packages` Int64.
        what: What is counted, for axis and tooltip.
    """
    names = counts["series"].unique(maintain_order=True).to_list()
    colors = alt.Scale(
        domain=names, range=[theme.color(n) for n in ("accent", "rest")][: len(names)]
    )
    ends = line_ends(counts, x="month", y="packages", series="series")
    lines = (
        alt.Chart(counts)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("month:T").title(None).scale(time_scale(counts, "month")),
            y=alt.Y("packages:Q").title(what),
            color=alt.Color("series:N").scale(colors).legend(None),
            tooltip=[alt.Tooltip("month:T", format="%B %Y"), "series:N", "packages:Q"],
        )
    )
    labels = end_labels(ends, x="month", series="series", scale=colors)
    return theme.finish(
        alt.layer(lines, labels).properties(height=theme.HEIGHT),
        title=_count_finding(counts, what),
        subtitle="Names in the list of the most downloaded packages, by month",
        source=_source(counts).partition(" Lines break")[0],
    )


def _count_lines(millions: pl.DataFrame, colors: alt.Scale) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(millions)
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("month:T").title(None).scale(time_scale(millions, "month")),
            y=alt.Y("millions:Q")
            .scale(type="log")
            .axis(log_axis(millions, "millions"))
            .title("million downloads"),
            color=alt.Color("package:N").scale(colors).legend(None),
            detail="segment:N",
            tooltip=[
                alt.Tooltip("month:T", format="%B %Y"),
                "package:N",
                alt.Tooltip("millions:Q", format=",.1f", title="million downloads"),
            ],
        )
    )
    return chart


def _points(true_months: pl.DataFrame, colors: alt.Scale) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(true_months)
        .mark_circle(size=70, opacity=1)
        .encode(
            x="month:T", y="millions:Q", color=alt.Color("package:N").scale(colors).legend(None)
        )
    )
    return chart


def _rules(rules: pl.DataFrame, colors: alt.Scale) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(rules)
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5)
        .encode(
            y="millions:Q",
            color=alt.Color("package:N").scale(colors).legend(None),
            tooltip=["package:N", alt.Tooltip("millions:Q", title="claimed, millions")],
        )
    )
    return chart


def _ends(millions: pl.DataFrame) -> pl.DataFrame:
    return line_ends(millions, x="month", y="millions", series="package", log=True)


def _claimed_finding(true_months: pl.DataFrame, claimed: Mapping[str, float]) -> str:
    both = true_months.group_by("month").len().filter(pl.col("len") == len(claimed))["month"].sort()
    figures = " and ".join(f"{name} {figure:g} million" for name, figure in claimed.items())
    if both.is_empty():
        return f"{figures}: never true in the same month"
    first, last = (numbers.month_name(month) for month in (both[0], both[-1]))
    count = f"{len(both)} month{'' if len(both) == 1 else 's'}"
    return f"{figures}: true together in {count} only, {first} to {last}"


def _ratio_finding(ratios: pl.DataFrame, base: str) -> str:
    newest = ratios.filter(pl.col("month") == pl.col("month").max()).sort("ratio", descending=True)
    month = numbers.month_name(newest["month"][0])
    said = [f"{row['ratio']:.1f} times {base}" for row in newest.head(1).to_dicts()]
    return f"{newest['package'][0]} stood at {said[0]} in {month}"


def _count_finding(counts: pl.DataFrame, what: str) -> str:
    line = counts.filter(series=counts["series"][0]).sort("month")
    first, last = line.row(0, named=True), line.row(-1, named=True)
    months = (numbers.month_name(row["month"]) for row in (first, last))
    return (
        f"{what}, {line['series'][0]}: {first['packages']} in {next(months)}, "
        f"{last['packages']} in {next(months)}"
    )


def _source(frame: pl.DataFrame) -> str:
    last = frame["month"].max()
    return SOURCE.format(month=numbers.month_name(last))  # type: ignore[arg-type]
