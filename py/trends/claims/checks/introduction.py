"""Checks of the introduction's claims."""

import polars as pl

from trends import data, frames
from trends.claims import Finding, rules, values
from trends.frames import PRESENT

present = PRESENT  # the month that counts as the article's present

# %% pyodide-micropython-everywhere
# Recipes of Pyodide and boards of MicroPython, four years apart.
pyodide = data.load("pyodide_releases")
micropython = data.load("micropython_releases")
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
Finding(recipes["0.27.7"], rules.at_most_partly(rules.all_of(grew)), extras)

# %% python-mobile-viable
# The PEPs for iOS (730) and Android (738), and the ranks of four toolkits for phones.
downloads = data.load("pypi_monthly_downloads")
toolkits = ["kivy", "flet", "toga", "briefcase"]
ranks = values.ranks(downloads, toolkits, present)
platforms = data.load("peps").filter(pl.col("pep").is_in([730, 738]))
final = (platforms["status"] == "Final").to_list()
used = any(map(rules.is_top, ranks))
extras = {f"{name}_rank": rank for name, rank in zip(toolkits, ranks, strict=True) if rank}
version = platforms["python_version"].max()
verdict = rules.all_of([all(final), used])
Finding(sum(final), verdict, {**extras, "python_version": version})

# %% python-indispensable
# Place in one index and share in one survey.
languages = data.load("pypl_languages")
row = languages.filter(pl.col("month") == frames.as_month(present), language="Python")
place = row["place"].item()
used = values.percent(data.load("stackoverflow_survey"), "Python", 2025, "language used")
# No index measures technology stacks: partly at most.
verdict = rules.choose(supported=False, partly=place == 1 and used >= rules.HALF)
extras = {"pypl_pct": 100 * row["share"].item(), "stackoverflow_pct": used}
Finding(place, verdict, extras)
