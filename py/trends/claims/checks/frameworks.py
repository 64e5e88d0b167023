"""Checks of the claims on web frameworks."""

import polars as pl

from trends import claims, data, frames
from trends.claims import Finding, rules, values
from trends.frames import NEWEST, PRESENT

present = PRESENT  # the month that counts as the article's present
rule = rules.USUAL  # how growth is judged
claim = claims.get("start-with-fastapi")  # each cell gets its own

# %% flask-millions
# Downloads of Flask.
downloads = data.load("pypi_monthly_downloads")
measured = values.millions(downloads, "flask", present)
extras = {"rank": values.rank(downloads, "flask", present)}
Finding(measured, rules.at_least(measured, supported=1), extras)

# %% flask-extensions-dozens
# Listed packages whose name begins with flask-, and the two the article names.
listed = data.scan("pypi_top_packages")
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
at = pl.col("month") == frames.as_month(present)
flasks = listed.filter(at, pl.col("package").str.starts_with("flask-")).collect()
named = flasks.filter(pl.col("package").is_in(["flask-restful", "flask-sqlalchemy"]))
dozens = rules.at_least(flasks.height, supported=24, partly=12)
verdict = rules.at_most_partly(dozens) if named.height < 2 else dozens
extras = {
    "flask_sqlalchemy_M": values.millions(named, "flask-sqlalchemy", present),
    "flask_restful_M": values.millions(named, "flask-restful", present),
    "flask_restful_last_release": values.newest(releases, "flask-restful", present)["release_date"],
    "flask_sqlalchemy_last_release": values.newest(releases, "flask-sqlalchemy", present)[
        "release_date"
    ],
}
Finding(flasks.height, verdict, extras)

# %% django-8m
# Downloads of Django against 8 million, and when that was true.
downloads = data.load("pypi_monthly_downloads")
measured = values.millions(downloads, "django", present)
true = frames.within(downloads.filter(package="django"), 8e6)
extras = {"last_month_within_10pct": values.month_text(values.newest_date(true))}
Finding(measured, rules.figure(measured, claimed=8), extras)

# %% fastapi-9m
# Downloads of FastAPI against 9 million, and when that was true.
downloads = data.load("pypi_monthly_downloads")
measured = values.millions(downloads, "fastapi", present)
true = frames.within(downloads.filter(package="fastapi"), 9e6)
extras = {
    "first_month_within_10pct": values.month_text(values.earliest(true)),
    "last_month_within_10pct": values.month_text(values.newest_date(true)),
}
Finding(measured, rules.figure(measured, claimed=9), extras)

# %% fastapi-passes-django
# FastAPI per Django: slightly ahead is up to a quarter more.
downloads = data.load("pypi_monthly_downloads")
ratios = dict(frames.ratio(downloads, "fastapi", "django").iter_rows())
measured = ratios[frames.as_month(present)]
verdict = rules.all_of([measured > 1, 1 < measured <= rules.SLIGHTLY])
extras = {
    "ahead_since": values.ahead_since(downloads, "fastapi", "django"),
    "ratio_2026_03": ratios[frames.as_month(NEWEST)],
}
Finding(measured, verdict, extras)

# %% fastapi-plus-5pp
# FastAPI's share in the surveys of 2024 and 2025.
survey = data.load("stackoverflow_survey")
before, after = (
    values.percent(survey, "FastAPI", year, "web framework used") for year in (2024, 2025)
)
measured = round(after - before, 4)
verdict = rules.all_of([measured > 0, abs(measured - 5) <= 1])
Finding(measured, verdict, {"share_2024": before, "share_2025": after})

# %% fastapi-graphql-rest
# Growth of FastAPI against the median, and its share year by year.
downloads = data.load("pypi_monthly_downloads")
python_survey = data.load("jetbrains_python_survey")
grown = rule.growth(data, ["fastapi"], present)
years = python_survey.filter(question="web framework used", item="FastAPI").sort("year")
shares = years.filter(pl.col("year").is_between(2021, 2024))["share"]
rising = bool((shares.diff().drop_nulls() > 0).all())
verdict = rules.all_of([rule.grows(grown, ["fastapi"]), rising])
extras = values.growths(downloads, ["fastapi"], present)
survey = "/".join(f"{100 * share:.0f}" for share in shares)
starts = rule.starts_where(grown, ["fastapi"], "grows")
Finding(starts, verdict, {**extras, "survey": survey})

# %% async-shift
# Growth of three async frameworks against the median package.
downloads = data.load("pypi_monthly_downloads")
packages = ["fastapi", "starlette", "sanic"]
grown = rule.growth(data, packages, present)
starts = rule.starts_where(grown, packages, "grows")
extras = values.growths(downloads, packages, present)
Finding(starts, rule.growing(grown, packages), extras)

# %% fastapi-on-par-node-go
# Requests per second against frameworks of Node.js and Go, in the last sound run.
run = data.load("web_framework_benchmark").filter(period="2025H1", concurrency=64)
speed = dict(run.select("framework", "requests_per_s").iter_rows())
ratios = {
    f"ratio_{rival}": speed["fastapi"] / speed[rival]
    for rival in ("express", "fastify", "gin", "fiber")
}
low, high = rules.PAR
on_par = [low <= ratio <= high for ratio in ratios.values()]
extras = ratios | {name: speed[name] for name in ("fastapi", "flask", "django")}
Finding(sum(on_par), rules.all_of(on_par), extras)

# %% flask-niche
# Whether Flask fades, its rank, and its share among Python developers.
downloads = data.load("pypi_monthly_downloads")
python_survey = data.load("jetbrains_python_survey")
grown = rule.growth(data, ["flask"], present)
starts = rule.starts_where(grown, ["flask"], "fades")
rank = values.rank(downloads, "flask", present)
shares = {
    f"survey_{year}": values.percent(python_survey, "Flask", year, values.WEB, None)
    for year in (2022, 2024)
}
small = not rules.is_top(rank) or shares["survey_2024"] < rules.SMALL_SHARE
verdict = rules.choose(supported=small, partly=rule.fades(grown, ["flask"]))
extras = {
    **values.growths(downloads, ["flask"], present),
    "rank_2023_07": values.rank(downloads, "flask", "2023-07"),
    "rank_2025_07": values.rank(downloads, "flask", "2025-07"),
    **shares,
}
Finding(starts, verdict, extras)

# %% start-with-fastapi
# No table counts new projects; beside it, use in 2024.
python_survey = data.load("jetbrains_python_survey")
fastapi, django = (
    values.percent(python_survey, item, 2024, values.WEB, None) for item in ("FastAPI", "Django")
)
Finding(fastapi - django, claim.written)
