"""The names of the datasets, written by `make data` from data/sources/catalogue.toml."""

from typing import Literal, get_args

Name = Literal[
    "claim_checks",
    "claims",
    "cpython_speed",
    "dataframe_benchmark",
    "engines",
    "eol_calendar",
    "github_pushers_by_language",
    "github_stars",
    "jetbrains_python_survey",
    "micropython_releases",
    "package_releases",
    "package_releases_best_of",
    "packages",
    "peps",
    "pyodide_releases",
    "pypi_download_snapshots",
    "pypi_key_months",
    "pypi_latest_versions",
    "pypi_monthly_downloads",
    "pypi_top_packages",
    "pypl_ides",
    "pypl_languages",
    "python_version_downloads",
    "python_versions",
    "site_speed",
    "stackoverflow_2026",
    "stackoverflow_pay_2025",
    "stackoverflow_survey",
    "statements",
    "versions_2026",
    "web_framework_benchmark",
]
NAMES: tuple[Name, ...] = get_args(Name)
