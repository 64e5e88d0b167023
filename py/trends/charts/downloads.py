"""Charts of download counts: lines that break where the counting method changed."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from trends import frames, wording
from trends.charts import theme
from trends.charts.lines import BROKEN, COUNTED, level_rule, named_lines, series_scale


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
    colors = series_scale(list(claimed))
    millions = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    true_months = pl.concat(
        frames.within(millions.filter(package=name), figure * 1e6)
        for name, figure in claimed.items()
    )
    lines = named_lines(
        millions, y="millions", y_title="million downloads", colors=colors, log=True
    )
    return theme.finish(
        alt.layer(_rules(claimed, colors), lines, _points(true_months, colors)),
        title=_claimed_finding(true_months, claimed),
        subtitle="Downloads in 30 days, millions, log scale; dots where the claim was true",
        source=_source(counts, breaks=True),
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
    lines = named_lines(ratios, y="ratio", y_title=f"times as many as {base}", log=True, digits=2)
    return theme.finish(
        alt.layer(level_rule(1), lines),
        title=_ratio_finding(ratios, base),
        subtitle=f"Downloads per download of {base}, log scale; above the dashed line: ahead",
        source=_source(ratios),
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
    return theme.finish(
        named_lines(counts, y="packages", y_title=what, series="series", colors=colors, digits=0),
        title=_count_finding(counts, what),
        subtitle="Names in the list of the most downloaded packages, by month",
        source=_source(counts),
    )


def _points(true_months: pl.DataFrame, colors: alt.Scale) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(true_months)
        .mark_circle(size=70, opacity=1)
        .encode(
            x="month:T", y="millions:Q", color=alt.Color("package:N").scale(colors).legend(None)
        )
    )
    return chart


def _rules(claimed: Mapping[str, float], colors: alt.Scale) -> alt.Chart:
    rules = pl.DataFrame(
        {"package": list(claimed), "millions": [float(figure) for figure in claimed.values()]}
    )
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


def _claimed_finding(true_months: pl.DataFrame, claimed: Mapping[str, float]) -> str:
    both = true_months.group_by("month").len().filter(pl.col("len") == len(claimed))["month"].sort()
    figures = " and ".join(f"{name} {figure:g} million" for name, figure in claimed.items())
    if both.is_empty():
        return f"{figures}: never true" + (" in the same month" if len(claimed) > 1 else "")
    first, last = (wording.month_name(month) for month in (both[0], both[-1]))
    count = f"{len(both)} month{'' if len(both) == 1 else 's'}"
    together = "true together" if len(claimed) > 1 else "true"
    span = first if len(both) == 1 else f"{first} to {last}"
    return f"{figures}: {together} in {count} only, {span}"


def _ratio_finding(ratios: pl.DataFrame, base: str) -> str:
    newest = ratios.filter(pl.col("month") == pl.col("month").max()).sort("ratio", descending=True)
    month = wording.month_name(newest["month"][0])
    said = [f"{row['ratio']:.1f} times {base}" for row in newest.head(1).to_dicts()]
    return f"{newest['package'][0]} stood at {said[0]} in {month}"


def _count_finding(counts: pl.DataFrame, what: str) -> str:
    line = counts.filter(series=counts["series"][0]).sort("month")
    first, last = line.row(0, named=True), line.row(-1, named=True)
    months = (wording.month_name(row["month"]) for row in (first, last))
    return (
        f"{what}, {line['series'][0]}: {first['packages']} in {next(months)}, "
        f"{last['packages']} in {next(months)}"
    )


def _source(frame: pl.DataFrame, *, breaks: bool = False) -> str:
    last = wording.month_name(frame["month"].max())  # type: ignore[arg-type]
    return f"{COUNTED}, to {last}.{f' {BROKEN}' if breaks else ''}"
