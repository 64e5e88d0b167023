"""The list of files that the service worker keeps: every one, with its hash, in two parts."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from livecells.release.precache import read_site, write_service_worker
from livecells.release.version import Change, Release

RELEASE = Release((Change(version="1.2", date="2026-11-25", notes=["All of it."]),), "abc")
WORKER = b"// the worker"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    names = ("index.html", "page/index.html", "core/python.wasm", "figures/a.svg", "a.js.map")
    for name in (*names, "figures/a.metadata.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def listed_in(site: Path) -> Any:
    first = (site / "sw.js").read_text().partition("\n")[0]
    return json.loads(first.removeprefix("self.PRECACHE = ").removesuffix(";"))


def test_files_are_parted_into_pages_and_python(site: Path) -> None:
    listed = read_site(site, RELEASE, {"core/python.wasm": 0})
    digest = hashlib.sha256(b"index.html").hexdigest()
    assert listed.shell["index.html"] == (digest, len("index.html"))
    assert set(listed.shell) == {"index.html", "page/index.html"}
    assert set(listed.runtime) == {"core/python.wasm", "figures/a.metadata.json"}


def test_what_travels_is_told_where_it_is_less(site: Path) -> None:
    (site / "index.html").write_text("a" * 5000)
    listed = read_site(site, RELEASE, {"core/python.wasm": 5})
    assert listed.runtime["core/python.wasm"][1:] == (len("core/python.wasm"), 5)
    _, bytes_, *wire = listed.shell["index.html"]
    assert bytes_ == 5000
    assert 0 < wire[0] < 100


def test_the_cache_is_named_after_the_content(site: Path) -> None:
    before = read_site(site, RELEASE, {}).key
    assert read_site(site, RELEASE, {}).key == before
    (site / "index.html").write_text("changed")
    assert read_site(site, RELEASE, {}).key != before


def test_the_script_carries_the_list_and_the_release(site: Path) -> None:
    write_service_worker(site, RELEASE, {"core/python.wasm": 0}, WORKER)
    listed = listed_in(site)
    assert set(listed["shell"]) == {"index.html", "page/index.html"}
    assert (listed["version"], listed["build"]) == ("1.2", "abc")
    assert listed["changes"][0]["notes"] == ["All of it."]
    assert (site / "sw.js").read_bytes().endswith(WORKER)


def test_switched_off_it_retires(site: Path) -> None:
    write_service_worker(site, RELEASE, {}, None)
    script = (site / "sw.js").read_text()
    assert "unregister()" in script
    assert "PRECACHE" not in script
