"""Pure steps from data frame to data frame that chapters and claims share.

Nothing here opens a file or keeps a state: frames come in as `trends.data` loads them. Downloads
are always the column `downloads_30d`, counts scaled to 30 days. A month may be given as a date
(first of the month) or as text such as `2025-07`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

Month = str | date

PRESENT = "2025-07"  # the month the article speaks from
NEWEST = "2026-03"  # the last month of the download tables
START_MONTHS = ("2023-07", "2024-01", "2024-06", "2024-08", "2025-01")
WINDOW_DAYS = 30
MIDDLE = "middle package"  # its name where it stands as one more line
STEP_DEPTH = 3_000  # ranks; the shortest list has 4,000
STEP_PAIRS = 3  # pairs of months before and after a break that make its trend


def as_month(month: Month) -> date:
    """The first day of a month.

    Args:
        month: A date, or text as in `2025-07` or `2025-07-01`.

    Raises:
        ValueError: The text is no month.
    """
    if isinstance(month, date):
        return month.replace(day=1)
    try:
        return date.fromisoformat(f"{month[:7]}-01")
    except ValueError as error:
        msg = f"{month!r} is no month, expected text such as {PRESENT!r}"
        raise ValueError(msg) from error


def of_packages(downloads: pl.DataFrame, packages: Iterable[str]) -> pl.DataFrame:
    """The rows of some packages, in the order of `downloads`."""
    return downloads.filter(pl.col("package").is_in(list(packages)))


def of_month(downloads: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The rows of one month, most downloaded first."""
    return downloads.filter(pl.col("month") == as_month(month)).sort("rank")


def between(
    frame: pl.DataFrame, start: Month | None = None, end: Month | None = None
) -> pl.DataFrame:
    """The rows from month `start` to month `end`, both included; None leaves a side open."""
    month = pl.col("month")
    if start is not None:
        frame = frame.filter(month >= as_month(start))
    if end is not None:
        frame = frame.filter(month <= as_month(end))
    return frame


def wide(
    downloads: pl.DataFrame, packages: Sequence[str], *, value: str = "downloads_30d"
) -> pl.DataFrame:
    """One row a month, one column a package; null where a package was not listed."""
    rows = of_packages(downloads, packages)
    listed = [package for package in packages if package in rows["package"]]
    return rows.pivot("package", index="month", values=value).select("month", *listed).sort("month")


def growth(downloads: pl.DataFrame, *, start: Month, end: Month = PRESENT) -> pl.DataFrame:
    """How many times as many downloads each package has, for those listed in both months.

    Args:
        downloads: One row per month and package; `pypi_monthly_downloads` or
            `pypi_top_packages`, or some packages of them.
        start: The month divided by.
        end: The month divided.

    Returns:
        Columns `package`; `before`, `after` (downloads in 30 days); `growth` (1 = no change);
        by falling growth.
    """
    keys = ["package", "downloads_30d"]
    before = of_month(downloads, start).select(keys).rename({"downloads_30d": "before"})
    after = of_month(downloads, end).select(keys).rename({"downloads_30d": "after"})
    return (
        before.join(after, on="package")
        .with_columns(growth=pl.col("after") / pl.col("before"))
        .sort("growth", "package", descending=[True, False])
    )


