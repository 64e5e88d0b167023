"""The list of files that the service worker keeps: every one, with its hash, in two parts."""

import hashlib
import json
from pathlib import Path

import pytest

from livecells.build.precache import read_site, write_service_worker


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "page/index.html", "core/python.wasm", "figures/a.svg", "a.js.map"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_files_are_parted_into_pages_and_python(site: Path) -> None:
    listed = read_site(site, ["core/python.wasm"])
    digest = hashlib.sha256(b"index.html").hexdigest()
    assert listed.shell["index.html"] == (digest, len("index.html"))
    assert set(listed.shell) == {"index.html", "page/index.html"}
    assert set(listed.runtime) == {"core/python.wasm"}


def test_the_release_is_named_after_the_content(site: Path) -> None:
    before = read_site(site, []).release
    assert read_site(site, []).release == before
    (site / "index.html").write_text("changed")
    assert read_site(site, []).release != before


def test_the_script_carries_the_list(site: Path) -> None:
    write_service_worker(site, ["core/python.wasm"], is_on=True)
    first = (site / "sw.js").read_text().partition("\n")[0]
    listed = json.loads(first.removeprefix("self.PRECACHE = ").removesuffix(";"))
    assert set(listed["shell"]) == {"index.html", "page/index.html"}


def test_switched_off_it_retires(site: Path) -> None:
    write_service_worker(site, [], is_on=False)
    script = (site / "sw.js").read_text()
    assert "unregister()" in script
    assert "PRECACHE" not in script
