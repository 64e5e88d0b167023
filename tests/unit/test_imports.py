"""Teaching modules when they are imported: once, all teachers, and again after a broken import."""

from __future__ import annotations

import builtins
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from livecells.kernel.process.imports import after_import, forget_half_imported

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_all_teachers_get_the_whole_module(folder: Path) -> None:
    (folder / "taught_one.py").write_text("first = 1\nlast = 2\n")
    seen: list[int] = []
    after_import("taught_one", lambda module: seen.append(module.first))
    after_import("taught_one", lambda module: seen.append(module.last))
    import_module("taught_one")
    after_import("taught_one", lambda module: seen.append(module.first + module.last))
    assert seen == [1, 2, 3]


def test_a_module_that_was_only_looked_for_is_taught_when_it_comes(folder: Path) -> None:
    """Polars looks for what it could work with, and imports nothing of it."""
    (folder / "taught_three.py").touch()
    seen: list[str] = []
    after_import("taught_three", lambda module: seen.append(module.__name__))
    assert find_spec("taught_three")
    assert seen == []
    import_module("taught_three")
    assert seen == ["taught_three"]


def test_an_import_that_failed_is_taught_the_next_time(folder: Path) -> None:
    module = folder / "taught_two.py"
    module.write_text("raise KeyboardInterrupt\n")
    seen: list[str] = []
    after_import("taught_two", lambda module: seen.append(module.__name__))
    with pytest.raises(KeyboardInterrupt):
        import_module("taught_two")
    assert seen == []
    module.write_text("# this time it is well\n")
    sys.modules.pop("taught_two", None)
    import_module("taught_two")
    assert seen == ["taught_two"]


def test_a_package_whose_import_was_stopped_can_be_imported(folder: Path) -> None:
    package = folder / "stopped_package"
    package.mkdir()
    (package / "part.py").write_text("word = 'whole'\n")
    stops = "import stopped_package.part\nimport builtins\nword = stopped_package.part.word\n"
    stops += "if not vars(builtins).pop('is_let', False): raise KeyboardInterrupt\n"
    (package / "__init__.py").write_text(stops)
    with pytest.raises(KeyboardInterrupt):
        import_module("stopped_package")
    assert "stopped_package.part" in sys.modules
    forget_half_imported()
    vars(builtins)["is_let"] = True
    assert import_module("stopped_package").word == "whole"
