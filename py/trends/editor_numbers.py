"""Single values on editors, for prose: the index of searches for them, and who was asked."""

from datetime import date

import polars as pl

from trends import data, frames
from trends.frames import PRESENT, Month
from trends.lookup import one

POPULATIONS = {
    "all": "all respondents",
    "thousand": "first 1,000 respondents (not representative)",
    "Python users": "first 1,000 respondents (not representative), Python users",
}
"""Whose answers: the first thousand rows are public, and are no sample."""


def editor_share(editor: str, month: Month = PRESENT) -> float:
    """An editor's share of the PYPL index, 0 to 1."""
    rows = data.load("pypl_ides").filter(pl.col("month") == frames.as_month(month))
    return one(rows, "share", ide=editor)


def editor_since(editor: str) -> date:
    """The first month in which the PYPL index has an editor."""
    first = data.load("pypl_ides").filter(pl.col("share") > 0, ide=editor)["month"].min()
    assert isinstance(first, date)
    return first


def editor_used(editor: str, among: str = "all", year: int = 2025) -> float:
    """Share of the Stack Overflow survey's respondents who used an editor, 0 to 1.

    Args:
        editor: As the survey writes it.
        among: A key of `POPULATIONS`.
        year: Of the survey.
    """
    return one(_answers(among, year), "share", item=editor)


def editor_answers(editor: str, among: str, year: int = 2025) -> int:
    """How many people `editor_used` is a share of."""
    return int(one(_answers(among, year), "n", item=editor))


def _answers(among: str, year: int) -> pl.DataFrame:
    rows = data.load("stackoverflow_survey").filter(question="editor used", year=year)
    return rows.filter(population=POPULATIONS[among])
