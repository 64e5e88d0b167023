"""The walls of the house (README, "Where things are"): who may import what, and who opens files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PY = Path("py")
BROWSER = {"js", "pyodide", "pyodide_js"}
NATIVE_ONLY = {"markdown", "mkdocs", "pymdownx", "pygments", "vl_convert"}


def imports(path: Path) -> set[str]:
    """The full names of all modules that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PY / folder).rglob("*.py"))


def reaches(path: Path, *names: str) -> list[str]:
    return [one for one in imports(path) if any(f"{one}.".startswith(f"{n}.") for n in names)]


@pytest.mark.parametrize("path", modules("livecells"), ids=str)
def test_the_engine_knows_nothing_of_the_story(path: Path) -> None:
    assert reaches(path, "trends") == []


@pytest.mark.parametrize("path", modules("livecells/kernel"), ids=str)
def test_the_kernel_never_sees_the_build(path: Path) -> None:
    assert reaches(path, "livecells.build", *NATIVE_ONLY) == []


@pytest.mark.parametrize("path", modules("livecells", "trends"), ids=str)
def test_only_the_host_module_talks_to_the_browser(path: Path) -> None:
    if path.name != "host.py":
        assert reaches(path, *BROWSER) == []


@pytest.mark.parametrize("path", modules("livecells", "trends"), ids=str)
def test_only_the_hooks_know_mkdocs(path: Path) -> None:
    if path != PY / "livecells/mkdocs.py":
        assert reaches(path, "mkdocs") == []


def story_in_browser() -> list[Path]:
    native = ("trends/pages", "trends/datasets")
    return [p for p in modules("trends") if not str(p.relative_to(PY)).startswith(native)]


@pytest.mark.parametrize("path", story_in_browser(), ids=str)
def test_what_ships_imports_nothing_that_does_not(path: Path) -> None:
    assert reaches(path, "livecells.build", "trends.pages", "trends.datasets", *NATIVE_ONLY) == []


@pytest.mark.parametrize("path", story_in_browser(), ids=str)
def test_only_data_opens_files(path: Path) -> None:
    if path != PY / "trends/data.py":
        code = path.read_text(encoding="utf-8")
        assert not any(f"{verb}_parquet" in code for verb in ("read", "scan"))


def test_no_package_hides_pytests_own_module() -> None:
    for folder in ("py", "site", "data"):
        assert not (Path(folder) / "__init__.py").exists()
