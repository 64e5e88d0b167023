"""Any listed package: the questions that the page Explore asks of the long list.

All functions take the list as a lazy frame, `data.scan("pypi_top_packages")`, so that Polars
reads only the row groups of the packages asked for.
"""

from collections.abc import Sequence
from typing import Literal, get_args

import polars as pl

from livecells.kernel import spelling
from trends import frames, wording
from trends.frames import Month, as_month

Value = Literal["downloads", "rank", "share", "median"]
Adjust = Literal["break", "chain", "none"]

MOST = 6
"""Packages in one comparison: more lines cannot be told apart."""

SHARE_DEPTH = 4_000
"""Ranks that every month's list has: shares are of their sum."""

ACCIDENTS = ("cloudflare", "acme", "certbot-dns-cloudflare")
"""In July 2025 these had 2.9 thousand million downloads each, and were forgotten by October."""

PER = 1_000_000
NEAR_MISSES = 3


class PackageUnlistedError(LookupError):
    """A package was never on the list; the message offers listed names that look like it."""

    def __init__(self, name: str, near: Sequence[str], floor: int, month: str) -> None:
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(
            f"{name} was never among the most downloaded; in {month} the last place "
            f"had {floor:,} downloads.{hint}"
        )


def compare(
    listed: pl.LazyFrame,
    snapshots: pl.DataFrame,
    names: Sequence[str],
    *,
    value: Value = "rank",
    index_to: Month | None = None,
    adjust: Adjust = "break",
    accidents: bool = True,
    start: Month | None = None,
    end: Month | None = None,
) -> pl.DataFrame:
    """Follow some packages through the list.

    Args:
        listed: `pypi_top_packages`: `package`, `month`, `downloads_30d`, `rank`.
        snapshots: `pypi_download_snapshots`, one row a month.
        names: Packages, at most `MOST`, as PyPI writes them.
        value: `downloads` in 30 days; `rank`, 1 = most downloaded; `share`, downloads of every
            million of the first 4,000 ranks; `median`, growth divided by that of the median
            package, both since `index_to` (July 2023 where that is None).
        index_to: The month that becomes 1; a package listed later starts at 1 when it appears.
            Ranks have no index.
        adjust: `break` parts lines where the counting method changed, `none` draws through,
            `chain` multiplies earlier counts by the step of the median package at each change.
        accidents: Leave the three packages of July 2025 in the sum that shares are of.
        start: First month, and `end` the last.
        end: Last month.

    Returns:
        One row per package and month listed: `package`, `month`, `downloads_30d`, `rank`, `era`,
        `segment`, `estimated` (Boolean: chained), `value` Float64; by `names`, then by month.

    Raises:
        PackageUnlistedError: A name was never on the list.
        ValueError: No name, too many names, or an unknown setting.
    """
    _check(names, value, adjust)
    rows = _rows_of(listed, snapshots, names)
    if adjust == "chain":
        rows = _chained(rows, listed, snapshots)
    else:
        rows = rows.with_columns(estimated=pl.lit(value=False))
    if adjust != "break":
        rows = rows.with_columns(segment=pl.lit(1, pl.Int64))
    rows = rows.with_columns(value=pl.col("downloads_30d").cast(pl.Float64))
    if value == "rank":
        rows = rows.with_columns(value=pl.col("rank").cast(pl.Float64))
    elif value == "share":
        rows = _per_million(rows, _totals(listed, accidents=accidents))
    elif value == "median":
        rows = _against_median(rows, listed, index_to or frames.START_MONTHS[0])
    if index_to is not None and value in ("downloads", "share"):
        rows = _indexed(rows, index_to)
    return frames.between(rows, start, end)


def floor(
    snapshots: pl.DataFrame, start: Month | None = None, end: Month | None = None
) -> pl.DataFrame:
    """The last place of each month's list: who is absent is below it, not at zero.

    Returns:
        `month`, `rank` (of the last place), `downloads` (in 30 days).
    """
    rows = snapshots.select(
        "month", rank=pl.col("rows_listed"), downloads=pl.col("last_rank_downloads")
    )
    return frames.between(rows.sort("month"), start, end)


