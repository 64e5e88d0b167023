"""Growth, always against the median package: everything grows."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from trends.frames.months import PRESENT, START_MONTHS, Month, as_month, of_month, of_packages

MEDIAN = "median package"  # its name where it stands as one more line


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


def median_growth(downloads: pl.DataFrame, *, starts: Iterable[Month], end: Month) -> pl.DataFrame:
    """The growth of the median of all packages in `downloads`, the baseline: everything grows.

    Returns:
        One row a start month: `start` Date; `median`; `packages`, how many are listed in both.
    """
    rows = []
    for start in starts:
        grown = growth(downloads, start=start, end=end)["growth"]
        rows.append({"start": as_month(start), "median": grown.median(), "packages": len(grown)})
    schema = {"start": pl.Date, "median": pl.Float64, "packages": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def growth_by_start(
    downloads: pl.DataFrame,
    packages: Sequence[str],
    *,
    starts: Sequence[Month] = START_MONTHS,
    end: Month = PRESENT,
) -> pl.DataFrame:
    """Growth of packages from several start months, because a verdict must not hang on one window.

    The median is taken over all packages in `downloads`.

    Returns:
        One row per start and package listed in both months: `start`, `package`, `growth`,
        `median`, `ratio` (growth / median) and `at_least_median` (Boolean).
    """
    grown = [
        growth(of_packages(downloads, packages), start=start, end=end).select(
            pl.lit(as_month(start)).alias("start"), "package", "growth"
        )
        for start in starts
    ]
    return (
        pl.concat(grown)
        .join(median_growth(downloads, starts=starts, end=end), on="start")
        .with_columns(ratio=pl.col("growth") / pl.col("median"))
        .with_columns(at_least_median=pl.col("ratio") >= 1)
        .drop("packages")
        .sort("start", "package")
    )


def starts_in_favour(judged: pl.DataFrame, packages: Sequence[str]) -> list[date]:
    """The starts from which all packages were listed and kept up (`growth_by_start`)."""
    everyone = (pl.len() == len(packages)) & pl.col("at_least_median").all()
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
