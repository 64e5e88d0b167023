"""Checks of the claims in the recommendations."""

import polars as pl

from trends import data, frames
from trends.claims import Finding, rules, values
from trends.frames import NEWEST, PRESENT

present = PRESENT  # the month that counts as the article's present
rule = rules.USUAL  # how growth is judged

# %% python-57-percent
# The share of all respondents that used Python in 2025.
survey = data.load("stackoverflow_survey")
measured = values.percent(survey, "Python", 2025, "language used")
extras = {
    "professionals": values.percent(
        survey, "Python", 2025, "language used", "professional developers"
    ),
    "2024": values.percent(survey, "Python", 2024, "language used"),
}
Finding(measured, rules.at_least(measured, supported=57, partly=47), extras)

# %% fastapi-eclipses-pros
# FastAPI's lead over Flask and Django among professional developers.
survey = data.load("stackoverflow_survey")
python_survey = data.load("jetbrains_python_survey")
items = ["FastAPI", "Flask", "Django"]
fastapi, flask, django = (
    values.percent(survey, item, 2025, values.WEB, "professional developers") for item in items
)
others = [values.percent(python_survey, item, 2024, values.WEB, None) for item in items]
extras = {
    "fastapi": fastapi,
    "flask": flask,
    "django": django,
    "survey_2024": "/".join(f"{share:.0f}" for share in others),
}
verdict = rules.all_of([fastapi > flask, fastapi > django])
Finding(round(fastapi - max(flask, django), 4), verdict, extras)

# %% polars-replaces-pandas
# Whether pandas fades, what it and Polars gained, and Polars per 100 pandas.
downloads = data.load("pypi_monthly_downloads")
grown = rule.growth(data, ["pandas"], present)
change = {
    package: values.millions(downloads, package, present)
    - values.millions(downloads, package, "2023-07")
    for package in ("pandas", "polars")
}
ratios = frames.ratio(downloads, "polars", "pandas")
hundred = {f"{month:%Y_%m}": 100 * value for month, value in ratios.iter_rows()}
half = hundred[f"{frames.as_month(present):%Y_%m}"] >= rules.HALF
verdict = rules.all_of([rule.fades(grown, ["pandas"]), half])
months = ("2023_07", "2025_07", f"{frames.as_month(NEWEST):%Y_%m}")
extras = {f"change_{package}_M": change[package] for package in ("pandas", "polars")}
extras |= {f"per_100_{month}": hundred[month] for month in months}
Finding(rule.starts_where(grown, ["pandas"], "fades"), verdict, extras)

# %% langchain-cornerstone
# Place of LangChain among six toolkits; vendors' clients are shown beside it.
downloads = data.load("pypi_monthly_downloads")
rivals = ["litellm", "llama-index", "crewai", "dspy", "haystack-ai"]
measured = values.place(downloads, "langchain", rivals, present)
shown = ["langchain", *rivals, "openai", "anthropic"]
extras = values.each_millions(downloads, shown, present)
# Which companies rely on it cannot be read from downloads.
Finding(measured, rules.at_most_partly(rules.place(measured)), extras)

# %% tf-torch-gave-way
# Whether PyTorch and TensorFlow fade.
downloads = data.load("pypi_monthly_downloads")
older, newer = ["torch", "tensorflow"], ["transformers", "jax", "pycaret"]
grown = rule.growth(data, older, present)
fade = [rule.fades(grown, [package]) for package in older]
since = values.ahead_since(downloads, "torch", "tensorflow")
extras = values.growths(downloads, [*older, *newer], present)
Finding(sum(fade), rules.all_of(fade), {**extras, "torch_above_tensorflow_since": since})

# %% governance-tools-enterprise
# Growth of two tools against the median package; the third was never listed.
downloads = data.load("pypi_monthly_downloads")
listed = data.scan("pypi_top_packages")
packages = ["great-expectations", "interpret-core"]
grown = rule.growth(data, packages, present)
extras = {
    **values.growths(downloads, packages, present),
    "tokenshap_months_listed": listed.filter(package="tokenshap").collect().height,
}
starts = rule.starts_where(grown, packages, "grows")
Finding(starts, rule.growing(grown, packages), extras)

# %% us-salary-100-130k
# Median pay of US users of Python, over all and by years of coding.
pay = data.load("stackoverflow_pay_2025")
rows = pay.filter(country="United States of America", language="Python", role="all roles").select(
    pl.col("years_coding").cast(pl.String), "median_usd", "n"
)
median = {years: dollars for years, dollars, _ in rows.iter_rows()}
overall = median.pop("all")
fits = [100_000 <= dollars <= 130_000 for dollars in median.values()]
inside = 100_000 <= overall <= 130_000
verdict = rules.choose(supported=inside, partly=any(fits))
people = rows.filter(years_coding="all")["n"].item()
Finding(overall / 1000, verdict, {**median, "n": people})

# %% us-salary-senior-150k
# Median pay from eleven years of coding on.
pay = data.load("stackoverflow_pay_2025")
rows = pay.filter(country="United States of America", language="Python", role="all roles").select(
    pl.col("years_coding").cast(pl.String), "median_usd"
)
median = dict(rows.iter_rows())
senior = {years: median[years] for years in ("11-15", "16-20", "over 20")}
reach = [dollars >= 150_000 for dollars in senior.values()]
Finding(sum(reach), rules.at_least(sum(reach), supported=2, partly=1), senior)