def growth_card(
    listed: pl.LazyFrame,
    compared: pl.LazyFrame,
    names: Sequence[str],
    *,
    start: Month = frames.START_MONTHS[0],
    end: Month = frames.PRESENT,
) -> pl.DataFrame:
    """What there is to say of each package in words.

    Args:
        listed: `pypi_top_packages`.
        compared: The same, or `data.scan_months` of the two months.
        names: Packages.
        start: The month growth is counted from.
        end: The month it leads to.

    Returns:
        One row a name, in their order: `package`; `first listed` Date; `growth`; `grew more than`,
        the share of all names listed in both months that grew less; both null where the package
        was not; `ahead of`, which of the names it has stayed ahead of to the end, and since when.
    """
    rows = _chosen(listed, names)
    grown = frames.growth(
        compared.filter(pl.col("month").is_in([as_month(start), as_month(end)])).collect(),
        start=start,
        end=end,
    )
    beaten = (pl.col("growth").rank("min") - 1) / pl.len()
    grown = grown.with_columns(beaten=beaten).select("package", "growth", "beaten")
    first = rows.group_by("package").agg(pl.col("month").min().alias("first listed"))
    ahead = pl.DataFrame(
        {"package": list(names), "ahead of": [_ahead(rows, name, names) for name in names]}
    )
    return (
        ahead.join(first, on="package", how="left", maintain_order="left")
        .join(grown, on="package", how="left", maintain_order="left")
        .select(
            "package",
            "first listed",
            pl.col("growth").round(2),
            pl.col("beaten").round(3).alias("grew more than"),
            "ahead of",
        )
    )


def history(listed: pl.LazyFrame, snapshots: pl.DataFrame, package: str) -> pl.DataFrame:
    """Return downloads of one package by month, with eras; raises `PackageUnlistedError`."""
    return _rows_of(listed, snapshots, [package])


def movers(
    listed: pl.LazyFrame,
    *,
    start: Month,
    end: Month,
    direction: Literal["climb", "fall"] = "climb",
    depth: int = 1_000,
    start_depth: int = 5_000,
    count: int = 20,
) -> pl.DataFrame:
    """The packages that climbed or fell furthest between two months.

    Args:
        listed: `data.scan_months` of both months, or `pypi_top_packages`.
        start: The earlier month.
        end: The later month.
        direction: Whether to give climbs or falls.
        depth: Rank that a package must have in the later month; for falls, in the earlier one.
        start_depth: Rank that it must have in the other month.
        count: How many to give.

    Returns:
        `package`, `before`, `after` (ranks), `factor` (how many times better the later rank is),
        `compared` (how many packages there were to choose from). Largest change first.
    """
    before, after = (
        listed.filter(pl.col("month") == as_month(month)).select(
            "package", pl.col("rank").alias(side)
        )
        for month, side in ((start, "before"), (end, "after"))
    )
    good, other = ("after", "before") if direction == "climb" else ("before", "after")
    change = pl.col("before") - pl.col("after")
    return (
        before.join(after, on="package")
        .filter(pl.col(good) <= depth, pl.col(other) <= start_depth)
        .with_columns(factor=pl.col("before") / pl.col("after"), compared=pl.len().cast(pl.Int64))
        .sort(change if direction == "fall" else -change, "package")
        .head(count)
        .collect()
    )


