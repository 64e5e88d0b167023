"""Single values on the counting itself, for prose: steps of the method, the wider yardstick."""

from functools import cache
from pathlib import Path

import polars as pl

from trends import data, frames
from trends.frames import PRESENT, START_MONTHS, Month
from trends.lookup import one


def era_step(month: Month) -> float:
    """How many times the middle package jumped, beyond its trend, where a new method began."""
    return one(_steps(data.folder()), "step", month=frames.as_month(month))


def listed_middle() -> tuple[float, int]:
    """Growth of the middle one of all packages listed in both months, and how many these are."""
    return _listed_middle(data.folder())


def named_at_least_middle() -> tuple[int, int]:
    """Of the packages the article names: how many grew at least as the middle, of how many."""
    monthly = data.load("pypi_monthly_downloads")
    named = data.load("packages").filter(role="named")["package"]
    grown = frames.growth(frames.of_packages(monthly, named), start=START_MONTHS[0])["growth"]
    middle = frames.middle(monthly, starts=[START_MONTHS[0]], end=PRESENT)["middle"][0]
    return int((grown >= middle).sum()), len(grown)


@cache
def _steps(_folder: Path) -> pl.DataFrame:
    deep = data.scan("pypi_top_packages").filter(pl.col("rank") <= frames.STEP_DEPTH).collect()
    return frames.era_steps(deep, frames.era_breaks(data.load("pypi_download_snapshots")))


@cache
def _listed_middle(_folder: Path) -> tuple[float, int]:
    months = [frames.as_month(START_MONTHS[0]), frames.as_month(PRESENT)]
    listed = data.scan("pypi_top_packages").filter(pl.col("month").is_in(months)).collect()
    middle = frames.middle(listed, starts=months[:1], end=months[1])
    return float(middle["middle"][0]), int(middle["packages"][0])
