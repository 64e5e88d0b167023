"""The page that compares: each row names a browser test that is there."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def words(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")


def browser_tests() -> set[str]:
    found = set()
    for path in (ROOT / "tests" / "browser").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.add(f"{words(path.stem)}: {words(node.name)}")
    return found


def test_each_row_names_a_browser_test() -> None:
    text = (ROOT / "site" / "compared.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    named = [row[-1].strip() for row in rows if row[-1].strip() != "shown by"]
    assert named
    assert all(len(row) == 4 for row in rows)
    assert set(named) <= browser_tests(), sorted(set(named) - browser_tests())
