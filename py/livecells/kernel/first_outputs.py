"""A chart and a table: what they need, the browser fetches first on sites that use the wheel."""

import altair as alt
import polars as pl

from livecells.kernel.display.mime_bundle import mime_bundle


def run() -> None:
    """Make one of each, from numbers of no meaning."""
    rows = pl.DataFrame({"month": ["May", "June"], "sales": [1, 2]})
    mime_bundle(alt.Chart(rows).mark_line().encode(x="month", y="sales"))
    mime_bundle(rows)
