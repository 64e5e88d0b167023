"""The controls of the page Explore that write the names, and the list of all names they need."""

import json
from pathlib import Path

import polars as pl

from livecells.markup import Markup, element
from trends import data, explore

CELL = "explore-compare"
NAMES_FILE = "package-names.txt"
"""Every name of the long list, one a line, below `assets/`; fetched when somebody types."""

PRESETS: dict[str, tuple[str, ...]] = {
    "Web frameworks": ("fastapi", "django", "flask", "starlette", "tornado", "aiohttp"),
    "Data frames": ("pandas", "polars", "pyarrow", "duckdb", "dask", "pyspark"),
    "Orchestrators": ("apache-airflow", "prefect", "dagster", "luigi"),
    "Linters": ("ruff", "flake8", "pylint", "black", "isort"),
    "Installers": ("pip", "uv", "poetry", "pipenv", "pdm", "conda"),
    "LLM clients": ("openai", "anthropic", "langchain", "litellm", "llama-index", "ollama"),
    "The accident of July 2025": (*explore.ACCIDENTS, "boto3"),
}


def controls() -> Markup:
    """Write the form; it needs a script, and the cell below it works without."""
    presets = (
        element("option", title, value=json.dumps(names)) for title, names in PRESETS.items()
    )
    box = element(
        "div",
        element("label", element("span", "Package"), _name_field()),
        element("ul", id="explore-names", role="listbox", aria_label="Packages", hidden=True),
        class_="explorer-box",
    )
    live = element(
        "package-explorer",
        box,
        element(
            "label",
            element("span", "Or a group"),
            element("select", element("option", "…", value=""), *presets, name="preset"),
        ),
        element("button", "Copy link to this view", type="button"),
        element("ul", class_="explorer-chosen", aria_label="Packages compared"),
        element("p", role="status", class_="explorer-status"),
        element(
            "details",
            element("summary", "Packages of the article"),
            element("p", *_named()),
        ),
        data_cell=CELL,
        data_names=NAMES_FILE,
        data_most=explore.MOST,
        role="group",
        aria_label="Choose packages",
    )
    return element("div", live, class_="explorer")


def write_names(assets: Path) -> None:
    """Write every name that was ever listed, in alphabetical order."""
    names = data.scan("pypi_top_packages").select(pl.col("package").unique().sort()).collect()
    (assets / NAMES_FILE).write_text("\n".join(names["package"]) + "\n", encoding="utf-8")


def _name_field() -> Markup:
    return element(
        "input",
        type="text",
        name="package",
        role="combobox",
        aria_expanded="false",
        aria_autocomplete="list",
        aria_controls="explore-names",
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
        placeholder="such as httpx",
    )


def _named() -> list[Markup]:
    named = data.scan("packages").filter(pl.col("role") == "named")
    listed = named.join(data.scan("pypi_top_packages"), on="package", how="semi")
    names = listed.select(pl.col("package").unique().sort()).collect()["package"]
    return [element("button", name, type="button", data_add=name) for name in names]
