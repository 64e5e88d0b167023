"""The copy for disk: pages that find each other, scripts for modules, files in scripts."""

import json
import zipfile
from pathlib import Path

import pytest

from livecells.release.copies import (
    ABOUT,
    MOST_BYTES,
    Copy,
    embedded_script,
    pack,
    scripts_of,
    search_script,
    with_index,
    write_copy,
)
from livecells.runtime.zstd import unsqueeze

RELEASE = "livecells/abc"
HEAD = '<link rel="manifest" href="../manifest.webmanifest">'
PAGE = (
    f"<html><head>{HEAD}</head><body>"
    '<a class="x" href="../">up</a><a href="../other/?q=1#place">other</a><a href="#here">here</a>'
    '<a href="https://example.org/">out</a><a href="../claims.csv" download>rows</a>'
    "<code>href=&quot;../&quot;</code>"
    '<script src="../theme.js"></script><script src="../assets/story.js" type="module"></script>'
    "</body></html>"
)
CORE, RARE = "livecells/runtime/core.wasm", "livecells/runtime/rare-1.zst"
RUNTIME = [
    {"path": CORE, "name": "core.wasm", "stage": "boot"},
    {"path": RARE, "name": "rare", "stage": "asked"},
]
FILES = {
    "page/index.html": PAGE,
    "404.html": PAGE,
    "theme.js": "theme()",
    "assets/story.js": "import './more.js'",
    "assets/story.classic.js": "story()",
    "assets/more.js": "more()",
    "assets/site.css": "a {}",
    "assets/javascripts/workers/search.js": "search()",
    "search/search_index.json": json.dumps({"docs": [{"location": "page/#a"}, {"location": ""}]}),
    f"{RELEASE}/main.js": "main()",
    f"{RELEASE}/main.classic.js": "main()",
    f"{RELEASE}/worker/worker.js": "worker()",
    f"{RELEASE}/worker.classic.js": "worker()",
    f"{RELEASE}/embedded-files.classic.js": "embed()",
    f"{RELEASE}/manifest.json": json.dumps({"files": RUNTIME}),
    CORE: "\0asm" + "0" * 1000,
    RARE: "for some",
    "livecells/runtime/ruff-1.zst": "for editors",
    "claims.csv": "a,b",
    "sw.js": "",
    "manifest.webmanifest": "{}",
    "figures/a.png": "",
    "figures/a.json": "{}",
}


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Copy(tmp_path, RELEASE, "trends")


def test_everything_is_there_once_in_one_of_three_forms(copy: Copy) -> None:
    assert [name for name, _ in copy.files()] == [
        "assets/site.css",
        "assets/story.classic.js",
        "embedded/assets/javascripts/workers/search.js.js",
        "embedded/claims.csv.js",
        "embedded/figures/a.json.js",
        f"embedded/{RELEASE}/manifest.json.js",
        f"embedded/{RELEASE}/worker/worker.js.js",
        "embedded/livecells/runtime/core.wasm.js",
        "embedded/livecells/runtime/rare-1.zst.js",
        f"{RELEASE}/embedded-files.classic.js",
        "page/index.html",
        "search/search_index.js",
        "theme.js",
    ]


def test_pages_name_what_a_server_would_pick(copy: Copy) -> None:
    page = dict(copy.files())["page/index.html"].decode()
    assert '<a class="x" href="../index.html">' in page
    assert 'href="../other/index.html?q=1#place"' in page
    assert '<a href="#here">' in page
    assert '<a href="https://example.org/">' in page
    assert '<a href="../claims.csv" download>' in page
    assert "<code>href=&quot;../&quot;</code>" in page


def test_pages_run_scripts_and_no_modules(copy: Copy) -> None:
    page = dict(copy.files())["page/index.html"].decode()
    assert "module" not in page
    assert "webmanifest" not in page
    assert '<script src="../assets/story.classic.js" defer></script>' in page
    before_theme = page.partition("theme.js")[0]
    assert f'<script src="../{RELEASE}/embedded-files.classic.js"></script>' in before_theme
    assert f'<script src="../embedded/{RELEASE}/worker/worker.js.js"></script>' in before_theme


def test_scripts_are_found_from_the_root() -> None:
    assert scripts_of("page/index.html", PAGE) == {("theme.js", False), ("assets/story.js", True)}


@pytest.mark.parametrize(
    ("address", "on_disk"),
    [
        ("../", "../index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("a/b/", "a/b/index.html"),
        ("a/b.csv", "a/b.csv"),
        ("", ""),
    ],
)
def test_an_index_is_named(address: str, on_disk: str) -> None:
    assert with_index(address) == on_disk


def test_the_search_finds_pages_by_their_names_on_disk() -> None:
    script = search_script(FILES["search/search_index.json"])
    docs = json.loads(script.removeprefix("var __index = "))["docs"]
    assert [doc["location"] for doc in docs] == ["page/index.html#a", "index.html"]


def test_a_file_is_packed_where_that_is_worth_it() -> None:
    assert pack(b"abc") == ("", b"abc")
    packing, packed = pack(b"a" * 1000)
    assert packing == "zstd"
    assert unsqueeze(packed) == b"a" * 1000
    assert embedded_script('a".x', b"abc") == b'livecellsEmbed("a\\".x","","YWJj");\n'


def test_the_zip_is_the_same_for_the_same_site(copy: Copy) -> None:
    place = write_copy(copy)
    before = place.read_bytes()
    assert write_copy(copy).read_bytes() == before, "a copy must not hold the copy before"
    with zipfile.ZipFile(place) as archive:
        assert all(name.startswith("trends/") for name in archive.namelist())
        unpacked = sum(one.file_size for one in archive.infolist())
    about = json.loads((copy.site / ABOUT).read_text())
    assert about["bytes"] == len(before)
    assert about["unpacked"] == unpacked
    assert copy.site / about["file"] == place


def test_a_page_as_one_file_has_what_a_start_needs(copy: Copy) -> None:
    write_copy(copy)
    page = json.loads((copy.site / ABOUT).read_text())["page"]
    files = {one["path"]: one for one in page["files"]}
    assert set(files) == {CORE, f"{RELEASE}/main.classic.js", f"{RELEASE}/worker/worker.js"}
    core = (copy.site / files[CORE]["file"]).read_bytes()
    assert files[CORE]["packing"] == "zstd"
    assert unsqueeze(core).decode() == FILES[CORE]
    assert len(core) < page["bytes"] < MOST_BYTES == page["most"]


def test_the_readme_says_the_limit() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"one file below {MOST_BYTES / 1e6:.0f} MB" in text
