"""Single values on the speed of this very site, for prose."""

from datetime import date

import polars as pl

from trends import data, pace
from trends.lookup import one


def measured(
    topic: str, what: str, moment: str | None = None, place: str = "site", size: int = 0
) -> float:
    """A median of the site's own speed record, in its unit.

    Args:
        topic: As `site_speed` has it.
        what: The thing measured.
        moment: The visit, or after what; none where there is only one.
        place: `site`, `plain`, `native`, or two of them for a ratio.
        size: Rows or cells.
    """
    rows = data.load("site_speed").filter(pl.col("moment").eq_missing(moment))
    return one(rows, "median", topic=topic, what=what, place=place, size=size)


def budget_counts() -> tuple[int, int]:
    """How many budgets are met, and how many there are."""
    found = pace.budgets(data.load("site_speed"))
    return found.filter(verdict="met").height, found.height


def bench_day() -> date:
    """The day on which the bench ran."""
    day = _first("date")
    assert isinstance(day, date)
    return day


def bench_machine() -> str:
    """Cores, processor, memory and system of the machine of the bench."""
    return str(_first("machine"))


def bench_browser() -> str:
    """Browser and version of the bench."""
    return str(_first("browser"))


def bench_load() -> str:
    """Load of the machine when the bench began, as its system tells it."""
    return f"{_first('load'):.1f}"


def _first(column: str) -> date | str | float:
    return data.load("site_speed")[column][0]  # type: ignore[no-any-return]
