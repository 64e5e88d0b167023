"""The controls of the page Explore that write the names, and the list of all names they need."""

import json
from pathlib import Path

import polars as pl

from livecells.markup import Markup, element, fill, join
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


FORM = """
<div class="explorer"><package-explorer data-cell="{cell}" data-names="{names}" data-most="{most}"
 role="group" aria-label="Choose packages">
<div class="explorer-box"><label><span>Package</span>
<input type="text" name="package" role="combobox" aria-expanded="false" aria-autocomplete="list"
 aria-controls="explore-names" autocomplete="off" autocapitalize="off" spellcheck="false"
 placeholder="such as httpx"></label>
<ul id="explore-names" role="listbox" aria-label="Packages" hidden></ul></div>
<label><span>Or a group</span><select name="preset"><option value="">…</option>{presets}</select>
</label><button type="button">Copy link to this view</button>
<ul class="explorer-chosen" aria-label="Packages compared"></ul>
<p role="status" class="explorer-status"></p>
<details><summary>Packages of the article</summary><p>{named}</p></details>
</package-explorer></div>
"""
"""The form; it needs a script, and the cell below it works without."""


def controls() -> Markup:
    """Write the form."""
    groups = PRESETS.items()
    presets = (element("option", title, value=json.dumps(names)) for title, names in groups)
    parts = {"presets": join(*presets), "named": join(*_named())}
    return fill(FORM, cell=CELL, names=NAMES_FILE, most=explore.MOST, **parts)


def write_names(assets: Path) -> None:
    """Write every name that was ever listed, in alphabetical order."""
    names = data.scan("pypi_top_packages").select(pl.col("package").unique().sort()).collect()
    (assets / NAMES_FILE).write_text("\n".join(names["package"]) + "\n", encoding="utf-8")


def _named() -> list[Markup]:
    named = data.scan("packages").filter(pl.col("role") == "named")
    listed = named.join(data.scan("pypi_top_packages"), on="package", how="semi")
    names = listed.select(pl.col("package").unique().sort()).collect()["package"]
    return [element("button", name, type="button", data_add=name) for name in names]
