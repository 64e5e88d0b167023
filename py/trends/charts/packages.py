"""Charts of named packages over time, by downloads or by rank."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import numbers
from trends.charts import theme
from trends.charts.dots import dot_rows
from trends.charts.lines import COUNTED, article_rule, counted_source, named_lines
from trends.frames import PRESENT, Month, as_month

MEASURES = {
    "downloads_30d": ("million downloads", "Downloads in 30 days, millions"),
    "rank": ("rank", "Rank among all listed packages, 1 on top"),
}


def package_lines(
    counts: pl.DataFrame,
    *,
    y: str = "downloads_30d",
    at: Month = PRESENT,
    log: bool = True,
    marked: pl.DataFrame | None = None,
) -> Any:
    """Draw packages by downloads or by rank, with their names at the right ends.

    Args:
        counts: One row per month and package. Columns: `month` Date, `package` String,
            `downloads_30d`, `rank` Int64; with `segment` Int64 lines of downloads break.
        y: `downloads_30d` or `rank`.
        at: The month the title speaks of, the last one if that is earlier.
        log: Draw factors, not differences.
        marked: Months to point out. Columns: `month`, `package`, `words` String, `y`.

    Raises:
        KeyError: `y` is neither.
    """
    title, subtitle = MEASURES[y]
    ranked = y == "rank"
    rows = counts if ranked else counts.with_columns(pl.col(y) / 1e6)
    if ranked and "segment" in rows.columns:
        rows = rows.drop("segment")  # a rank does not care how everyone is counted
    lines = named_lines(
        rows, y=y, y_title=title, log=log, reverse=ranked, digits=0 if ranked else 2
    )
    layers = [*article_rule(rows), lines]
    if marked is not None:
        layers.append(_marks(marked if ranked else marked.with_columns(pl.col(y) / 1e6), y))
    return theme.finish(
        alt.layer(*layers),
        title=_line_finding(rows, y, at),
        subtitle=f"{subtitle}{', log scale' if log else ''}",
        source=counted_source(rows, broken="segment" in rows.columns),
    )


def _marks(marked: pl.DataFrame, y: str) -> Any:
    base = alt.Chart(marked).encode(x="month:T", y=f"{y}:Q")
    dots = base.mark_point(size=110, strokeWidth=2, color=theme.color("text"), opacity=1)
    words = base.mark_text(align="right", dx=-10, dy=-10).encode(text="words:N")
    return alt.layer(dots, words)


def _line_finding(rows: pl.DataFrame, y: str, at: Month) -> str:
    last = rows["month"].max()
    assert isinstance(last, date)
    month = min(as_month(at), last)
    now = rows.filter(month=month).sort(y, descending=y != "rank")
    said = [f"{row['package']} {_size(row[y], y)}" for row in now.head(3).to_dicts()]
    rest = f" and {len(now) - 3} more" if len(now) > 3 else ""
    return f"{numbers.month_name(month)}: {', '.join(said)}{rest}"


def _size(value: float, y: str) -> str:
    return f"at rank {value:,.0f}" if y == "rank" else f"{value:,.{_digits(value)}f} million"


def _digits(value: float) -> int:
    return 0 if value >= 10 else 1 if value >= 1 else 2


def size_dots(
    rows: pl.DataFrame,
    *,
    value: str,
    words: str,
    title: str,
    x_title: str,
    groups: Mapping[str, str],
    reverse: bool = False,
    log: bool = True,
) -> Any:
    """Draw packages of one month as dots on one axis, in the order of `rows`.

    Args:
        rows: One row a package. Columns: `month` Date, `package`, `group` String, `value`,
            `words` String (beside the dot).
        value: Column of the values.
        words: Column of the words.
        title: The finding.
        x_title: The unit.
        groups: Each value of `group` with its palette colour, for dots and subtitle.
        reverse: Put small values at the right, as for ranks.
        log: Draw factors, not differences.
    """
    shades = [theme.color(shade) for shade in groups.values()]
    color = alt.Color("group:N").scale(domain=list(groups), range=shades)
    single = len(groups) == 1
    legend = None if single else alt.Legend(title=None, orient="top", columns=3, symbolOpacity=1)
    chart = dot_rows(
        rows,
        row="package",
        value=value,
        words=words,
        x_title=x_title,
        color=color.legend(legend),
        scale="log" if log else "linear",
        reverse=reverse,
    )
    months = numbers.month_span(tuple(rows["month"].unique()))
    return theme.finish(
        chart,
        title=title,
        subtitle=f"{x_title[0].upper()}{x_title[1:]}, {months}{', log scale' if log else ''}",
        source=f"{COUNTED}, {months}.",
    )
