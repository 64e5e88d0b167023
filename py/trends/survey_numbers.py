"""Single values on surveys, for prose: places and pay."""

import polars as pl

from trends import data, frames
from trends.lookup import cell, one
from trends.numbers import ALL

US = "United States of America"


def survey_place(item: str, year: int, question: str = "language used") -> int:
    """Place of an answer among all answers to a question of the Stack Overflow survey."""
    rows = data.load("stackoverflow_survey").filter(
        pl.col("population") == ALL, question=question, year=year
    )
    return int(one(frames.places(rows), "place", item=item))


def pay(
    years: str = "all",
    *,
    column: str = "median_usd",
    role: str = "all roles",
    country: str = US,
    of: str = "Python",
) -> int:
    """A figure on yearly pay in dollars of people who use a language.

    Args:
        years: Years of coding, such as `6-10`.
        column: `median_usd`, `p25_usd`, `p75_usd`, or `n`, how many answered.
        role: Such as `Data scientist`.
        country: As the survey writes it.
        of: The language.
    """
    rows = data.load("stackoverflow_pay_2025").filter(role=role, country=country)
    return int(cell(rows, column, language=of, years_coding=years))
