"""A runtime file that is missing, cut short or altered ends the boot and is named."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from livecells.runtime import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyodide.conftest import BuiltSite, Session


def broken(
    site: BuiltSite, target: Path, name: str, content: bytes | None
) -> tuple[BuiltSite, str]:
    """Copy a site with one file replaced or taken away; give its path too."""
    copy = site.copy(target)
    (entry,) = (file for file in site.manifest["files"] if file["name"] == name)
    (copy.folder / entry["path"]).unlink()
    if content is not None:
        (copy.folder / entry["path"]).write_bytes(content)
    return copy, entry["path"]


def as_recorded(site: BuiltSite, name: str, content: bytes) -> None:
    """Let the manifest say that these bytes are right, as if the build had made them."""
    manifest: Any = json.loads(site.manifest_path.read_text())
    (entry,) = (file for file in manifest["files"] if file["name"] == name)
    entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    site.manifest_path.unlink()
    site.manifest_path.write_text(json.dumps(manifest))


@pytest.mark.parametrize("name", ["polars.abi3.so", "hot", "project", "pyodide.asm.wasm"])
@pytest.mark.parametrize("content", [None, b"", b"<!doctype html>"])
def test_a_bad_file_is_named(
    site: BuiltSite,
    boot: Callable[[BuiltSite], Session],
    tmp_path: Path,
    name: str,
    content: bytes | None,
) -> None:
    copy, path = broken(site, tmp_path / "site", name, content)
    with pytest.raises(Exception, match=path.replace(".", r"\.")):
        boot(copy)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no zstd at all", "does not unpack"),
        (zstd.squeeze(b"x" * 1000)[:-3], "does not unpack"),
        (zstd.squeeze(b"too short"), "does not unpack"),
        (zstd.squeeze(b"x" * 10_000_000), "does not unpack"),
    ],
    ids=["not zstd", "cut short", "too small", "too large"],
)
def test_a_pack_that_was_built_wrong_is_named(
    site: BuiltSite,
    boot: Callable[[BuiltSite], Session],
    tmp_path: Path,
    content: bytes,
    reason: str,
) -> None:
    copy, path = broken(site, tmp_path / "site", "project", content)
    as_recorded(copy, "project", content)
    with pytest.raises(Exception, match=f"{path}: unusable .*({reason})"):
        boot(copy)


def test_broken_webassembly_does_not_hang(
    site: BuiltSite, boot: Callable[[BuiltSite], Session], tmp_path: Path
) -> None:
    """Pyodide itself never settles then; the bytes are the recorded ones, so no hash helps."""
    content = b"\0asm\1\0\0\0 and no more"
    copy, path = broken(site, tmp_path / "site", "pyodide.asm.wasm", content)
    as_recorded(copy, "pyodide.asm.wasm", content)
    with pytest.raises(Exception, match=f"{path}: unusable"):
        boot(copy)


def test_stages_are_told_in_order(pyodide: Session) -> None:
    assert list(pyodide.timings) == ["core", "packages", "ready"]
    assert sorted(pyodide.timings.values()) == list(pyodide.timings.values())
