"""Charts of named packages over time, by downloads or by rank."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.bars import word_bars
from trends.charts.dots import ROW_HEIGHT, dot_rows
from trends.charts.labels import color_scale, haloed, thousands
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
    events: bool = False,
    start: Month | None = None,
) -> Any:
    """Draw packages by downloads or by rank, with their names at the right ends.

    Args:
        counts: One row per month and package. Columns: `month` Date, `package` String,
            `downloads_30d`, `rank` Int64; with `segment` Int64 lines of downloads break.
        y: `downloads_30d` or `rank`.
        at: The month the title speaks of, the last one if that is earlier.
        log: Draw factors, not differences.
        marked: Months to point out. Columns: `month`, `package`, `words` String, `y`.
        events: The marked months are the finding, and the title tells them.
        start: The first month shown, which the drawn chart can move by itself; as for
            `named_lines`, and not together with `marked`.

    Raises:
        KeyError: `y` is neither.
    """
    title, subtitle = MEASURES[y]
    ranked = y == "rank"
    rows = counts if ranked else counts.with_columns(pl.col(y) / 1e6)
    if ranked and "segment" in rows.columns:
        rows = rows.drop("segment")  # a rank does not care how everyone is counted
    lines = named_lines(
        rows, y=y, y_title=title, log=log, reverse=ranked, digits=0 if ranked else 2, start=start
    )
    is_crowded = marked is not None and not marked.filter(~_is_early(rows)).is_empty()
    layers = [*article_rule(rows, below=is_crowded), lines]
    if marked is not None:
        scaled = marked if ranked else marked.with_columns(pl.col(y) / 1e6)
        layers.append(_marks(scaled, y, rows))
    return theme.finish(
        alt.layer(*layers),
        title=_events(marked) if events and marked is not None else _line_finding(rows, y, at),
        subtitle=f"{subtitle}{', log scale' if log else ''}",
        source=counted_source(rows, broken="segment" in rows.columns),
    )


def _events(marked: pl.DataFrame) -> str:
    said = [
        f"{row['package']} {row['words']} in {wording.month_name(row['month'])}"
        for row in marked.sort("month").to_dicts()
    ]
    return ", ".join(said) or "Nobody passes anybody"


def _marks(marked: pl.DataFrame, y: str, rows: pl.DataFrame) -> Any:
    """Ring months and say why, the words on the side that has room."""
    base = alt.Chart(marked).encode(x="month:T", y=f"{y}:Q")
    layers = [base.mark_point(size=110, strokeWidth=2, color=theme.color("text"), opacity=1)]
    left, right = (
        alt.Chart(marked.filter(side)).encode(x="month:T", y=f"{y}:Q", text="words:N")
        for side in (_is_early(rows), ~_is_early(rows))
    )
    layers += haloed(left, align="left", dx=4, dy=-11)
    layers += haloed(right, align="right", dx=-8, dy=-11)
    return alt.layer(*layers)


def _is_early(rows: pl.DataFrame) -> pl.Expr:
    """Whether a month is in the left half of the chart of `rows`."""
    first, last = rows["month"].min(), rows["month"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return pl.col("month") < first + (last - first) / 2


def _line_finding(rows: pl.DataFrame, y: str, at: Month) -> str:
    last = rows["month"].max()
    assert isinstance(last, date)
    month = min(as_month(at), last)
    now = rows.filter(month=month).sort(y, descending=y != "rank")
    said = [f"{row['package']} {_size(row[y], y)}" for row in now.head(3).to_dicts()]
    rest = f" and {len(now) - 3} more" if len(now) > 3 else ""
    return f"{wording.month_name(month)}: {', '.join(said)}{rest}"


def _size(value: float, y: str) -> str:
    return f"at rank {value:,.0f}" if y == "rank" else f"{value:,.{_digits(value)}f} million"


def _digits(value: float) -> int:
    return 0 if value >= 10 else 1 if value >= 1 else 2


NAMED = "datum.label == 'named' ? 'named by the article' : datum.label"
"""Vega expression that writes a role out."""

GROUP_SHADES = ("accent", "torch", "fastapi", "django", "pandas", "rest")


def download_dots(sizes: pl.DataFrame, *, sort: str = "downloads_30d") -> Any:
    """Draw packages of one month by downloads, dots on a log axis, largest first.

    Args:
        sizes: One row a package. Columns: `month` Date, `package`, `group` String,
            `downloads_30d` Int64; with `growth` Float64 the words give it too.
        sort: Column to order by.
    """
    grown = "growth" in sizes.columns
    times = pl.format(", {}-fold", pl.col("growth").round(1)) if grown else pl.lit("")
    rows = sizes.sort(sort, descending=True).with_columns(millions=pl.col("downloads_30d") / 1e6)
    rows = rows.with_columns(words=pl.format("{} M{}", pl.col("millions").round(1), times))
    first, last = rows["package"][0], rows["package"][-1]
    factor = float(rows["millions"].max()) / float(rows["millions"].min())  # type: ignore[arg-type]
    by = "downloads" if sort == "downloads_30d" else sort
    return _finish_dots(
        rows,
        value="millions",
        x_title="million downloads",
        title=f"By {by}: {first} first, {last} last; largest to smallest {factor:,.0f} to 1",
    )


def rank_dots(ranks: pl.DataFrame, *, limit: int) -> Any:
    """Draw packages of one month by rank, the best at the right, with a rule at a limit.

    Args:
        ranks: One row a package. Columns: `month` Date, `package`, `group` String,
            `downloads_30d`, `rank` Int64.
        limit: The rank that counts as widely used.
    """
    millions = (pl.col("downloads_30d") / 1e6).round(0).cast(pl.Int64)
    words = pl.format("rank {}, {} M", thousands("rank"), millions)
    rows = ranks.sort("rank").with_columns(words=words)
    inside = (rows["rank"] <= limit).sum()
    return _finish_dots(
        rows,
        value="rank",
        x_title="rank",
        title=f"{inside} of {len(rows)} at rank {limit:,} or better",
        limit=limit,
    )


def _finish_dots(
    rows: pl.DataFrame, *, value: str, x_title: str, title: str, limit: int = 0
) -> Any:
    groups = rows["group"].unique(maintain_order=True).to_list()
    shades = [theme.color(shade) for shade in GROUP_SHADES[: len(groups)]]
    legend = alt.Legend(title=None, orient="top", columns=3, symbolOpacity=1, labelExpr=NAMED)
    dots = dot_rows(
        rows,
        row="package",
        value=value,
        words="words",
        x_title=x_title,
        color=alt.Color("group:N")
        .scale(domain=groups, range=shades)
        .legend(legend if len(groups) > 1 else None),
        reverse=value == "rank",
    )
    at = pl.DataFrame({"limit": [limit]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4]).encode(x="limit:Q")
    months = wording.month_span(tuple(rows["month"].unique()))
    return theme.finish(
        alt.layer(rule, dots).properties(height=alt.Step(ROW_HEIGHT)) if limit else dots,
        title=title,
        subtitle=f"{x_title[0].upper()}{x_title[1:]}, {months}, log scale",
        source=f"{COUNTED}, {months}.",
    )


def size_bars(rows: pl.DataFrame, *, note: str = "") -> Any:
    """Draw packages of one month as bars: here sizes are compared, not factors.

    Args:
        rows: One row a package, in the order to show. Columns: `month` Date, `package` String,
            `downloads_30d`, `rank` Int64; `use` Float64, a survey's share, or null.
        note: What the share is of.
    """
    percent = pl.format(" · {} %", (pl.col("use") * 100).round(0).cast(pl.Int64)).fill_null("")
    rows = rows.with_columns(words=pl.format("rank {}{}", thousands("rank"), percent))
    millions = rows.with_columns(millions=pl.col("downloads_30d") / 1e6)
    names = rows["package"].to_list()
    own = [theme.color(name if name in theme.PALETTE else "rest") for name in names]
    chart = word_bars(
        millions,
        row="package",
        value="millions",
        words="words",
        x_title="million downloads",
        color=alt.Color("package:N").scale(domain=names, range=own).legend(None),
    )
    months = wording.month_span(tuple(rows["month"].unique()))
    return theme.finish(
        chart,
        title=f"{len(rows)} packages, the last of them at rank {rows['rank'].sort()[-1]:,}",
        subtitle=f"Million downloads in 30 days, {months}{note and f'; {note}'}",
        source=f"{COUNTED}, {months}.",
    )


def pair_panels(counts: pl.DataFrame, ratios: pl.DataFrame, *, top: str, bottom: str) -> Any:
    """Draw two packages' sizes and, below, the one per hundred of the other.

    Args:
        counts: One row per month and package. Columns: `month` Date, `package` String,
            `downloads_30d` Int64, `segment` Int64.
        ratios: One row a month. Columns: `month` Date, `per_hundred` Float64.
        top: The package counted per hundred.
        bottom: The package it is counted against.
    """
    rows = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    colors = color_scale([bottom, top])
    sizes = named_lines(
        rows, y="millions", y_title="million downloads", colors=colors, panel=True, height=170
    )
    line = ratios.with_columns(package=pl.lit(top))
    trend = named_lines(
        line,
        y="per_hundred",
        y_title=f"per 100 of {bottom}",
        colors=colors,
        panel=True,
        height=130,
    )
    now = ratios.filter(pl.col("month") == as_month(PRESENT))["per_hundred"][0]
    newest = ratios.sort("month").row(-1, named=True)
    return theme.finish(
        alt.vconcat(sizes, trend, spacing=14),
        title=(
            f"{top} per 100 {bottom}: {now:.1f} in {wording.month_name(PRESENT)}, "
            f"{newest['per_hundred']:.1f} in {wording.month_name(newest['month'])}"
        ),
        subtitle=f"Above: downloads in 30 days. Below: downloads of {top} per 100 of {bottom}",
        source=counted_source(counts),
    )
