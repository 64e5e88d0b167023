"""Growth, always against the median package: everything grows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import polars as pl

from trends.frames.months import PRESENT, START_MONTHS, Month, as_month, of_month, of_packages

MEDIAN = "median package"  # its name where it stands as one more line
BAND = 0.05  # of the median's growth: a difference up to here is a tie

Pace = Literal["grows", "keeps pace", "fades"]
PACES: tuple[Pace, ...] = ("grows", "keeps pace", "fades")


def pace(ratio: pl.Expr, band: float = BAND) -> pl.Expr:
    """Say what a package does whose growth is `ratio` times the median's; 1 / ratio is its mirror.

    Within the band it keeps pace: it neither grows nor fades.
    """
    grows, fades = ratio > 1 + band, ratio < 1 / (1 + band)
    first = pl.when(grows).then(pl.lit("grows")).when(fades).then(pl.lit("fades"))
    return first.otherwise(pl.lit("keeps pace"))


def keeping_up(grown: pl.DataFrame, median: float) -> pl.DataFrame:
    """The rows of `growth` that do not fade beside a median."""
    return grown.filter(pace(pl.col("growth") / median) != "fades")


def growth(downloads: pl.DataFrame, *, start: Month, end: Month = PRESENT) -> pl.DataFrame:
    """How many times as many downloads each package has, for those listed in both months.

    Returns:
        `package`; `before`, `after` (downloads in 30 days); `growth` (1 = no change), falling.
    """
    keys = ["package", "downloads_30d"]
    before = of_month(downloads, start).select(keys).rename({"downloads_30d": "before"})
    after = of_month(downloads, end).select(keys).rename({"downloads_30d": "after"})
    return (
        before.join(after, on="package")
        .with_columns(growth=pl.col("after") / pl.col("before"))
        .sort("growth", "package", descending=[True, False])
    )


def median_growth(
    downloads: pl.DataFrame, *, starts: Iterable[Month], end: Month, together: bool = False
) -> pl.DataFrame:
    """The growth of the median of all packages in `downloads`, the baseline: everything grows.

    With `together` it is the growth of all of them summed up.

    Returns:
        One row a start month: `start` Date; `median`; `packages`, how many are listed in both.
    """
    typical = pl.sum("after") / pl.sum("before") if together else pl.median("growth")
    rows = []
    for start in starts:
        grown = growth(downloads, start=start, end=end)
        median = grown.select(typical).item()
        rows.append({"start": as_month(start), "median": median, "packages": len(grown)})
    schema = {"start": pl.Date, "median": pl.Float64, "packages": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def growth_by_start(
    downloads: pl.DataFrame,
    packages: Sequence[str],
    *,
    starts: Sequence[Month] = START_MONTHS,
    end: Month = PRESENT,
    band: float = BAND,
    together: bool = False,
) -> pl.DataFrame:
    """Growth of packages from several start months, because a verdict must not hang on one window.

    The median is taken over all packages in `downloads`.

    Returns:
        One row per start and package listed in both months: `start`, `package`, `growth`,
        `median`, `ratio` (growth / median) and `pace` (one of `PACES`).
    """
    grown = [
        growth(of_packages(downloads, packages), start=start, end=end).select(
            pl.lit(as_month(start)).alias("start"), "package", "growth"
        )
        for start in starts
    ]
    medians = median_growth(downloads, starts=starts, end=end, together=together)
    return (
        pl.concat(grown)
        .join(medians, on="start")
        .with_columns(ratio=pl.col("growth") / pl.col("median"))
        .with_columns(pace=pace(pl.col("ratio"), band))
        .drop("packages")
        .sort("start", "package")
    )


def starts_where(judged: pl.DataFrame, packages: Sequence[str], pace: Pace) -> list[date]:
    """The starts from which all packages were listed and each had that pace (`growth_by_start`)."""
    everyone = (pl.len() == len(packages)) & (pl.col("pace") == pace).all()
    agree = of_packages(judged, packages).group_by("start").agg(all=everyone)
    return agree.filter("all")["start"].sort().to_list()


def index_to(downloads: pl.DataFrame, base: Month) -> pl.DataFrame:
    """Add `index`: each package against itself in month `base`, if it was listed then."""
    first = of_month(downloads, base).select("package", base="downloads_30d")
    return (
        downloads.join(first, on="package", maintain_order="left")
        .with_columns(index=pl.col("downloads_30d") / pl.col("base"))
        .drop("base")
    )


def median_index(downloads: pl.DataFrame, base: Month) -> pl.DataFrame:
    """The median of `index_to` by month: `month`, `index`, and of how many `packages`."""
    return (
        index_to(downloads, base)
        .group_by("month")
        .agg(index=pl.col("index").median(), packages=pl.len())
        .sort("month")
    )


def with_median(downloads: pl.DataFrame, packages: Sequence[str], *, base: Month) -> pl.DataFrame:
    """Packages against themselves in one month, and the median of all as one more, called `MEDIAN`.

    Returns:
        `month`, `package`, `index` (1 in month `base`).
    """
    keys = ["month", "package", "index"]
    named = of_packages(index_to(downloads, base), packages).select(keys)
    median = median_index(downloads, base).with_columns(package=pl.lit(MEDIAN)).select(keys)
    return pl.concat([named.sort("package", "month"), median])
