"""Charts of projects on GitHub: stars and people, month by month."""

from typing import Any

import altair as alt
import polars as pl

from trends import wording
from trends.charts import theme
from trends.charts.labels import color_scale
from trends.charts.lines import article_rule, named_lines
from trends.frames import PRESENT, as_month

SOURCE = "Source: best-of-web-python by ml-tooling (CC BY-SA 4.0), one list a month."


def project_lines(projects: pl.DataFrame, *, y: str = "stars") -> Any:
    """Draw projects by stars or by contributors, broken where no list was written.

    Args:
        projects: One row per month and project. Columns: `month` Date, `project` String, `y`
            Int64, `segment` Int64.
        y: `stars`, `forks` or `contributors`.
    """
    names = projects["project"].unique(maintain_order=True).to_list()
    colors = alt.Scale(domain=names, range=color_scale([name.lower() for name in names])["range"])
    chart = named_lines(
        projects, y=y, y_title=y, series="project", colors=colors, points=True, digits=0
    )
    now = projects.filter(month=as_month(PRESENT)).sort(y, descending=True)
    said = [f"{row['project']} {row[y]:,}" for row in now.to_dicts()]
    return theme.finish(
        alt.layer(*article_rule(projects), chart),
        title=f"{y.capitalize()} in {wording.month_name(PRESENT)}: {', '.join(said)}",
        subtitle=f"{y.capitalize()} on GitHub at the end of each month with a list",
        source=SOURCE,
    )
