"""Late imports fit the libraries that are locked."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

import pytest

from buildlib import project_settings
from livecells.runtime.core import find_core
from livecells.runtime.late_imports import TABLE, changed
from livecells.runtime.wheels import Wheel, fetch_wheels

CHANGES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["late"]


@pytest.fixture(scope="module")
def wheels() -> list[Wheel]:
    settings = project_settings()
    core = find_core(settings.root, settings.root / settings.node_modules)
    where = settings.root / settings.requirements, settings.cached("wheels")
    return fetch_wheels(*where, core.python_minor)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["file"])
def test_a_change_fits_once_and_gives_python(change: dict[str, Any], wheels: list[Wheel]) -> None:
    (source,) = (wheel.read()[change["file"]] for wheel in wheels if change["file"] in wheel.names)
    assert source.count(change["old"].encode()) == 1
    late = changed(change["file"], source)
    assert change["new"].encode() in late
    ast.parse(late)


def test_another_version_stays_as_it_is() -> None:
    assert changed(CHANGES[0]["file"], b"import sys\n") == b"import sys\n"