def neighbours(listed: pl.LazyFrame, package: str, *, month: Month, count: int = 8) -> pl.DataFrame:
    """The packages nearest in rank to one package in one month, half before and half after it.

    Returns:
        `package`, `rank`, `downloads_30d`, by rank; the package itself among them.

    Raises:
        ValueError: It was not listed in that month.
    """
    of_month = listed.filter(pl.col("month") == as_month(month)).sort("rank").collect()
    own = of_month.filter(package=package)
    if own.is_empty():
        msg = f"{package} is not on the list of {wording.month_name(month)}"
        raise ValueError(msg)
    apart = (pl.col("rank") - own["rank"][0]).abs()
    near = of_month.filter(apart <= count // 2)
    return near.select("package", "rank", "downloads_30d")


def _check(names: Sequence[str], value: str, adjust: str) -> None:
    if not 0 < len(names) <= MOST:
        msg = f"one to {MOST} names can be compared, not {len(names)}"
        raise ValueError(msg)
    for given, known in ((value, get_args(Value)), (adjust, get_args(Adjust))):
        if given not in known:
            msg = f"{given!r} is none of {', '.join(known)}"
            raise ValueError(msg)


def _rows_of(listed: pl.LazyFrame, snapshots: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    rows = _chosen(listed, names)
    found = set(rows["package"])
    for name in names:
        if name not in found:
            last = floor(snapshots).row(-1, named=True)
            every = listed.select(pl.col("package").unique().sort()).collect()["package"]
            near = spelling.near(name, every.to_list(), most=NEAR_MISSES)
            month = wording.month_name(last["month"])
            raise PackageUnlistedError(name, near, last["downloads"], month)
    return frames.with_eras(rows, snapshots)


def _chosen(listed: pl.LazyFrame, names: Sequence[str]) -> pl.DataFrame:
    """The rows of the names, in the order of the names, then by month."""
    wanted = pl.any_horizontal(pl.col("package") == name for name in names)
    rows = listed.filter(wanted).collect()  # names apart: `is_in` would read all between them
    place = pl.col("package").replace_strict(list(names), range(len(names)), return_dtype=pl.Int64)
    return rows.sort(place, "month") if rows.height else rows


def _chained(rows: pl.DataFrame, listed: pl.LazyFrame, snapshots: pl.DataFrame) -> pl.DataFrame:
    """Lift the counts of earlier eras to the level of the newest."""
    breaks = frames.era_breaks(snapshots)
    deep = listed.filter(pl.col("rank") <= frames.STEP_DEPTH).collect()
    factor = pl.lit(1.0)
    for step in frames.era_steps(deep, breaks).to_dicts():
        lift = pl.when(pl.col("month") < step["month"]).then(step["step"]).otherwise(1.0)
        factor = factor * lift
    return rows.with_columns(
        downloads_30d=(pl.col("downloads_30d") * factor).round().cast(pl.Int64),
        estimated=pl.col("month") < breaks[-1],
    )


def _totals(listed: pl.LazyFrame, *, accidents: bool) -> pl.DataFrame:
    deep = listed.filter(pl.col("rank") <= SHARE_DEPTH)
    if not accidents:
        deep = deep.filter(~pl.col("package").is_in(ACCIDENTS))
    return deep.group_by("month").agg(total=pl.col("downloads_30d").sum()).collect()


def _per_million(rows: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.join(totals, on="month", how="left", maintain_order="left")
        .with_columns(value=PER * pl.col("downloads_30d") / pl.col("total"))
        .drop("total")
    )


def _indexed(rows: pl.DataFrame, base: Month) -> pl.DataFrame:
    """Divide by the value of the base month, or of the first month listed after it."""
    since = rows.filter(pl.col("month") >= as_month(base)).sort("month")
    first = since.group_by("package", maintain_order=True).agg(base=pl.col("value").first())
    return (
        rows.join(first, on="package", maintain_order="left")
        .with_columns(value=pl.col("value") / pl.col("base"))
        .drop("base")
    )


def _against_median(rows: pl.DataFrame, listed: pl.LazyFrame, base: Month) -> pl.DataFrame:
    """Growth of each package over growth of the median package, both since its own first month."""
    everyone = listed.select("package", "month", "downloads_30d", "rank").collect()
    parts = []
    for part in rows.partition_by("package", maintain_order=True):
        since = part.filter(pl.col("month") >= as_month(base))
        if since.is_empty():
            continue
        first = since["month"].min()
        median = frames.median_index(everyone, first).select("month", median="index")  # type: ignore[arg-type]
        grown = pl.col("downloads_30d") / since["downloads_30d"][0]
        joined = part.join(median, on="month", how="left", maintain_order="left")
        parts.append(joined.with_columns(value=grown / pl.col("median")).drop("median"))
    return pl.concat(parts) if parts else rows.clear()


def _ahead(rows: pl.DataFrame, name: str, names: Sequence[str]) -> str:
    pairs = [(name, other) for other in names if other != name]
    crossed = frames.crossings(rows, pairs).drop_nulls("month")
    return ", ".join(f"{row['incumbent']} ({row['month']:%Y-%m})" for row in crossed.to_dicts())
