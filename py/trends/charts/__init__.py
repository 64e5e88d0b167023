"""Charts: a frame in, a chart out.

What chapters compose their charts of. Pictures end in a title, a subtitle and a source; one without
a title is a panel of another. Charts of a single page are written out in its cells.
"""

from trends.charts.axes import (
    color_by,
    log_axis,
    moment,
    nameless_axis,
    package_scale,
    panel_axis,
    panel_scale,
    row_axis,
    years,
)
from trends.charts.bands import stacked_bands
from trends.charts.growth_map import scatter
from trends.charts.over_time import lines
from trends.charts.packages import claimed_lines, index_lines, package_lines
from trends.charts.rows import bars, dots, dumbbells, percent_bars, stacked_bars
from trends.charts.rules import (
    COUNTED,
    RELEASES,
    SURVEYS,
    article_rule,
    counted,
    date_band,
    date_rule,
    level_rule,
    value_rule,
)
from trends.charts.slopes import slopes
from trends.charts.strips import strips, support_calendar
from trends.charts.theme import GROUPS, color, finish, panels
from trends.charts.words import PAGE, fixed, haloed, line_ends, names_above, room, short, spread

__all__ = [
    "COUNTED",
    "GROUPS",
    "PAGE",
    "RELEASES",
    "SURVEYS",
    "article_rule",
    "bars",
    "claimed_lines",
    "color",
    "color_by",
    "counted",
    "date_band",
    "date_rule",
    "dots",
    "dumbbells",
    "finish",
    "fixed",
    "haloed",
    "index_lines",
    "level_rule",
    "line_ends",
    "lines",
    "log_axis",
    "moment",
    "nameless_axis",
    "names_above",
    "package_lines",
    "package_scale",
    "panel_axis",
    "panel_scale",
    "panels",
    "percent_bars",
    "room",
    "row_axis",
    "scatter",
    "short",
    "slopes",
    "spread",
    "stacked_bands",
    "stacked_bars",
    "strips",
    "support_calendar",
    "value_rule",
    "years",
]
