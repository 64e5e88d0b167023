"""What several chapters draw of named packages: downloads or ranks, claimed figures, growth."""

from collections.abc import Mapping

import altair as alt
import polars as pl

from trends import frames, wording
from trends.charts.over_time import lines, series_scale
from trends.charts.parts import theme
from trends.charts.parts.axes import span
from trends.charts.parts.rules import article_rule, counted
from trends.charts.parts.theme import Picture
from trends.charts.parts.words import haloed
from trends.frames import MEDIAN, PRESENT, Month, as_month

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
) -> Picture:
    """Draw packages by downloads or by rank, with their names at the right ends.

    Args:
        counts: One row per month and package: `month` Date, `package`, `downloads_30d`, `rank`;
            with `segment` lines of downloads break.
        y: `downloads_30d` or `rank`.
        at: The month the title speaks of, the last one if that is earlier.
        log: Draw factors, not differences.
        marked: Months to point out: `month`, `package`, `words`, `y`.
        events: The marked months are the finding, and the title tells them.
        start: The first month shown, as for `lines`, and not together with `marked`.
    """
    y_title, subtitle = MEASURES[y]
    ranked = y == "rank"
    # a rank does not care how everyone is counted
    rows = counts.drop("segment", strict=False) if ranked else _in_millions(counts, y)
    front: list[Picture] = []
    is_crowded = False
    if marked is not None:
        scaled = marked if ranked else _in_millions(marked, y)
        front, is_crowded = _marks(scaled, y, rows)
    return lines(
        rows,
        y=y,
        y_title=y_title,
        log=log,
        reverse=ranked,
        digits=0 if ranked else 2,
        start=start,
        behind=article_rule(rows, below=is_crowded),
        front=front,
        title=_events(marked) if events and marked is not None else _sizes(rows, y, at),
        subtitle=f"{subtitle}{', log scale' if log else ''}",
        source=counted(rows, broken="segment" in rows.columns),
    )


def _in_millions(rows: pl.DataFrame, y: str) -> pl.DataFrame:
    return rows.with_columns(pl.col(y) / 1e6)


def _events(marked: pl.DataFrame) -> str:
    said = [
        f"{row['package']} {row['words']} in {wording.month_name(row['month'])}"
        for row in marked.sort("month").to_dicts()
    ]
    return ", ".join(said) or "Nobody passes anybody"


def _marks(marked: pl.DataFrame, y: str, rows: pl.DataFrame) -> tuple[list[Picture], bool]:
    """Ring months and say why, the words on the side that has room; true: some are at the left."""
    first, last = span(rows)
    is_early = pl.col("month") < first + (last - first) / 2
    base = alt.Chart(marked).encode(x="month:T", y=f"{y}:Q")
    layers = [base.mark_point(size=110, strokeWidth=2, color=theme.color("text"), opacity=1)]
    for side, align, dx in ((is_early, "left", 4), (~is_early, "right", -8)):
        words = alt.Chart(marked.filter(side)).encode(x="month:T", y=f"{y}:Q", text="words:N")
        layers += haloed(words, align=align, dx=dx, dy=-11)
    return [alt.layer(*layers)], not marked.filter(~is_early).is_empty()


def _sizes(rows: pl.DataFrame, y: str, at: Month) -> str:
    """Say which package is first at a month, and which is second."""
    month = min(as_month(at), span(rows)[1])
    now = rows.filter(month=month).sort(y, descending=y != "rank").head(2).to_dicts()
    first, *second = [f"{row['package']} with {_size(row[y], y)}" for row in now]
    when = wording.month_name(month)
    return f"{first} is ahead of {second[0]} in {when}" if second else f"{first} in {when}"


def _size(value: float, y: str) -> str:
    digits = 0 if value >= 10 else 1 if value >= 1 else 2
    return f"rank {value:,.0f}" if y == "rank" else f"{value:,.{digits}f} million"


def claimed_lines(counts: pl.DataFrame, claimed: Mapping[str, float]) -> Picture:
    """Draw downloads on a log axis, with rules at claimed figures and dots where they were true.

    Args:
        counts: What `frames.with_eras` returns of downloads.
        claimed: Claimed downloads in millions, by package.
    """
    colors = series_scale(list(claimed))
    color = alt.Color("package:N").scale(colors).legend(None)
    millions = counts.with_columns(millions=pl.col("downloads_30d") / 1e6)
    true = pl.concat(
        frames.within(millions.filter(package=name), figure * 1e6)
        for name, figure in claimed.items()
    )
    figures = [float(figure) for figure in claimed.values()]
    at = pl.DataFrame({"package": list(claimed), "millions": figures})
    rules = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5)
    tooltip = ["package:N", alt.Tooltip("millions:Q", title="claimed, millions")]
    dots = alt.Chart(true).mark_circle(size=70, opacity=1)
    return lines(
        millions,
        y="millions",
        y_title="million downloads",
        colors=colors,
        log=True,
        reach=at["millions"],
        behind=[rules.encode(y="millions:Q", color=color, tooltip=tooltip)],
        front=[dots.encode(x="month:T", y="millions:Q", color=color)],
        title=_claimed_finding(true, claimed),
        subtitle="Downloads in 30 days, millions, log scale; dots where the claim was true",
        source=counted(counts),
    )


def _claimed_finding(true: pl.DataFrame, claimed: Mapping[str, float]) -> str:
    both = true.group_by("month").len().filter(pl.col("len") == len(claimed))["month"].sort()
    figures = " and ".join(f"{name} {figure:g} million" for name, figure in claimed.items())
    if both.is_empty():
        return f"{figures}: never true" + (" in the same month" if len(claimed) > 1 else "")
    count = f"{len(both)} month{'' if len(both) == 1 else 's'}"
    together = "true together" if len(claimed) > 1 else "true"
    return f"{figures}: {together} in {count} only, {wording.month_span(both)}"


def index_lines(
    index: pl.DataFrame, *, base: Month, at: Month = PRESENT, log: bool = True
) -> Picture:
    """Draw packages divided by themselves in one month, the median package dashed.

    Args:
        index: What `frames.with_median` returns, and `segment`.
        base: The month divided by.
        at: The month the title speaks of; the last one if it is not drawn.
        log: Draw factors, not differences.
    """
    month = min(as_month(at), span(index)[1])
    now = index.filter(month=month).sort("index", descending=True)
    pace = frames.pace(pl.col("index") / frames.value(now, "index", package=MEDIAN))
    named = now.filter(pl.col("package") != MEDIAN).with_columns(pace=pace)
    ahead, level, behind = (named.filter(pace=one)["package"] for one in frames.PACES)
    said = f"{wording.listing(ahead) or 'nobody'} ahead of the median"
    if len(level):
        said += f", {wording.listing(level)} level"
    if len(behind):
        said += f", {wording.listing(behind)} behind"
    return lines(
        index,
        y="index",
        y_title="times the first month",
        log=log,
        zero=False,
        digits=2,
        behind=article_rule(index),
        title=f"{wording.month_name(month)}: {said}",
        subtitle=f"Downloads, {wording.month_name(base)} = 1{', log scale' if log else ''}",
        source=counted(index),
    )