def middle(downloads: pl.DataFrame, *, starts: Iterable[Month], end: Month) -> pl.DataFrame:
    """The growth of the middle package, the yardstick: everything grows.

    Args:
        downloads: All packages that make up the yardstick.
        starts: Months divided by.
        end: The month divided.

    Returns:
        One row a start month: `start` Date; `middle`, the median growth over all packages
        listed in both months; `packages`, how many these are.
    """
    rows = []
    for start in starts:
        grown = growth(downloads, start=start, end=end)["growth"]
        rows.append({"start": as_month(start), "middle": grown.median(), "packages": len(grown)})
    schema = {"start": pl.Date, "middle": pl.Float64, "packages": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def growth_by_start(
    downloads: pl.DataFrame,
    packages: Sequence[str],
    *,
    starts: Sequence[Month] = START_MONTHS,
    end: Month = PRESENT,
) -> pl.DataFrame:
    """Growth of packages from several start months, against the middle package.

    Args:
        downloads: All tracked packages: the middle is taken over them.
        packages: The packages to judge.
        starts: Start months; five of them, because a verdict must not hang on one window.
        end: The month growth leads to.

    Returns:
        One row per start and package listed in both months: `start`, `package`, `growth`,
        `middle`, `ratio` (growth / middle) and `at_least_middle` (Boolean).
    """
    grown = [
        growth(of_packages(downloads, packages), start=start, end=end).select(
            pl.lit(as_month(start)).alias("start"), "package", "growth"
        )
        for start in starts
    ]
    return (
        pl.concat(grown)
        .join(middle(downloads, starts=starts, end=end), on="start")
        .with_columns(ratio=pl.col("growth") / pl.col("middle"))
        .with_columns(at_least_middle=pl.col("ratio") >= 1)
        .drop("packages")
        .sort("start", "package")
    )


def starts_in_favour(judged: pl.DataFrame, packages: Sequence[str]) -> list[date]:
    """The start months from which every package was listed and grew at least as the middle.

    Args:
        judged: What `growth_by_start` returns.
        packages: The packages that have to agree.
    """
    everyone = (pl.len() == len(packages)) & pl.col("at_least_middle").all()
    agree = of_packages(judged, packages).group_by("start").agg(all=everyone)
    return agree.filter("all")["start"].sort().to_list()


def index_to(downloads: pl.DataFrame, base: Month) -> pl.DataFrame:
    """Each package against itself in one month: adds `index`, 1 in month `base`.

    Packages not listed in that month are left out.
    """
    first = of_month(downloads, base).select("package", base="downloads_30d")
    return (
        downloads.join(first, on="package", maintain_order="left")
        .with_columns(index=pl.col("downloads_30d") / pl.col("base"))
        .drop("base")
    )


def middle_index(downloads: pl.DataFrame, base: Month) -> pl.DataFrame:
    """The middle package as a line: the median of `index_to` in each month.

    Returns:
        `month`, `index`, and `packages`, over how many packages the median is taken.
    """
    return (
        index_to(downloads, base)
        .group_by("month")
        .agg(index=pl.col("index").median(), packages=pl.len())
        .sort("month")
    )


def ratio(downloads: pl.DataFrame, top: str, bottom: str) -> pl.DataFrame:
    """Downloads of one package per download of another, in the months both are listed.

    A ratio cancels what all packages share, changes of the counting method among it.

    Returns:
        `month`, `ratio`.
    """
    keys = ["month", "downloads_30d"]
    tops = downloads.filter(pl.col("package") == top).select(keys)
    bottoms = downloads.filter(pl.col("package") == bottom).select(keys)
    return (
        tops.join(bottoms, on="month", suffix="_bottom")
        .select("month", ratio=pl.col("downloads_30d") / pl.col("downloads_30d_bottom"))
        .sort("month")
    )


def crossings(downloads: pl.DataFrame, pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """When one package passed another for good.

    Args:
        downloads: Downloads of at least the packages of the pairs.
        pairs: (newcomer, incumbent).

    Returns:
        `newcomer`, `incumbent`, `month`: the first month from which the newcomer is ahead in
        every later month, null if it is not ahead in the last one. In the order of `pairs`.
    """
    rows = []
    for newcomer, incumbent in pairs:
        ratios = ratio(downloads, newcomer, incumbent)
        behind = ratios.filter(pl.col("ratio") <= 1)["month"].max()
        ahead = ratios if behind is None else ratios.filter(pl.col("month") > behind)
        rows.append((newcomer, incumbent, ahead["month"].min()))
    schema = {"newcomer": pl.String, "incumbent": pl.String, "month": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def within(downloads: pl.DataFrame, claimed: float, *, tolerance: float = 0.1) -> pl.DataFrame:
    """The rows whose downloads lie within a share of a claimed figure: when it was true.

    Args:
        downloads: Rows of one package.
        claimed: Downloads in 30 days.
        tolerance: 0.1 is a tenth to either side, both ends included.
    """
    return downloads.filter((pl.col("downloads_30d") - claimed).abs() <= tolerance * claimed)


def share_of_group(downloads: pl.DataFrame, packages: Sequence[str]) -> pl.DataFrame:
    """The rows of some packages with `share`, the fraction of the group's sum that month.

    By month, and within a month in the order of `packages`.
    """
    total = pl.col("downloads_30d").sum().over("month")
    place = pl.col("package").replace_strict(
        list(packages), range(len(packages)), return_dtype=pl.Int64
    )
    rows = of_packages(downloads, packages).with_columns(share=pl.col("downloads_30d") / total)
    return rows.sort("month", place)


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


def era_steps(
    listed: pl.DataFrame, breaks: Iterable[Month], *, depth: int = STEP_DEPTH
) -> pl.DataFrame:
    """How much the middle package jumped where the counting method changed, beyond its trend.

    Args:
        listed: `pypi_top_packages`, or the columns `month`, `package`, `downloads_30d`, `rank`.
        breaks: The first months counted in a new way.
        depth: Packages with this rank or better in both months of a pair are compared.

    Returns:
        `month` (the first of the new method), `before`, `step`: the median ratio of the two
        months, divided by the median of the same ratio over the three pairs of months before
        and the three after. Earlier counts times `step` are on the level of the later ones.
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


def era_breaks(snapshots: pl.DataFrame) -> list[date]:
    """The first months counted in a new way: where the era changes."""
    ordered = snapshots.sort("month")
    return ordered.filter(pl.col("era") != pl.col("era").shift())["month"].to_list()


def month_ratios(listed: pl.DataFrame) -> pl.DataFrame:
    """How the middle package changed from month to month.

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


def all_releases(releases: pl.DataFrame, best_of: pl.DataFrame) -> pl.DataFrame:
    """Releases from tags and from the best-of lists in one frame.

    Args:
        releases: `package_releases`.
        best_of: `package_releases_best_of`, kept apart because of its licence.
    """
    return pl.concat([releases, best_of]).sort("package", "release_date", "version")


def final_releases(
    releases: pl.DataFrame, package: str, *, until: date | None = None
) -> pl.DataFrame:
    """The releases of one package that are no pre-releases, oldest first, up to a day."""
    rows = releases.filter(pl.col("package") == package, ~pl.col("is_prerelease"))
    if until is not None:
        rows = rows.filter(pl.col("release_date") <= until)
    return rows.sort("release_date", maintain_order=True)


def python_floor(releases: pl.DataFrame) -> pl.DataFrame:
    """Add `floor`, the lowest Python 3 minor version that a release accepts.

    Read from `requires_python` by the text `>=3.N`; null where it says no such thing.
    """
    floor = pl.col("requires_python").str.extract(r">=\s*3\.(\d+)").cast(pl.Int64)
    return releases.with_columns(floor=floor)


def present_end(present: Month) -> date:
    """The last day of the month that counts as the present: releases up to it are known."""
    first = as_month(present)
    return pl.Series([first]).dt.month_end().item()  # type: ignore[no-any-return]


def with_middle(downloads: pl.DataFrame, packages: Sequence[str], *, base: Month) -> pl.DataFrame:
    """Packages against themselves in one month, and the middle package as one more of them.

    Args:
        downloads: All tracked packages: the middle is taken over them.
        packages: The packages to keep.
        base: The month divided by.

    Returns:
        `month`, `package`, `index` (1 in month `base`); the middle is called `MIDDLE`.
    """
    keys = ["month", "package", "index"]
    named = of_packages(index_to(downloads, base), packages).select(keys)
    middle = middle_index(downloads, base).with_columns(package=pl.lit(MIDDLE)).select(keys)
    return pl.concat([named.sort("package", "month"), middle])


def preferred(rows: pl.DataFrame, column: str, values: Sequence[str], *, key: str) -> pl.DataFrame:
    """For each `key`, its rows with the first of some values that it has in a column.

    Args:
        rows: Rows with the columns `column` and `key`; rows with other values are left out.
        column: Such as the population of a survey, where not every item has every one.
        values: From best to last choice.
        key: Such as the item of a survey.
    """
    choice = (
        rows[column]
        .cast(pl.String)
        .replace_strict(
            {value: place for place, value in enumerate(values)},
            default=None,
            return_dtype=pl.Int64,
        )
    )
    ranked = rows.with_columns(choice=choice).drop_nulls("choice")
    best = pl.col("choice") == pl.col("choice").min().over(key)
    return ranked.filter(best).drop("choice")


def floors_on(releases: pl.DataFrame, today: date, *, active_days: int = 365) -> pl.DataFrame:
    """The lowest Python that each active project asks for on a day.

    Args:
        releases: `package_releases`.
        today: The newest final release up to this day counts.
        active_days: A project without a release in so many days before is left out.

    Returns:
        One row a project whose metadata can be read: `package`, `version`, `release_date`,
        `floor` (Python 3 minor version), by name.
    """
    finals = releases.filter(~pl.col("is_prerelease"), pl.col("release_date") <= today)
    newest = (
        python_floor(finals.drop_nulls("requires_python"))
        .sort("package", "release_date", maintain_order=True)
        .group_by("package", maintain_order=True)
        .last()
    )
    is_active = pl.lit(today) - pl.col("release_date") < pl.duration(days=active_days)
    return (
        newest.filter(is_active)
        .drop_nulls("floor")
        .select("package", "version", "release_date", "floor")
    )


def version_shares(downloads: pl.DataFrame, package: str) -> pl.DataFrame:
    """Shares of the versions of Python that a package is downloaded from, month by month.

    Args:
        downloads: `python_version_downloads`.
        package: A package counted by version; most are counted as a whole only.

    Returns:
        `month`, `python_version` (such as `3.12`), `minor` (12; below zero for Python 2),
        `share` (0 to 1), from the oldest version to the newest within a month.
    """
    parts = pl.col("python_version").str.split(".").list
    minor = parts.get(1).cast(pl.Int64) - pl.when(parts.get(0) == "2").then(100).otherwise(0)
    counted = downloads.filter(pl.col("python_version").str.contains(r"^\d"), package=package)
    return (
        counted.with_columns(
            minor=minor, share=pl.col("downloads") / pl.col("downloads").sum().over("month")
        )
        .select("month", "python_version", "minor", "share")
        .sort("month", "minor")
    )


def with_absences(rows: pl.DataFrame, months: pl.Series) -> pl.DataFrame:
    """Add `segment`, which counts how often a package had been off the list before.

    Args:
        rows: One row per month and package.
        months: The months that have a list at all; one without a list is no absence.
    """
    place = months.unique().sort().to_frame("month").with_row_index("place")
    listed = rows.join(place, on="month", how="left", maintain_order="left")
    gap = pl.col("place").cast(pl.Int64).diff().over("package", order_by="month") > 1
    marked = listed.with_columns(segment=gap.fill_null(value=False).cast(pl.Int64))
    absences = pl.col("segment").cum_sum().over("package", order_by="month")
    return marked.with_columns(absences).drop("place")


def floor_steps(releases: pl.DataFrame, packages: Sequence[str], *, until: date) -> pl.DataFrame:
    """When projects began to ask for a higher Python than ever before.

    Args:
        releases: `package_releases`.
        packages: The projects to look at.
        until: The last day that counts.

    Returns:
        `package`, `version`, `release_date`, `floor`: for each project the first release with each
        new highest floor, and its newest with that one, by name and date. Releases that mend an
        older line, and still take an older Python, are left out.
    """
    finals = of_packages(releases, packages).filter(
        ~pl.col("is_prerelease"), pl.col("release_date") <= until
    )
    floors = python_floor(finals).drop_nulls("floor").sort("package", "release_date", "version")
    highest = pl.col("floor").cum_max().over("package")
    rising = floors.filter(pl.col("floor") == highest)
    is_step = (pl.col("floor").diff().over("package") != 0).fill_null(value=True)
    is_last = pl.col("release_date") == pl.col("release_date").max().over("package")
    return rising.filter(is_step | is_last).select("package", "version", "release_date", "floor")


def places(shares: pl.DataFrame) -> pl.DataFrame:
    """Add `place` within each year: 1 = largest share; equal shares have the same place."""
    place = pl.col("share").rank("min", descending=True).over("year").cast(pl.Int64)
    return shares.with_columns(place=place).sort("year", "place", "item")


def with_gaps(rows: pl.DataFrame, *, key: str, longest: int = 3) -> pl.DataFrame:
    """Add `segment`, which changes where a series has no month for long.

    Args:
        rows: One row per month and `key`.
        key: Column that names the series.
        longest: Months from one row to the next that are no gap yet.
    """
    before = pl.col("month").shift().over(key).dt.offset_by(f"{longest}mo")
    ordered = rows.sort(key, "month").with_columns(reach=before)
    is_gap = (pl.col("reach") < pl.col("month")).fill_null(value=False).cast(pl.Int64)
    return ordered.with_columns(segment=is_gap.cum_sum().over(key)).drop("reach")
