"""Checks of the claims on AI, data science and data engineering libraries."""

from datetime import date

import polars as pl

from trends import claims, data, frames
from trends.claims import Finding, rules, values
from trends.frames import PRESENT

present = PRESENT  # the month that counts as the article's present
rule = rules.USUAL  # how growth is judged
claim = claims.get("tokenshap-exists")  # each cell gets its own

# %% langchain-central
# Rank and growth of LangChain.
downloads = data.load("pypi_monthly_downloads")
grown = rule.growth(data, ["langchain"], present)
rank = values.rank(downloads, "langchain", present)
# What much work rests on cannot be read from downloads.
verdict = rules.at_most_partly(rules.all_of([rules.is_top(rank), rule.grows(grown, ["langchain"])]))
extras = {
    "rank": rank,
    **values.growths(downloads, ["langchain"], present),
    "downloads_M": values.millions(downloads, "langchain", present),
    "openai_M": values.millions(downloads, "openai", present),
}
Finding(rule.starts_where(grown, ["langchain"], "grows"), verdict, extras)

# %% jax-gaining
# Growth of JAX against the median package.
downloads = data.load("pypi_monthly_downloads")
grown = rule.growth(data, ["jax"], present)
starts = rule.starts_where(grown, ["jax"], "grows")
extras = {
    **values.growths(downloads, ["jax", "torch"], present),
    "jax_since_2024_06": values.growth(downloads, "jax", "2024-06", present),
    "median_since_2024_06": values.median(downloads, "2024-06", present),
}
Finding(starts, rule.growing(grown, ["jax"]), extras)

# %% fastai-active
# Newest release of fastai, and its rank.
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
downloads = data.load("pypi_monthly_downloads")
newest = frames.final_releases(releases, "fastai", until=frames.present_end(present))
day = values.newest_date(newest, "release_date")
rank = values.rank(downloads, "fastai", present)
recent = day > values.year_before(frames.present_end(present))
extras = {"rank": rank, "downloads_M": values.millions(downloads, "fastai", present)}
Finding(day, rules.all_of([recent, rules.is_top(rank)]), extras)

# %% explainability-focus
# Growth of three explainers against the median package.
downloads = data.load("pypi_monthly_downloads")
packages = ["shap", "interpret-core", "lime"]
grown = rule.growth(data, packages, present)
starts = rule.starts_where(grown, packages, "grows")
extras = values.growths(downloads, [*packages, "scikit-learn"], present)
Finding(starts, rule.growing(grown, packages), extras)

# %% tokenshap-exists
# Months in which TokenSHAP was listed.
months = data.scan("pypi_top_packages").filter(package="tokenshap").collect().height
Finding(months, claim.written)

# %% classic-ml-widely-used
# Ranks of the six established libraries.
downloads = data.load("pypi_monthly_downloads")
packages = ["tensorflow", "torch", "scikit-learn", "xgboost", "lightgbm", "transformers"]
ranks = values.ranks(downloads, packages, present)
extras = values.each_millions(downloads, packages, present)
Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)

# %% pycaret-new-entrant
# First and newest release of PyCaret.
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
downloads = data.load("pypi_monthly_downloads")
today = frames.present_end(present)
first = values.earliest(releases.filter(package="pycaret"), "release_date")
finals = frames.final_releases(releases, "pycaret", until=today)
newest = values.newest_date(finals, "release_date")
is_new = first > values.year_before(today, years=3)
is_alive = newest > values.year_before(today)
extras = {
    "first_release": first,
    "downloads_M": values.millions(downloads, "pycaret", present),
}
Finding(newest, rules.all_of([is_new, is_alive]), extras)

# %% core-data-tools-staples
# Ranks of the eight staples, and the share that explores data with pandas.
downloads = data.load("pypi_monthly_downloads")
python_survey = data.load("jetbrains_python_survey")
science = ["pandas", "numpy", "scipy", "scikit-learn"]
packages = [*science, "plotly", "matplotlib", "dash", "seaborn"]
ranks = values.ranks(downloads, packages, present)
question = "data processing tool, among those who do data exploration"
pandas, numpy = (
    values.percent(python_survey, item, 2024, question, None) for item in ("pandas", "NumPy")
)
widely = rules.widely_used(ranks) == "supported"
extras = values.each_millions(downloads, packages, present)
extras |= {"pandas_pct": pandas, "numpy_pct": numpy}
verdict = rules.all_of([widely, pandas >= rules.HALF])
Finding(max(filter(None, ranks)), verdict, extras)

# %% polars-challenges
# Growth of Polars, and ten group-by questions on ten million rows.
downloads = data.load("pypi_monthly_downloads")
queries = data.load("dataframe_benchmark")
grown = rule.growth(data, ["polars"], present)
run = queries.filter(task="groupby", dataset="G1_1e7_1e2_0_0", machine_type="c6id.metal", run=1)
seconds = dict(run.group_by("solution").agg(pl.col("seconds").sum()).iter_rows())
measured = seconds["pandas"] / seconds["polars"]
fast = measured >= rules.SPEED_UP
extras = {
    "start_months_in_favour": rule.starts_where(grown, ["polars"], "grows"),
    "growth": values.growth(downloads, "polars", "2023-07", present),
    "polars_s": seconds["polars"],
    "pandas_s": seconds["pandas"],
}
Finding(measured, rules.all_of([rule.grows(grown, ["polars"]), fast]), extras)

