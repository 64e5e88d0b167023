"""How the months were counted: changes of method, months without a list, sums."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from trends.frames.months import WINDOW_DAYS, Month, as_month

STEP_DEPTH = 3_000  # ranks; the shortest list has 4,000
STEP_PAIRS = 3  # pairs of months before and after a break that make its trend


def with_eras(frame: pl.DataFrame, snapshots: pl.DataFrame) -> pl.DataFrame:
    """Add how each month was counted, and the piece of line it belongs to.

    Args:
        frame: Rows with a `month`.
        snapshots: `pypi_download_snapshots`.

    Returns:
        `frame` with `era` (one letter, A to E) and `segment` (1, 2, ...), which changes with
        the era, after a month without a dump and, if there is a `package`, after months in which
        it was off the list: a chart draws one line per segment.
    """
    month = pl.col("month")
    gap = (month.shift() < month.dt.offset_by("-1mo")).fill_null(value=False)
    era = pl.col("era").cast(pl.String).str.slice(0, 1)
    eras = (
        snapshots.sort("month")
        .select("month", era=era, gap=gap)
        .with_columns(
            step=pl.col("gap") | (pl.col("era") != pl.col("era").shift()).fill_null(value=True)
        )
        .select("month", "era", segment=pl.col("step").cum_sum().cast(pl.Int64))
    )
    joined = frame.join(eras, on="month", how="left", maintain_order="left")
    if "package" not in frame.columns:
        return joined
    absences = with_absences(frame, snapshots["month"])["segment"]
    return joined.with_columns(pl.col("segment") + absences)


def era_breaks(snapshots: pl.DataFrame) -> list[date]:
    """The first months counted in a new way: where the era changes."""
    ordered = snapshots.sort("month")
    return ordered.filter(pl.col("era") != pl.col("era").shift())["month"].to_list()


def era_steps(
    listed: pl.DataFrame, breaks: Iterable[Month], *, depth: int = STEP_DEPTH
) -> pl.DataFrame:
    """How much the median package jumped where the counting method changed, beyond its trend.

    Args:
        listed: `month`, `package`, `downloads_30d`, `rank`, as in `pypi_top_packages`.
        breaks: The first months counted in a new way.
        depth: Packages with this rank or better in both months of a pair are compared.

    Returns:
        `month` (the first of the new method), `before`, `step`: the median ratio of the two
        months over the median of that ratio in the three pairs of months before and the three
        after. Earlier counts times `step` are on the level of the later ones.
    """
    pairs = month_ratios(listed.filter(pl.col("rank") <= depth))
    months = pairs["month"].to_list()
    rows = []
    for first in (as_month(month) for month in breaks):
        at = months.index(first)
        around = pairs[max(at - STEP_PAIRS, 0) : at].vstack(pairs[at + 1 : at + 1 + STEP_PAIRS])
        trend = around.select(pl.col("median_ratio").median()).item()
        step = pairs["median_ratio"][at] / trend
        rows.append((first, pairs["before"][at], step))
    schema = {"month": pl.Date, "before": pl.Date, "step": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def month_ratios(listed: pl.DataFrame) -> pl.DataFrame:
    """How the median package changed from month to month.

    Returns:
        `month`, `before` (the month listed before it), `median_ratio` of the two months over the
        packages listed in both.
    """
    months = listed.select(pl.col("month").unique().sort())
    before = months.with_columns(before=pl.col("month").shift())
    keys = ["month", "package", "downloads_30d"]
    return (
        listed.select(keys)
        .join(before, on="month")
        .join(listed.select(keys), left_on=["before", "package"], right_on=["month", "package"])
        .group_by("month", "before")
        .agg(median_ratio=(pl.col("downloads_30d") / pl.col("downloads_30d_right")).median())
        .sort("month")
    )


def month_totals(downloads: pl.DataFrame, package: str) -> pl.DataFrame:
    """Downloads in whole calendar months, the months without a dump filled in.

    A month without a row gets the mean of its neighbours' 30-day counts, and `filled` says so.

    Returns:
        One row per month from first to last listing: `month`, `downloads` (in that month, not
        in 30 days), `filled` Boolean, `total` (running sum).
    """
    rows = downloads.filter(pl.col("package") == package).sort("month")
    count, days = pl.col("downloads_30d"), pl.col("month").dt.month_end().dt.day()
    return (
        rows.select("month", "downloads_30d")
        .upsample("month", every="1mo")
        .with_columns(filled=count.is_null())
        .with_columns(count.cast(pl.Float64).interpolate() / WINDOW_DAYS * days)
        .select("month", "filled", downloads="downloads_30d", total=count.cum_sum())
        .select("month", "downloads", "filled", "total")
    )


def with_absences(rows: pl.DataFrame, months: pl.Series) -> pl.DataFrame:
    """Add `segment`, which counts how often a package had been off the list before.

    Among `months` are those that have a list at all; one without a list is no absence.
    """
    place = months.unique().sort().to_frame("month").with_row_index("place")
    listed = rows.join(place, on="month", how="left", maintain_order="left")
    gap = pl.col("place").cast(pl.Int64).diff().over("package", order_by="month") > 1
    marked = listed.with_columns(segment=gap.fill_null(value=False).cast(pl.Int64))
    absences = pl.col("segment").cum_sum().over("package", order_by="month")
    return marked.with_columns(absences).drop("place")
