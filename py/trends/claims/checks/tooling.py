"""Checks of the claims on operations, infrastructure, scripts, linters and accelerators."""

import polars as pl

from trends import claims, data, frames
from trends.claims import Finding, rules, values
from trends.frames import NEWEST, PRESENT

present = PRESENT  # the month that counts as the article's present
rule = rules.USUAL  # how growth is judged
claim = claims.get("explainability-combined")  # each cell gets its own

# %% mlflow-3
# The day of MLflow 3.0.0.
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
day = values.released(releases, "mlflow", "3.0.0")
Finding(day, rules.all_of([day <= frames.present_end(present)]), as_of=str(day))

# %% airflow-320m
# Airflow's downloads in 2024, two months of it filled in.
downloads = data.load("pypi_monthly_downloads")
months = frames.month_totals(downloads, "apache-airflow")
year = frames.between(months, "2024-01", "2024-12")
measured = year["downloads"].sum() / 1e6
extras = {
    "of_which_filled_in_M": year.filter("filled")["downloads"].sum() / 1e6,
    "2025_M": values.total(downloads, "apache-airflow", "2025-01", "2025-12"),
}
Finding(measured, rules.figure(measured, claimed=320), extras)

# %% airflow-most-popular
# Place of Airflow among four orchestrators.
downloads = data.load("pypi_monthly_downloads")
rivals = ["prefect", "dagster", "luigi"]
measured = values.place(downloads, "apache-airflow", rivals, present)
extras = values.each_millions(downloads, ["apache-airflow", *rivals], present)
for package in ("apache-airflow", "prefect"):
    extras[f"{package}_2025_M"] = values.total(downloads, package, "2025-01", "2025-12")
Finding(measured, rules.place(measured), extras)

# %% explainability-combined
# Two of the three alone; no table says which stand together.
downloads = data.load("pypi_monthly_downloads")
extras = values.each_millions(downloads, ["sentry-sdk", "interpret"], present)
Finding(None, claim.written, extras)

# %% snapstart-python
# Downloads of the package that hooks into SnapStart, beside the vendor's words.
downloads = data.load("pypi_monthly_downloads")
package = "snapshot-restore-py"
extras = {"first_listed": f"{values.first_listed(downloads, package):%Y-%m}"}
measured = values.millions(downloads, package, present)
Finding(measured, claim.written, extras)

# %% pulumi-adoption
# Growth of Pulumi against the median package.
downloads = data.load("pypi_monthly_downloads")
grown = rule.growth(data, ["pulumi"], present)
starts = rule.starts_where(grown, ["pulumi"], "grows")
extras = values.growths(downloads, ["pulumi", "aws-cdk-lib"], present)
Finding(starts, rule.growing(grown, ["pulumi"]), extras)

# %% serverless-python-sdk
# Months in which serverless-sdk was listed, and its newest version.
months = data.scan("pypi_top_packages").filter(package="serverless-sdk").collect().height
row = data.load("pypi_latest_versions").filter(package="serverless-sdk")
extras = {
    "latest_version": row["latest_version"].item(),
    "latest_release_month": f"{row['latest_release_month'].item():%Y-%m}",
}
Finding(months, claim.written, extras)

# %% typer-click-standard
# Ranks of Typer and Click.
downloads = data.load("pypi_monthly_downloads")
ranks = values.ranks(downloads, ["typer", "click"], present)
extras = values.each_millions(downloads, ["typer", "click"], present)
Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)

# %% rich-textual
# Ranks of Rich and Textual.
downloads = data.load("pypi_monthly_downloads")
ranks = values.ranks(downloads, ["rich", "textual"], present)
extras = values.each_millions(downloads, ["rich", "textual"], present)
Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)

# %% automation-ubiquitous
# Ranks of three automation packages.
downloads = data.load("pypi_monthly_downloads")
packages = ["requests", "selenium", "pyautogui"]
ranks = values.ranks(downloads, packages, present)
extras = values.each_millions(downloads, packages, present)
extras["requests_per_pyautogui"] = extras["requests"] / extras["pyautogui"]
Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)

# %% linters-used
# Ranks of three linters, and when ruff passed the others.
downloads = data.load("pypi_monthly_downloads")
packages = ["flake8", "pylint", "ruff"]
ranks = values.ranks(downloads, packages, present)
extras = {
    **values.each_millions(downloads, packages, present),
    "ruff_above_flake8_since": values.ahead_since(downloads, "ruff", "flake8"),
    "ruff_above_black_since": values.ahead_since(downloads, "ruff", "black"),
}
Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)

