"""Checks of the introduction's claims."""

import polars as pl

from trends import frames
from trends.claims import rules, values
from trends.claims.model import Finding
from trends.frames import PRESENT


def pyodide_micropython_everywhere(pyodide: pl.DataFrame, micropython: pl.DataFrame) -> Finding:
    """Recipes of Pyodide and boards of MicroPython, four years apart."""
    recipes = dict(pyodide.select("version", "package_recipes").iter_rows())
    boards = dict(micropython.select("version", "boards").iter_rows())
    grew = [recipes["0.27.7"] > recipes["0.17.0"], boards["1.25.0"] > boards["1.15"]]
    extras = {
        "recipes_2021_04": recipes["0.17.0"],
        "boards_2025_04": boards["1.25.0"],
        "boards_2021_04": boards["1.15"],
        "recipes_2026_08": pyodide.filter(pl.col("version").str.starts_with("recipes@"))[
            "package_recipes"
        ].item(),
    }
    # Each runs only a part of the ecosystem, which no table measures.
    return Finding(recipes["0.27.7"], rules.at_most_partly(rules.all_of(grew)), extras)


def python_mobile_viable(peps: pl.DataFrame) -> Finding:
    """The PEPs for iOS (730) and Android (738)."""
    platforms = peps.filter(pl.col("pep").is_in([730, 738]))
    final = (platforms["status"] == "Final").to_list()
    extras = {"python_version": platforms["python_version"].max()}
    return Finding(sum(final), rules.all_of(final), extras)


def python_indispensable(
    languages: pl.DataFrame, survey: pl.DataFrame, *, present: str = PRESENT
) -> Finding:
    """Place in one index and share in one survey."""
    row = languages.filter(pl.col("month") == frames.as_month(present), language="Python")
    place = row["place"].item()
    used = values.percent(survey, "Python", 2025, "language used")
    # No index measures technology stacks: partly at most.
    verdict = rules.choose(supported=False, partly=place == 1 and used >= rules.HALF)
    extras = {"pypl_pct": 100 * row["share"].item(), "stackoverflow_pct": used}
    return Finding(place, verdict, extras)
