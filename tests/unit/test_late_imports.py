"""Late imports fit the libraries that are locked."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from buildlib import project_settings
from livecells.runtime.core import find_core
from livecells.runtime.late_imports import TABLE, changed
from livecells.runtime.wheels import fetch_wheels, own_wheels

CHANGES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["late"]


@pytest.fixture(scope="module")
def sources() -> list[Mapping[str, bytes]]:
    """Return the files of the standard library and of each wheel, by path."""
    settings = project_settings()
    core = find_core(settings.root, settings.root / settings.node_modules)
    where = settings.root / settings.requirements, settings.cached("wheels")
    wheels = [
        *fetch_wheels(*where, core.python_minor),
        *own_wheels(settings.root / settings.wheels, core.abi),
    ]
    return [core.read_stdlib(), *(wheel.read() for wheel in wheels)]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["file"])
def test_a_change_fits_once_and_gives_python(
    change: dict[str, Any], sources: list[Mapping[str, bytes]]
) -> None:
    (source,) = (files[change["file"]] for files in sources if change["file"] in files)
    assert source.count(change["old"].encode()) == 1
    late = changed(change["file"], source)
    assert change["new"].encode() in late
    ast.parse(late)


def test_another_version_stays_as_it_is() -> None:
    assert changed(CHANGES[0]["file"], b"import sys\n") == b"import sys\n"
