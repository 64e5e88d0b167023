"""What the README tells under "Change it", followed in a copy: nothing else has to be touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chapters import ROOT

FOLDERS = ("py/trends", "py/livecells", "site", "data", "tests")
FILES = ("mkdocs.yml", "pyproject.toml", "README.md")
NAV = "      - Environment and packaging: tooling/environment-packaging.md\n"
CHAPTER = "      - Meetings: tooling/meetings.md\n"

ADDED = {
    "data/sources/meetings.csv": "name,year,people\nEuroPython,2024,1200\nEuroPython,2025,1500\n",
    "data/sources/catalogue.toml": """
[meetings]
title = "People at meetings"
extract = "sources/meetings.csv"
publisher = "this test"
source = "this test"
licence = "CC0 1.0"
terms = ["CC0 1.0"]
attribution = ["G"]
retrieved = "November 2026"
method = "typed"
caveats = ["made up"]
key = ["name", "year"]
sort = ["name", "year"]
[meetings.refresh]
name = "test"
how = "typed"
[meetings.columns]
name = { type = "String", meaning = "meeting" }
year = { type = "Int64", unit = "year", meaning = "year" }
people = { type = "Int64", unit = "people", min = 0, meaning = "people who came" }
""",
    "py/trends/claims/texts/tooling.toml": """
[meetings-1500]
chapter = "tooling/meetings"
section = "Tooling > Meetings"
claim = "EuroPython has 1,500 visitors."
claimed = "1,500"
claimed_unit = "people"
packages = []
kind = "computed"
check = "visitors of EuroPython in 2025, against 1,500"
rule = "within 10% of the claimed figure -> supported; else contradicted"
quantity = "visitors"
unit = "people"
as_of = "2025"
evidence = "the table"
reason = "The table has it."
sources = ["this test <https://example.org/meetings>"]
""",
    "py/trends/claims/checks/tooling.py": """
# %% meetings-1500
# Visitors of EuroPython.
people = data.load("meetings")
measured = frames.value(people, "people", name="EuroPython", year=2025)
Finding(measured, rules.figure(measured, claimed=1500))
""",
    "tests/unit/expected_claims.csv": "meetings-1500,computed,1500,people,exact,2025,supported,\n",
    "site/tooling/meetings.md": """---
title: Meetings
description: How many people come to meetings on Python, by year, in a table that a test made up.
---

# Meetings

```facts
```

**Question.** How many come?

**In two sentences.** {= came[2025] | thousands =} came to EuroPython. It was more than before.

```verdicts
```

```python cell="meetings-people"
import polars as pl
from trends import charts, data, frames

people = data.load("meetings")
charts.bars(
    people.with_columns(words=pl.format("{} in {}", "people", "year")),
    row="year",
    value="people",
    x_title="people",
    color=charts.color_by("name", {"EuroPython": "accent"}),
    title="More came in 2025",
    subtitle="People at EuroPython",
    source="Source: this test.",
)
```

```try cell="meetings-people"
- people = data.load("meetings")
+ people = data.load("meetings").head(1)
One bar.
```

```python cell="meetings-came" hide
came = frames.values(people, "year", "people", name="EuroPython")
```

```claims
meetings-1500
```

## Read with care

- Made up.

## What to do with it

```advice
meetings-1500: Come earlier.
```

**Sources.**

```sources
```
""",
}
"""File by file, what is added at its end."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    for name, text in ADDED.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    replace(folder / "mkdocs.yml", NAV, NAV + CHAPTER)
    run(folder, "-m", "trends.datasets.names")
    run(folder, "-m", "trends.datasets")
    return folder


@pytest.mark.timeout(2400)  # they run half of the unit tests
def test_the_checks_of_the_copy_are_green(copy: Path) -> None:
    chosen = ("chapter_claims", "claims", "datasets_refresh", "pages", "tries", "windows")
    files = [f"tests/unit/test_{name}.py" for name in chosen]
    kept = "not (tries and not meetings) and not refresh or source"  # the heavy ones are the same
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", kept, *files)


def test_the_page_says_what_the_table_has(copy: Path) -> None:
    script = (
        "from pathlib import Path\nfrom buildlib import convert\n"
        "print(convert(Path('site/tooling/meetings.md'), Path('.cache'), wording='trends.wording'))"
    )
    assert "1,500</span> came to EuroPython" in run(copy, "-c", script)


def run(folder: Path, *arguments: str) -> str:
    path = os.pathsep.join([str(folder / "py"), str(folder / "tests")])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path, "TRENDS_DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return done.stdout


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
