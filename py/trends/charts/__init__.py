"""Charts: a frame in, a chart out.

What chapters compose their charts of. Pictures end in a title, a subtitle and a source; one without
a title is a panel of another. Charts of a single page are written out in its cells.
"""

from trends.charts.bands import stacked_bands as stacked_bands
from trends.charts.growth_map import scatter as scatter
from trends.charts.over_time import lines as lines
from trends.charts.packages import claimed_lines as claimed_lines
from trends.charts.packages import index_lines as index_lines
from trends.charts.packages import package_lines as package_lines
from trends.charts.parts.axes import color_by as color_by
from trends.charts.parts.axes import log_axis as log_axis
from trends.charts.parts.axes import nameless_axis as nameless_axis
from trends.charts.parts.axes import package_scale as package_scale
from trends.charts.parts.axes import panel_axis as panel_axis
from trends.charts.parts.axes import panel_scale as panel_scale
from trends.charts.parts.axes import row_axis as row_axis
from trends.charts.parts.axes import years as years
from trends.charts.parts.rules import COUNTED as COUNTED
from trends.charts.parts.rules import RELEASES as RELEASES
from trends.charts.parts.rules import SURVEYS as SURVEYS
from trends.charts.parts.rules import article_rule as article_rule
from trends.charts.parts.rules import counted as counted
from trends.charts.parts.rules import date_band as date_band
from trends.charts.parts.rules import date_rule as date_rule
from trends.charts.parts.rules import level_rule as level_rule
from trends.charts.parts.rules import value_rule as value_rule
from trends.charts.parts.theme import GROUPS as GROUPS
from trends.charts.parts.theme import color as color
from trends.charts.parts.theme import finish as finish
from trends.charts.parts.theme import panels as panels
from trends.charts.parts.words import PAGE as PAGE
from trends.charts.parts.words import fixed as fixed
from trends.charts.parts.words import haloed as haloed
from trends.charts.parts.words import line_ends as line_ends
from trends.charts.parts.words import names_above as names_above
from trends.charts.parts.words import room as room
from trends.charts.parts.words import short as short
from trends.charts.rows import bars as bars
from trends.charts.rows import dots as dots
from trends.charts.rows import dumbbells as dumbbells
from trends.charts.rows import percent_bars as percent_bars
from trends.charts.rows import stacked_bars as stacked_bars
from trends.charts.slopes import slopes as slopes
from trends.charts.strips import strips as strips
from trends.charts.strips import support_calendar as support_calendar