# %% prettier-python
# Rank of Black, beside what Prettier says it formats.
downloads = data.load("pypi_monthly_downloads")
extras = {"black_M": values.millions(downloads, "black", present)}
Finding(values.rank(downloads, "black", present), claim.written, extras)

# %% type-checkers-growing
# Growth of two type checkers against the median package.
downloads = data.load("pypi_monthly_downloads")
packages = ["mypy", "pyright"]
grown = rule.growth(data, packages, present)
starts = rule.starts_where(grown, packages, "grows")
extras = values.growths(downloads, packages, present)
# How large the projects are cannot be read from downloads.
Finding(starts, rules.at_most_partly(rule.growing(grown, packages)), extras)

# %% learn-84-67-61
# The three figures under the question on learning and under that on platforms.
survey = data.load("stackoverflow_survey")
first = survey.filter(year=2025, population="first 1,000 respondents (not representative)")
learning = first.filter(question="ways of learning to code in the past year")
shares = {item: 100 * share for item, share in learning.select("item", "share").iter_rows()}
measured = round(shares["Stack Overflow or Stack Exchange"], 4)
platform = "community platform used regularly"
names = ["Stack Overflow", "GitHub", "YouTube"]
some = ["Stack Overflow", "GitHub (public projects, not private repos)", "YouTube"]
usual = [values.percent(survey, name, 2025, platform) for name in names]
early = [values.percent(first, name, 2025, platform, None) for name in some]
documentation = "Technical documentation (is generated for/by the tool or system)"
extras = {
    "platform_all": "/".join(f"{share:.0f}" for share in usual),
    "platform_first_1000": "/".join(f"{share:.1f}" for share in early),
    "technical_documentation": shares[documentation],
}
Finding(measured, rules.share(measured, claimed=84), extras)

# %% feather-fast-io
# Ranks of feather-format and of pyarrow, where the format lives on.
downloads = data.load("pypi_monthly_downloads")
feather, pyarrow = values.ranks(downloads, ["feather-format", "pyarrow"], present)
row = data.load("pypi_latest_versions").filter(package="feather-format")
extras = {
    "feather_format_rank": feather,
    "pyarrow_rank": pyarrow,
    "feather_format_last_release": f"{row['latest_release_month'].item():%Y-%m}",
}
top = [rules.is_top(feather), rules.is_top(pyarrow)]
Finding(sum(top), rules.all_of(top), extras)

# %% jax-xla-growth
# Growth of JAX and torch-xla since January 2025, when torch-xla is listed for good.
downloads = data.load("pypi_monthly_downloads")
packages = ["jax", "torch-xla"]
young = rule.since("2025-01")
grown = young.growth(data, packages, present)
extras = {
    **values.growths(downloads, packages, present, start="2025-01"),
    "torch_xla_2026_03_M": values.millions(downloads, "torch-xla", NEWEST),
}
# Downloads show neither accelerators nor teams.
verdict = rules.at_most_partly(young.growing(grown, packages))
Finding(min(grown["growth"]), verdict, extras)

# %% tf-219-torch-2
# The newest TensorFlow and PyTorch when the article appeared.
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
today = frames.present_end(present)
tensorflow = str(values.newest(releases, "tensorflow", today)["version"])
torch = str(values.newest(releases, "torch", today)["version"])
verdict = rules.all_of([tensorflow.startswith("2.19."), torch.startswith("2.")])
extras = {
    "newest_torch": torch,
    "tensorflow_2_20_0": values.released(releases, "tensorflow", "2.20.0"),
}
Finding(tensorflow, verdict, extras, as_of=str(today))

# %% pycaret-automl-growing
# Growth of two AutoML packages against the median package.
downloads = data.load("pypi_monthly_downloads")
packages = ["pycaret", "flaml"]
grown = rule.growth(data, packages, present)
starts = rule.starts_where(grown, packages, "grows")
extras = {
    **values.growths(downloads, packages, present),
    "autogluon_2024_06_to_2025_07": values.growth(downloads, "autogluon", "2024-06", "2025-07"),
}
Finding(starts, rule.growing(grown, packages), extras)

# %% python-312-required
# The end of life of Python 3.9, beside the install pages that still took it.
day = data.load("python_versions").filter(version="3.9")["end_of_life"].item()
Finding(day, claim.written)

# %% agents-nascent
# Growth of three agent toolkits since January 2025.
downloads = data.load("pypi_monthly_downloads")
packages = ["langgraph", "crewai", "mcp"]
young = rule.since("2025-01")
grown = young.growth(data, packages, present)
extras = {
    **values.growths(downloads, packages, present, start="2025-01"),
    "openai-agents_M": values.millions(downloads, "openai-agents", present),
}
# How mature agents are cannot be read from downloads.
verdict = rules.at_most_partly(young.growing(grown, packages))
Finding(min(grown["growth"]), verdict, extras)

