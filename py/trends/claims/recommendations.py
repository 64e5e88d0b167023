"""Checks of the claims in the recommendations."""

import polars as pl

from trends import frames
from trends.claims import rules, values
from trends.claims.model import Finding
from trends.frames import NEWEST, PRESENT


def python_57_percent(survey: pl.DataFrame) -> Finding:
    """The share of all respondents that used Python in 2025."""
    measured = values.percent(survey, "Python", 2025, "language used")
    extras = {
        "professionals": values.percent(
            survey, "Python", 2025, "language used", "professional developers"
        ),
        "2024": values.percent(survey, "Python", 2024, "language used"),
    }
    return Finding(measured, rules.at_least(measured, supported=57, partly=47), extras)


def fastapi_eclipses_pros(survey: pl.DataFrame, python_survey: pl.DataFrame) -> Finding:
    """FastAPI's lead over Flask and Django among professional developers."""
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
    return Finding(round(fastapi - max(flask, django), 4), verdict, extras)


def polars_replaces_pandas(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """What pandas and Polars gained, and Polars per 100 pandas."""
    change = {
        package: values.millions(downloads, package, present)
        - values.millions(downloads, package, "2023-07")
        for package in ("pandas", "polars")
    }
    ratios = frames.ratio(downloads, "polars", "pandas")
    hundred = {f"{month:%Y_%m}": 100 * value for month, value in ratios.iter_rows()}
    half = hundred[f"{frames.as_month(present):%Y_%m}"] >= rules.HALF
    verdict = rules.choose(supported=change["pandas"] < 0, partly=half)
    months = ("2023_07", "2025_07", f"{frames.as_month(NEWEST):%Y_%m}")
    extras = {f"per_100_{month}": hundred[month] for month in months}
    return Finding(change["pandas"], verdict, {"change_polars_M": change["polars"], **extras})


def langchain_cornerstone(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Place of LangChain among six toolkits; vendors' clients are shown beside it."""
    rivals = ["litellm", "llama-index", "crewai", "dspy", "haystack-ai"]
    measured = values.place(downloads, "langchain", rivals, present)
    shown = ["langchain", *rivals, "openai", "anthropic"]
    extras = values.each_millions(downloads, shown, present)
    return Finding(measured, rules.place(measured), extras)


def tf_torch_gave_way(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Whether PyTorch and TensorFlow fell."""
    newer = ["transformers", "jax", "pycaret"]
    grown = values.growths(downloads, ["torch", "tensorflow", *newer], present)
    fell = [grown["torch"] < 1, grown["tensorflow"] < 1]
    since = values.ahead_since(downloads, "torch", "tensorflow")
    extras = {**grown, "torch_above_tensorflow_since": since}
    return Finding(sum(fell), rules.all_of(fell), extras)


def governance_tools_enterprise(
    downloads: pl.DataFrame, listed: pl.LazyFrame, *, present: str = PRESENT
) -> Finding:
    """Growth of two tools against the middle package; the third was never listed."""
    packages = ["great-expectations", "interpret-core"]
    grown = frames.growth_by_start(downloads, packages, end=present)
    extras = {
        **values.growths(downloads, packages, present),
        "tokenshap_months_listed": listed.filter(package="tokenshap").collect().height,
    }
    starts = frames.starts_in_favour(grown, packages)
    return Finding(len(starts), rules.growing(grown, packages), extras)


def us_salary_100_130k(pay: pl.DataFrame) -> Finding:
    """Median pay of US users of Python, over all and by years of coding."""
    rows = pay.filter(
        country="United States of America", language="Python", role="all roles"
    ).select(pl.col("years_coding").cast(pl.String), "median_usd", "n")
    median = {years: dollars for years, dollars, _ in rows.iter_rows()}
    overall = median.pop("all")
    fits = [100_000 <= dollars <= 130_000 for dollars in median.values()]
    inside = 100_000 <= overall <= 130_000
    verdict = rules.choose(supported=inside, partly=any(fits))
    people = rows.filter(years_coding="all")["n"].item()
    return Finding(overall / 1000, verdict, {**median, "n": people})


def us_salary_senior_150k(pay: pl.DataFrame) -> Finding:
    """Median pay from eleven years of coding on."""
    rows = pay.filter(
        country="United States of America", language="Python", role="all roles"
    ).select(pl.col("years_coding").cast(pl.String), "median_usd")
    median = dict(rows.iter_rows())
    senior = {years: median[years] for years in ("11-15", "16-20", "over 20")}
    reach = [dollars >= 150_000 for dollars in senior.values()]
    return Finding(sum(reach), rules.at_least(sum(reach), supported=2, partly=1), senior)
