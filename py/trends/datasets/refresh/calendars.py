"""Support calendars from endoflife.date, and Python's own versions from the PEPs."""

import json
import tomllib
from pathlib import Path
from typing import Any

import polars as pl

from trends.datasets.refresh.source import Extracts, Source, as_text
from trends.datasets.refresh.web import Get, github

PRODUCTS = ("aws-lambda", "django", "apache-airflow", "ansible-core")
FIELDS = {  # column: key of the source's table
    "pep": "pep",
    "status": "status",
    "release_manager": "release-manager",
    "start_of_development": "start-of-development",
    "feature_freeze": "feature-freeze",
    "first_release": "first-release",
    "end_of_bugfix": "end-of-bugfix",
    "end_of_life": "end-of-life",
}


def fetch_products(get: Get, folder: Path) -> Extracts:  # noqa: ARG001 the files are whole
    """The calendar of each product, whole."""
    rows = []
    for product in PRODUCTS:
        answer = get(github("endoflife-date/release-data", f"releases/{product}.json"))
        for cycle, entry in json.loads(answer)["releases"].items():
            rows.append(_cycle(product, cycle, entry))
    return {"eol_calendar": as_text(pl.DataFrame(rows, infer_schema_length=None))}


def _cycle(product: str, cycle: str, entry: dict[str, Any]) -> dict[str, str | None]:
    def day(key: str) -> str | None:
        value = entry.get(key)  # false where the date is not set
        return value if isinstance(value, str) else None

    return {
        "product": product,
        "cycle": cycle,
        "release_date": day("releaseDate"),
        "end_of_active_support": day("eoas"),
        "end_of_life": day("eol"),
    }


def fetch_versions(get: Get, folder: Path) -> Extracts:  # noqa: ARG001 the file is whole
    """Python's versions, whole."""
    file = get(github("python/peps", "release_management/python-releases.toml"))
    metadata = tomllib.loads(file.decode())["metadata"]
    rows = [
        {"version": version} | {column: str(entry[key]) for column, key in FIELDS.items()}
        for version, entry in metadata.items()
    ]
    return {"python_versions": pl.DataFrame(rows)}


PRODUCTS_SOURCE = Source(
    name="endoflife.date",
    datasets=("eol_calendar",),
    how="releases/*.json of the repository release-data",
    fetch=fetch_products,
)
VERSIONS_SOURCE = Source(
    name="Python's release calendar",
    datasets=("python_versions",),
    how="release_management/python-releases.toml of the PEP repository",
    fetch=fetch_versions,
)
