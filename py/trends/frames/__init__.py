"""Pure steps from data frame to data frame that chapters and claims share.

Nothing here opens a file or keeps a state: frames come in as `trends.data` loads them. Downloads
are always the column `downloads_30d`, counts scaled to 30 days. A month may be given as a date
(first of the month) or as text such as `2025-07`.
"""

from trends.frames.baseline import BAND as BAND
from trends.frames.baseline import MEDIAN as MEDIAN
from trends.frames.baseline import PACES as PACES
from trends.frames.baseline import Pace as Pace
from trends.frames.baseline import growth as growth
from trends.frames.baseline import growth_by_start as growth_by_start
from trends.frames.baseline import index_to as index_to
from trends.frames.baseline import keeping_up as keeping_up
from trends.frames.baseline import median_growth as median_growth
from trends.frames.baseline import median_index as median_index
from trends.frames.baseline import pace as pace
from trends.frames.baseline import starts_where as starts_where
from trends.frames.baseline import with_median as with_median
from trends.frames.counting import STEP_DEPTH as STEP_DEPTH
from trends.frames.counting import era_breaks as era_breaks
from trends.frames.counting import era_steps as era_steps
from trends.frames.counting import month_ratios as month_ratios
from trends.frames.counting import month_totals as month_totals
from trends.frames.counting import with_absences as with_absences
from trends.frames.counting import with_eras as with_eras
from trends.frames.months import NEWEST as NEWEST
from trends.frames.months import PRESENT as PRESENT
from trends.frames.months import START_MONTHS as START_MONTHS
from trends.frames.months import WINDOW_DAYS as WINDOW_DAYS
from trends.frames.months import Month as Month
from trends.frames.months import as_month as as_month
from trends.frames.months import between as between
from trends.frames.months import of_month as of_month
from trends.frames.months import of_packages as of_packages
from trends.frames.months import present_end as present_end
from trends.frames.pairs import crossings as crossings
from trends.frames.pairs import ratio as ratio
from trends.frames.pairs import within as within
from trends.frames.releases import all_releases as all_releases
from trends.frames.releases import final_releases as final_releases
from trends.frames.releases import floor_steps as floor_steps
from trends.frames.releases import floors_on as floors_on
from trends.frames.releases import python_floor as python_floor
from trends.frames.surveys import preferred as preferred
from trends.frames.surveys import ranks as ranks
from trends.frames.surveys import version_shares as version_shares
from trends.frames.values import ValueMissingError as ValueMissingError
from trends.frames.values import value as value
from trends.frames.values import values as values
