"""A manifest is read back as it was written, and refused when a field is missing or wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from livecells.runtime.errors import ManifestError
from livecells.runtime.manifest import FileEntry, Manifest, PackageEntry, dumps, loads

MANIFEST = Manifest(
    schema=1,
    python="3.14.2",
    pyodide="314.0.7",
    abi="2026_0",
    platform="emscripten_5_0_3",
    preload=["altair"],
    warm_up="",
    packages=[PackageEntry(name="polars", version="1.33.1", licence="MIT")],
    files=[
        FileEntry(
            path="data/a.parquet",
            kind="data",
            stage="asked",
            name="a.parquet",
            target="/home/pyodide/data/a.parquet",
            sha256="0" * 64,
            bytes=3,
            wire=3,
            unpacked=3,
            licence="CC0-1.0",
        )
    ],
)


def test_round_trip() -> None:
    assert loads(dumps(MANIFEST)) == MANIFEST


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "schema 2, expected 1"),
        ({"schema": True}, "schema is True, expected int"),
        ({"abi": None}, "abi is None, expected str"),
        ({"files": {}}, "files is {}, expected list"),
        ({"packages": ["polars"]}, r"packages\[0\] is not an object"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ManifestError, match=message):
        loads(json.dumps({**MANIFEST, **change}))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kind", "movie", "kind is 'movie', expected one of"),
        ("stage", "never", "stage is 'never', expected one of"),
        ("bytes", "3", "bytes is '3', expected int"),
        ("path", "/etc/passwd", "below the site's root"),
        ("path", "data/../../a", "below the site's root"),
    ],
)
def test_a_wrong_file_is_named(field: str, value: object, message: str) -> None:
    manifest: Any = copy.deepcopy(MANIFEST)
    manifest["files"][0][field] = value
    with pytest.raises(ManifestError, match=message):
        loads(json.dumps(manifest))


@pytest.mark.parametrize("text", ["", "[]", "no json"])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(ManifestError):
        loads(text)