# %% vscode-pycharm-80
# Main editors, and who uses either, and who uses more than one.
python_survey = data.load("jetbrains_python_survey")
survey = data.load("stackoverflow_survey")
main = {
    item: values.percent(python_survey, item, 2024, "main editor", None)
    for item in ("VS Code", "PyCharm")
}
measured = sum(main.values())
some = "first 1,000 respondents (not representative), Python users"
extras = {
    "either_first_1000": values.percent(
        survey, "Visual Studio Code or PyCharm", 2025, "editor used", some
    ),
    "uses_more_than_one_editor": values.percent(
        python_survey, "yes", 2024, "uses more than one editor", None
    ),
}
Finding(measured, rules.share(measured, claimed=80), extras)

# %% ai-ide-2025
# When Cursor entered the index, and who used it in 2025.
editors = data.load("pypl_ides")
first = values.month_text(values.earliest(editors.filter(pl.col("share") > 0, ide="Cursor")))
used = values.percent(data.load("stackoverflow_survey"), "Cursor", 2025, "editor used")
verdict = rules.choose(supported=first >= "2025-01", partly=used >= rules.SMALL_SHARE)
Finding(first, verdict, {"cursor_pct_2025": used})

# %% vim-sublime-niche
# Vim and Neovim as main editor, and as one of several.
python_survey = data.load("jetbrains_python_survey")
survey = data.load("stackoverflow_survey")
shares = {
    "vim_main": values.percent(python_survey, "Vim", 2024, "main editor", None),
    "neovim_main": values.percent(python_survey, "Neovim", 2024, "main editor", None),
    "vim_used": values.percent(survey, "Vim", 2025, "editor used"),
    "neovim_used": values.percent(survey, "Neovim", 2025, "editor used"),
}
small = [share < rules.SMALL_SHARE for share in shares.values()]
first = "first 1,000 respondents (not representative)"
sublime = values.percent(survey, "Sublime Text", 2025, "editor used", first)
Finding(sum(small), rules.all_of(small), {**shares, "sublime_first_1000": sublime})

# %% ai-assistants-ubiquitous
# The share that uses AI tools or plans to.
survey = data.load("stackoverflow_survey")
item = "using or planning to use AI tools"
measured = values.percent(survey, item, 2025, "AI attitude")
extras = {"2024": values.percent(survey, item, 2024, "AI attitude")}
Finding(measured, rules.at_least(measured, supported=75, partly=rules.HALF), extras)

# %% ai-trust-issues
# Distrust minus trust in the accuracy of AI tools.
survey = data.load("stackoverflow_survey")
trust, distrust = (
    values.percent(survey, f"{word} AI accuracy", 2025, "AI attitude")
    for word in ("trust", "distrust")
)
extras = {
    "trust_2025": trust,
    "distrust_2025": distrust,
    "trust_2024": values.percent(survey, "trust AI accuracy", 2024, "AI attitude"),
}
measured = round(distrust - trust, 4)
verdict = rules.choose(supported=measured > 0, partly=measured >= -20)
Finding(measured, verdict, extras)

# %% conda-pip-still-used
# Ranks of pip, virtualenv and conda.
downloads = data.load("pypi_monthly_downloads")
python_survey = data.load("jetbrains_python_survey")
ranks = values.ranks(downloads, ["pip", "virtualenv", "conda"], present)
last = values.newest_date(downloads.filter(package="conda"))
extras = {
    "pip_M": values.millions(downloads, "pip", present),
    "virtualenv_M": values.millions(downloads, "virtualenv", present),
    "conda_last_listed": values.month_text(last),
    "conda_environment_yml_pct_2022": values.percent(
        python_survey, "conda environment.yml", 2022, "dependency file format", None
    ),
}
Finding(sum(map(rules.is_top, ranks)), rules.widely_used(ranks), extras)

# %% poetry-pipx-rising
# Growth of Poetry and pipx against the median package.
downloads = data.load("pypi_monthly_downloads")
packages = ["poetry", "pipx"]
grown = rule.growth(data, packages, present)
since = values.growths(downloads, packages, present, start="2024-06")
extras = {
    **values.growths(downloads, packages, present),
    **{f"{name}_since_2024_06": value for name, value in since.items()},
    "uv_above_poetry_since": values.ahead_since(downloads, "uv", "poetry"),
}
starts = rule.starts_where(grown, packages, "grows")
Finding(starts, rule.growing(grown, packages), extras)
