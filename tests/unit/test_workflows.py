"""What GitHub runs: each file can be read, calls what the Makefile has, and pins what it uses."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github").rglob("*.yml"))
WORKFLOWS = [path for path in FILES if path.parent.name == "workflows"]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_can_be_read(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_it_uses_is_pinned_or_is_here(path: Path) -> None:
    used = [step["uses"] for job in jobs(path) for step in (job, *steps(job)) if "uses" in step]
    for name in used:
        is_here = name.startswith("./") and (ROOT / name).is_file()
        assert is_here or PINNED.fullmatch(name), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_it_makes_and_names_is_there(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    commands = [step["run"] for job in jobs(path) for step in steps(job) if "run" in step]
    for command in commands:
        assert set(re.findall(r"\bmake ([\w-]+)", command)) <= targets, command
        named = re.findall(r"\b((?:tests|requirements|py)/[\w./-]+\.\w+)", command)
        assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_lowest_promised_versions_are_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    engines = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["engines"]
    promised = (project["requires-python"], engines["node"])
    (lowest,) = (job for name, job in named_jobs(WORKFLOWS[0]) if name == "lowest")
    given = {key: value for step in steps(lowest) for key, value in step.get("with", {}).items()}
    assert promised == (f">={given['python-version']}", f">={given['node-version']}")


def test_the_bug_form_asks_for_what_the_page_offers() -> None:
    form = (ROOT / ".github/ISSUE_TEMPLATE/bug.yml").read_text(encoding="utf-8")
    assert {one["id"] for one in yaml.safe_load(form)["body"]} >= {
        "page",
        "cell",
        "browser",
        "report",
    }
    words = (ROOT / "py/livecells/web/strings/en.js").read_text(encoding="utf-8")
    quoted = re.findall(r"\*([^*]+)\*", form)
    assert quoted
    assert [one for one in quoted if f'"{one}"' not in words] == []


def named_jobs(path: Path) -> list[tuple[str, dict[str, Any]]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items())


def jobs(path: Path) -> list[dict[str, Any]]:
    return [job for _, job in named_jobs(path)]


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job.get("steps", ()))
