"""The real runtime, made twice from nothing, is the same to the byte."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from livecells.runtime.bundle import assemble
from pyodide.conftest import project_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_made_anew_it_is_the_same(tmp_path: Path) -> None:
    settings = project_settings()
    known = assemble(settings)
    (tmp_path / "wheels").symlink_to(settings.cached("wheels"))
    assert assemble(replace(settings, cache=str(tmp_path))).manifest == known.manifest
