"""Borders that are not imports; who may import whom stands in pyproject.toml (`lint-imports`)."""

from __future__ import annotations

from pathlib import Path

PY = Path("py")


def test_the_story_opens_files_by_the_engine_alone() -> None:
    native = (PY / "trends/pages", PY / "trends/datasets")
    opening = [
        path
        for path in (PY / "trends").rglob("*.py")
        if not path.is_relative_to(native[0]) and not path.is_relative_to(native[1])
        if any(f"{verb}_parquet" in path.read_text("utf-8") for verb in ("read", "scan"))
    ]
    assert opening == []


def test_no_package_hides_pytests_own_module() -> None:
    for folder in ("py", "site", "data"):
        assert not (Path(folder) / "__init__.py").exists()
