"""What the site ships of others: really all of it, under names and licences that programs know."""

from __future__ import annotations

import json
from pathlib import Path

import cyclonedx.schema
import jsonschema
import pytest

from livecells.release.components import (
    Component,
    gather,
    of_engine,
    read,
    sbom,
    table,
    texts,
    write,
)
from livecells.release.scripts import Bundler
from livecells.release.version import Change, Release
from livecells.runtime.bundle import Bundle
from livecells.runtime.manifest import Manifest

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(cyclonedx.schema.__file__).parent / "_res"
RELEASE = Release((Change(version="1.2", date="2026-11-25", notes=["All."]),))
MANIFEST = Manifest(
    schema=1,
    python="3.14.2",
    pyodide="314.0.7",
    abi="2026_0",
    platform="emscripten_5_0_3",
    preload=[],
    warm_up="",
    packages=[],
    files=[],
)
PARTS = (
    Component("In the page", "@a/b", "1.0", "MIT", "npm", ("Text one\n",)),
    Component("In the page", "c", "2.0", "MIT OR Apache-2.0", "npm", ("Text one",)),
    Component("The theme", "d_e", "3.0", "its <own> licence", "pypi", ()),
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> set[Path]:
    folder = tmp_path_factory.mktemp("bundler")
    (folder / "entry.js").write_text(
        f'export {{ sha256 }} from "{ROOT}/node_modules/@noble/hashes/sha2.js";'
    )
    bundler = Bundler(ROOT / "node_modules", folder / "cache")
    bundler.modules(folder, ["entry.js"], [folder / "entry.js"])
    again = Bundler(ROOT / "node_modules", folder / "cache")
    again.modules(folder, ["entry.js"], [folder / "entry.js"])
    assert again.packages == bundler.packages, "what is kept must tell what is in it too"
    return bundler.packages


def test_what_came_into_a_script_is_found(packages: set[Path]) -> None:
    assert packages == {ROOT / "node_modules" / "@noble/hashes"}


def test_all_kinds_of_parts_are_gathered(packages: set[Path], tmp_path: Path) -> None:
    engine = of_engine(Bundle(MANIFEST, {}), packages, ROOT / "py/wheels")
    write(engine, tmp_path)
    assert read(tmp_path) == engine, "the wheel tells what the checkout told"
    parts = gather(engine, ("mkdocs-material",))
    found = {part.name: part for part in parts}
    assert found["Emscripten"].version == "5.0.3"
    assert found["@noble/hashes"].licence == "MIT"
    assert "Permission is hereby granted" in found["@noble/hashes"].texts[0]
    assert found["adler2"].purl.to_string() == "pkg:cargo/adler2@2.0.1"
    assert found["mkdocs-material"].licence.startswith("MIT")
    assert found["mkdocs-material"].texts


def test_the_bill_is_valid_and_the_same_each_time() -> None:
    bill = sbom(PARTS, "A site", RELEASE)
    assert sbom(PARTS, "A site", RELEASE) == bill
    schema = json.loads((SCHEMAS / "bom-1.6.SNAPSHOT.schema.json").read_text())
    stored = {
        f"{schema['$id'].rpartition('/')[0]}/{path.name}": json.loads(path.read_text())
        for path in SCHEMAS.glob("*.schema.json")
    }
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=stored)
    read = json.loads(bill)
    jsonschema.Draft7Validator(schema, resolver=resolver).validate(read)
    purls = [one["purl"] for one in read["components"]]
    assert purls == ["pkg:npm/%40a/b@1.0", "pkg:npm/c@2.0", "pkg:pypi/d-e@3.0"]
    assert read["metadata"]["component"]["version"] == "1.2"
    assert read["metadata"]["timestamp"].startswith("2026-11-25")


def test_each_text_stands_once_under_its_names() -> None:
    written = texts(PARTS)
    assert written.count("Text one") == 1
    assert "@a/b 1.0, c 2.0" in written


def test_the_table_is_for_readers() -> None:
    written = table(PARTS, "../")
    assert "<td>its &lt;own&gt; licence</td>" in written
    assert 'href="../sbom.cdx.json"' in written
    assert "<summary>In the page: 2</summary>" in written
