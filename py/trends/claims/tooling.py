"""Checks of the claims on operations, infrastructure, scripts, linters and accelerators."""

from datetime import date

import polars as pl

from trends import frames
from trends.claims import rules, values
from trends.claims.judged import judged
from trends.claims.model import Finding
from trends.frames import NEWEST, PRESENT


def mlflow_3(releases: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """The day of MLflow 3.0.0."""
    day = values.released(releases, "mlflow", "3.0.0")
    return Finding(day, rules.all_of([day <= frames.present_end(present)]), as_of=str(day))


def airflow_320m(downloads: pl.DataFrame) -> Finding:
    """Airflow's downloads in 2024, two months of it filled in."""
    months = frames.month_totals(downloads, "apache-airflow")
    year = frames.between(months, "2024-01", "2024-12")
    measured = year["downloads"].sum() / 1e6
    extras = {
        "of_which_filled_in_M": year.filter("filled")["downloads"].sum() / 1e6,
        "2025_M": values.total(downloads, "apache-airflow", "2025-01", "2025-12"),
    }
    return Finding(measured, rules.figure(measured, claimed=320), extras)


def airflow_most_popular(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Place of Airflow among four orchestrators."""
    rivals = ["prefect", "dagster", "luigi"]
    measured = values.place(downloads, "apache-airflow", rivals, present)
    extras = values.each_millions(downloads, ["apache-airflow", *rivals], present)
    for package in ("apache-airflow", "prefect"):
        extras[f"{package}_2025_M"] = values.total(downloads, package, "2025-01", "2025-12")
    return Finding(measured, rules.place(measured), extras)


def explainability_combined(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Two of the three alone; no table says which stand together."""
    extras = values.each_millions(downloads, ["sentry-sdk", "interpret"], present)
    return Finding(None, judged("explainability-combined"), extras)


def snapstart_python(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Downloads of the package that hooks into SnapStart, beside the vendor's words."""
    package = "snapshot-restore-py"
    extras = {"first_listed": f"{values.first_listed(downloads, package):%Y-%m}"}
    measured = values.millions(downloads, package, present)
    return Finding(measured, judged("snapstart-python"), extras)


def pulumi_adoption(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of Pulumi against the middle package."""
    grown = frames.growth_by_start(downloads, ["pulumi"], end=present)
    starts = frames.starts_in_favour(grown, ["pulumi"])
    extras = values.growths(downloads, ["pulumi", "aws-cdk-lib"], present)
    return Finding(len(starts), rules.growing(grown, ["pulumi"]), extras)


def serverless_python_sdk(listed: pl.LazyFrame, latest: pl.DataFrame) -> Finding:
    """Months in which serverless-sdk was listed, and its newest version."""
    months = listed.filter(package="serverless-sdk").collect().height
    row = latest.filter(package="serverless-sdk")
    extras = {
        "latest_version": row["latest_version"].item(),
        "latest_release_month": f"{row['latest_release_month'].item():%Y-%m}",
    }
    return Finding(months, judged("serverless-python-sdk"), extras)


def typer_click_standard(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Ranks of Typer and Click."""
    ranks = values.ranks(downloads, ["typer", "click"], present)
    extras = values.each_millions(downloads, ["typer", "click"], present)
    return Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)


def rich_textual(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Ranks of Rich and Textual."""
    ranks = values.ranks(downloads, ["rich", "textual"], present)
    extras = values.each_millions(downloads, ["rich", "textual"], present)
    return Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)


def automation_ubiquitous(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Ranks of three automation packages."""
    packages = ["requests", "selenium", "pyautogui"]
    ranks = values.ranks(downloads, packages, present)
    extras = values.each_millions(downloads, packages, present)
    extras["requests_per_pyautogui"] = extras["requests"] / extras["pyautogui"]
    return Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)


def linters_used(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Ranks of three linters, and when ruff passed the others."""
    packages = ["flake8", "pylint", "ruff"]
    ranks = values.ranks(downloads, packages, present)
    extras = {
        **values.each_millions(downloads, packages, present),
        "ruff_above_flake8_since": values.ahead_since(downloads, "ruff", "flake8"),
        "ruff_above_black_since": values.ahead_since(downloads, "ruff", "black"),
    }
    return Finding(max(filter(None, ranks)), rules.widely_used(ranks), extras)


def prettier_python(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Rank of Black, beside what Prettier says it formats."""
    extras = {"black_M": values.millions(downloads, "black", present)}
    return Finding(values.rank(downloads, "black", present), judged("prettier-python"), extras)


def type_checkers_growing(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of two type checkers against the middle package."""
    packages = ["mypy", "pyright"]
    grown = frames.growth_by_start(downloads, packages, end=present)
    starts = frames.starts_in_favour(grown, packages)
    extras = values.growths(downloads, packages, present)
    return Finding(len(starts), rules.growing(grown, packages), extras)


def learn_84_67_61(survey: pl.DataFrame) -> Finding:
    """The three figures under the question on learning and under that on platforms."""
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
    return Finding(measured, rules.share(measured, claimed=84), extras)


def feather_fast_io(
    downloads: pl.DataFrame, latest: pl.DataFrame, *, present: str = PRESENT
) -> Finding:
    """Ranks of feather-format and of pyarrow, where the format lives on."""
    feather, pyarrow = values.ranks(downloads, ["feather-format", "pyarrow"], present)
    row = latest.filter(package="feather-format")
    extras = {
        "feather_format_rank": feather,
        "pyarrow_rank": pyarrow,
        "feather_format_last_release": f"{row['latest_release_month'].item():%Y-%m}",
    }
    top = [rules.is_top(feather), rules.is_top(pyarrow)]
    return Finding(sum(top), rules.all_of(top), extras)


def jax_xla_growth(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of JAX and torch-xla since January 2025, when torch-xla is listed for good."""
    packages = ["jax", "torch-xla"]
    grown = frames.growth_by_start(downloads, packages, starts=["2025-01"], end=present)
    extras = {
        **values.growths(downloads, packages, present, start="2025-01"),
        "torch_xla_2026_03_M": values.millions(downloads, "torch-xla", NEWEST),
    }
    # Downloads show neither accelerators nor teams.
    verdict = rules.at_most_partly(rules.growing_since(grown, packages))
    return Finding(min(grown["growth"]), verdict, extras)


def tf_219_torch_2(releases: pl.DataFrame) -> Finding:
    """The newest TensorFlow and PyTorch when the article appeared."""
    today = date(2025, 7, 31)
    tensorflow = str(values.newest(releases, "tensorflow", today)["version"])
    torch = str(values.newest(releases, "torch", today)["version"])
    verdict = rules.all_of([tensorflow.startswith("2.19."), torch.startswith("2.")])
    extras = {
        "newest_torch": torch,
        "tensorflow_2_20_0": values.released(releases, "tensorflow", "2.20.0"),
    }
    return Finding(tensorflow, verdict, extras, as_of=str(today))


def pycaret_automl_growing(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of two AutoML packages against the middle package."""
    packages = ["pycaret", "flaml"]
    grown = frames.growth_by_start(downloads, packages, end=present)
    starts = frames.starts_in_favour(grown, packages)
    extras = {
        **values.growths(downloads, packages, present),
        "autogluon_2024_06_to_2025_07": values.growth(downloads, "autogluon", "2024-06", "2025-07"),
    }
    return Finding(len(starts), rules.growing(grown, packages), extras)


def python_312_required(versions: pl.DataFrame) -> Finding:
    """The end of life of Python 3.9, beside the install pages that still took it."""
    day = versions.filter(version="3.9")["end_of_life"].item()
    return Finding(day, judged("python-312-required"))


def agents_nascent(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of three agent toolkits since January 2025."""
    packages = ["langgraph", "crewai", "mcp"]
    grown = frames.growth_by_start(downloads, packages, starts=["2025-01"], end=present)
    extras = {
        **values.growths(downloads, packages, present, start="2025-01"),
        "openai-agents_M": values.millions(downloads, "openai-agents", present),
    }
    # How mature agents are cannot be read from downloads.
    verdict = rules.at_most_partly(rules.growing_since(grown, packages))
    return Finding(min(grown["growth"]), verdict, extras)


def vscode_pycharm_80(python_survey: pl.DataFrame, survey: pl.DataFrame) -> Finding:
    """Main editors, and who uses either, and who uses more than one."""
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
    return Finding(measured, rules.share(measured, claimed=80), extras)


def ai_ide_2025(editors: pl.DataFrame, survey: pl.DataFrame) -> Finding:
    """When Cursor entered the index, and who used it in 2025."""
    first = values.month_text(values.earliest(editors.filter(pl.col("share") > 0, ide="Cursor")))
    used = values.percent(survey, "Cursor", 2025, "editor used")
    verdict = rules.choose(supported=first >= "2025-01", partly=used >= rules.SMALL_SHARE)
    return Finding(first, verdict, {"cursor_pct_2025": used})


def vim_sublime_niche(python_survey: pl.DataFrame, survey: pl.DataFrame) -> Finding:
    """Vim and Neovim as main editor, and as one of several."""
    shares = {
        "vim_main": values.percent(python_survey, "Vim", 2024, "main editor", None),
        "neovim_main": values.percent(python_survey, "Neovim", 2024, "main editor", None),
        "vim_used": values.percent(survey, "Vim", 2025, "editor used"),
        "neovim_used": values.percent(survey, "Neovim", 2025, "editor used"),
    }
    small = [share < rules.SMALL_SHARE for share in shares.values()]
    first = "first 1,000 respondents (not representative)"
    sublime = values.percent(survey, "Sublime Text", 2025, "editor used", first)
    return Finding(sum(small), rules.all_of(small), {**shares, "sublime_first_1000": sublime})


def ai_assistants_ubiquitous(survey: pl.DataFrame) -> Finding:
    """The share that uses AI tools or plans to."""
    item = "using or planning to use AI tools"
    measured = values.percent(survey, item, 2025, "AI attitude")
    extras = {"2024": values.percent(survey, item, 2024, "AI attitude")}
    return Finding(measured, rules.at_least(measured, supported=75, partly=rules.HALF), extras)


def ai_trust_issues(survey: pl.DataFrame) -> Finding:
    """Distrust minus trust in the accuracy of AI tools."""
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
    return Finding(measured, verdict, extras)


def conda_pip_still_used(
    downloads: pl.DataFrame, python_survey: pl.DataFrame, *, present: str = PRESENT
) -> Finding:
    """Ranks of pip, virtualenv and conda."""
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
    return Finding(sum(map(rules.is_top, ranks)), rules.widely_used(ranks), extras)


def poetry_pipx_rising(downloads: pl.DataFrame, *, present: str = PRESENT) -> Finding:
    """Growth of Poetry and pipx against the middle package."""
    packages = ["poetry", "pipx"]
    grown = frames.growth_by_start(downloads, packages, end=present)
    since = values.growths(downloads, packages, present, start="2024-06")
    extras = {
        **values.growths(downloads, packages, present),
        **{f"{name}_since_2024_06": value for name, value in since.items()},
        "uv_above_poetry_since": values.ahead_since(downloads, "uv", "poetry"),
    }
    starts = frames.starts_in_favour(grown, packages)
    return Finding(len(starts), rules.growing(grown, packages), extras)
