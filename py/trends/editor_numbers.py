"""Single values on editors, for prose: the index of searches for them, and who was asked."""

from datetime import date

import polars as pl

from trends import data, frames
from trends.frames import PRESENT, Month
from trends.lookup import one


def editor_share(editor: str, month: Month = PRESENT) -> float:
    """An editor's share of the PYPL index, 0 to 1."""
    rows = data.load("pypl_ides").filter(pl.col("month") == frames.as_month(month))
    return one(rows, "share", ide=editor)


def editor_since(editor: str) -> date:
    """The first month in which the PYPL index has an editor."""
    first = data.load("pypl_ides").filter(pl.col("share") > 0, ide=editor)["month"].min()
    assert isinstance(first, date)
    return first


def editor_answers(item: str, population: str, year: int = 2025) -> int:
    """How many people answered the Stack Overflow survey's question on editors used."""
    rows = data.load("stackoverflow_survey").filter(question="editor used", population=population)
    return int(one(rows, "n", item=item, year=year))