# %% pymc-tfp-new
# When PyMC and TensorFlow Probability were first listed.
downloads = data.load("pypi_monthly_downloads")
since = values.year_before(frames.as_month(present), years=3)
packages = ["pymc", "pymc3", "tensorflow-probability"]
first = {package: values.first_listed(downloads, package) for package in packages}
new = [first[package] > since for package in ("pymc", "tensorflow-probability")]
extras = {
    **{f"{package}_first": values.month_text(month) for package, month in first.items()},
    **values.growths(downloads, ["pymc", "tensorflow-probability"], present),
    "pymc_M": values.millions(downloads, "pymc", present),
    "tfp_M": values.millions(downloads, "tensorflow-probability", present),
}
Finding(sum(new), rules.all_of(new), extras)

# %% kafka-torch-fastapi-airflow-stack
# Each part alone; no table says which stand together.
parts = ["confluent-kafka", "torch", "fastapi", "apache-airflow", "dagster"]
extras = values.each_millions(data.load("pypi_monthly_downloads"), parts, present)
Finding(None, claim.written, extras)

# %% transformers-spacy-opencv
# Ranks of the three libraries.
downloads = data.load("pypi_monthly_downloads")
packages = ["transformers", "spacy", "opencv-python"]
ranks = values.ranks(downloads, packages, present)
extras = values.each_millions(downloads, [*packages, "opencv-python-headless"], present)
# What is built with them cannot be read from downloads.
verdict = rules.at_most_partly(rules.widely_used(ranks))
Finding(max(filter(None, ranks)), verdict, extras)

# %% polars-89m
# Downloads of Polars since 1.0, and since it was first listed.
downloads = data.load("pypi_monthly_downloads")
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
first = values.first_listed(downloads, "polars")
measured = values.total(downloads, "polars", "2024-07", "2024-12")
lifetime = values.total(downloads, "polars", first, "2024-12")
near = [rules.figure(total, claimed=89) == "supported" for total in (measured, lifetime)]
extras = {
    "lifetime_to_2024_12_M": lifetime,
    "lifetime_to_2024_11_M": values.total(downloads, "polars", first, "2024-11"),
    "release_1_0": values.released(releases, "polars", "1.0.0"),
}
verdict = rules.choose(supported=near[0], partly=near[1])
Finding(measured, verdict, extras)

# %% polars-dominant
# Polars per 100 downloads of pandas.
downloads = data.load("pypi_monthly_downloads")
python_survey = data.load("jetbrains_python_survey")
ratios = dict(frames.ratio(downloads, "polars", "pandas").iter_rows())
measured = 100 * ratios[frames.as_month(present)]
question = "data processing tool, among those who do data exploration"
extras = {
    f"{item.lower()}_pct_2024": values.percent(python_survey, item, 2024, question, None)
    for item in ("Polars", "pandas")
}
verdict = rules.at_least(measured, supported=100, partly=rules.HALF)
Finding(measured, verdict, extras)

# %% single-node-engines
# Ranks of three engines that run on one machine.
downloads = data.load("pypi_monthly_downloads")
packages = ["duckdb", "polars", "datafusion"]
ranks = values.ranks(downloads, packages, present)
extras = values.each_millions(downloads, [*packages, "pyspark"], present)
extras["pyspark_growth"] = values.growth(downloads, "pyspark", "2023-07", present)
Finding(sum(map(rules.is_top, ranks)), rules.widely_used(ranks), extras)

# %% arrow-underpins
# Downloads of pyarrow, beside what the projects' own files say.
Finding(values.millions(data.load("pypi_monthly_downloads"), "pyarrow", present), claim.written)

# %% ibis-daft-emerging
# Growth of Ibis, first listing of Daft under both names, and that both are small.
downloads = data.load("pypi_monthly_downloads")
grown = rule.growth(data, ["ibis-framework"], present)
dafts = frames.of_packages(downloads, ["getdaft", "daft"])
first = values.earliest(dafts)
ranks = values.ranks(downloads, ["ibis-framework", "getdaft", "daft"], present)
small = not any(map(rules.is_top, ranks))
new = first > date(2022, 7, 1)
growing = [rule.grows(grown, ["ibis-framework"]), new]
verdict = rules.all_of(growing) if small else rules.at_most_partly(rules.all_of(growing))
extras = {
    "ibis": values.growth(downloads, "ibis-framework", "2023-07", present),
    "ibis_M": values.millions(downloads, "ibis-framework", present),
    "daft_both_names_M": frames.of_month(dafts, present)["downloads_30d"].sum() / 1e6,
    "daft_first_listed": values.month_text(first),
}
Finding(rule.starts_where(grown, ["ibis-framework"], "grows"), verdict, extras)

# %% gx-leading
# Place of Great Expectations among four validators.
downloads = data.load("pypi_monthly_downloads")
rivals = ["pydeequ", "pandera", "soda-core"]
measured = values.place(downloads, "great-expectations", rivals, present)
shown = ["great-expectations", *rivals, "dbt-core"]
extras = values.each_millions(downloads, shown, present)
Finding(measured, rules.place(measured), extras)
