"""Pure steps from data frame to data frame that chapters and claims share.

Nothing here opens a file or keeps a state: frames come in as `trends.data` loads them. Downloads
are always the column `downloads_30d`, counts scaled to 30 days. A month may be given as a date
(first of the month) or as text such as `2025-07`.
"""

from trends.frames.baseline import (
    MEDIAN,
    growth,
    growth_by_start,
    index_to,
    median_growth,
    median_index,
    starts_in_favour,
    with_median,
)
from trends.frames.counting import (
    STEP_DEPTH,
    era_breaks,
    era_steps,
    month_ratios,
    month_totals,
    with_absences,
    with_eras,
    with_gaps,
)
from trends.frames.months import (
    NEWEST,
    PRESENT,
    START_MONTHS,
    WINDOW_DAYS,
    Month,
    as_month,
    between,
    of_month,
    of_packages,
    present_end,
    wide,
)
from trends.frames.pairs import crossings, ratio, share_of_group, within
from trends.frames.releases import (
    all_releases,
    final_releases,
    floor_steps,
    floors_on,
    python_floor,
)
from trends.frames.surveys import preferred, ranks, version_shares
from trends.frames.values import ValueMissingError, value, values

__all__ = [
    "MEDIAN",
    "NEWEST",
    "PRESENT",
    "START_MONTHS",
    "STEP_DEPTH",
    "WINDOW_DAYS",
    "Month",
    "ValueMissingError",
    "all_releases",
    "as_month",
    "between",
    "crossings",
    "era_breaks",
    "era_steps",
    "final_releases",
    "floor_steps",
    "floors_on",
    "growth",
    "growth_by_start",
    "index_to",
    "median_growth",
    "median_index",
    "month_ratios",
    "month_totals",
    "of_month",
    "of_packages",
    "preferred",
    "present_end",
    "python_floor",
    "ranks",
    "ratio",
    "share_of_group",
    "starts_in_favour",
    "value",
    "values",
    "version_shares",
    "wide",
    "with_absences",
    "with_eras",
    "with_gaps",
    "with_median",
    "within",
]
