"""This site under Zensical, from the same mkdocs.yml: the pages and files that MkDocs makes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest

from elsewhere import copy_sources
from livecells.zensical import CACHE

SITE = Path(os.environ.get("LIVECELLS_SITE", "_site"))
KEPT = ("wheels", "figures", "prerender", "runtime", "vendor", "icons", "native")
EXTENSIONS = "markdown_extensions:\n"

OF_THE_THEME = (
    "assets/javascripts/",
    "assets/stylesheets/",
    "search/search_index.json",  # Zensical's is search.json
    "search.json",
    "sitemap.xml.gz",  # Zensical makes none
)
"""Names, or how they begin, of what is there under one generator only."""

OTHER_BYTES = {
    "_headers": "hashes of the inline scripts that the theme brings",
    "licences.txt": "texts of the licences, the theme's too",
    "sbom.cdx.json": "names the theme",
    "sitemap.xml": "written by the generator",
    "sw.js": "lists every file of the site with its hash",
    "copy/copy.json": "tells the size of the copy",
    "copy/python-trends.zip": "the whole site",
}
"""Files that cannot be the same, with the reason. Pages are compared by what the author wrote."""

OTHER_PAGE = "licences/index.html"
"""It lists the theme."""

OF_THE_PAGE = r"assets/(javascripts|stylesheets)/|Content-Security-Policy|name=.generator"
"""In the head of a page: the theme's files, the hashes of its inline scripts, its name."""

DROPPED = " data-search-exclude"
"""For Material's search; Zensical's heeds it too, and takes it out of the page."""

SKIP = re.compile(r'<a id="__skip"[^>]*></a>')
"""Zensical's theme has its place to skip to inside of the article."""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build with Zensical, from a copy of the sources."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run 'make build', or 'make test' for everything")
    folder = tmp_path_factory.mktemp("zensical")
    copy_sources(folder, KEPT, CACHE)
    written = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    assert written.count(EXTENSIONS) == 1
    added = written.replace(EXTENSIONS, f"{EXTENSIONS}  - livecells.zensical\n")
    (folder / "mkdocs.yml").write_text(added, encoding="utf-8")
    for words in (("zensical", "build"), ("livecells", "finish", "_site")):
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder / "py")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_site"


def test_the_same_files(other: Path) -> None:
    assert files(SITE) == files(other)
    assert {"feed.xml", "claims.json", "assets/story.js", "assets/charts.css"} < files(other)


def test_the_same_bytes(other: Path) -> None:
    names = [name for name in files(SITE) if not name.endswith(".html")]
    changed = {n for n in names if (SITE / n).read_bytes() != (other / n).read_bytes()}
    assert changed <= set(OTHER_BYTES)


def test_the_same_pages(other: Path) -> None:
    """Cells with their kept outputs, values in prose, links, claim cards: all of the article."""
    assert len(pages()) == len(list(Path("site").rglob("*.md")))
    for name in sorted((pages() | {"404.html"}) - {OTHER_PAGE}):
        assert article(other / name, name) == article(SITE / name, name), name
    assert ids(article(other / OTHER_PAGE, "")) == ids(article(SITE / OTHER_PAGE, ""))


def test_what_is_around_the_article(other: Path) -> None:
    """What the engine adds to the head and the foot, and the site's own scripts."""
    for name in sorted(pages()):
        assert around(other / name, name) == around(SITE / name, name), name


def files(site: Path) -> set[str]:
    names = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {name for name in names if not name.startswith(OF_THE_THEME)}


def pages() -> set[str]:
    return {name for name in files(SITE) if f"/{name}".endswith("/index.html")}


def ids(parts: list[str]) -> list[str]:
    return [found[1] for part in parts if (found := re.search(r' id="([^"]+)"', part))]


def article(path: Path, name: str) -> list[str]:
    """The tags and texts of an article, with whole addresses."""
    text = path.read_text(encoding="utf-8").replace(DROPPED, "")
    text = text[text.index("<article") : text.index("</article>")]
    text = re.sub(r"<!--.*?-->", "", SKIP.sub("", text), flags=re.DOTALL)
    parts = (part.strip() for part in re.split("(<[^>]*>)", with_whole_addresses(text, name)))
    return [part for part in parts if part]


def around(path: Path, name: str) -> list[list[str]]:
    """What a page loads, what its head tells, its foot's line; less what is the theme's."""
    text = with_whole_addresses(path.read_text(encoding="utf-8"), name)
    (build,) = re.findall(r'name="livecells-build" content="(\w+)"', text)
    found = re.findall(r"<(?:link|meta|script) [^>]+>", text)
    lines = re.findall(r'<span class="release-line">.*?</page-file>', text)
    assert len(lines) == 1
    ours = [one for one in found if not re.search(OF_THE_PAGE, one)]
    return sorted(sorted(one.replace(build, "build")[1:-1].split()) for one in (*ours, *lines))


def with_whole_addresses(text: str, name: str) -> str:
    page = urljoin("https://example.org/python-trends/", name)
    return re.sub(r'(?<=href="|.src=")[^"]*', lambda found: urljoin(page, found[0]), text)
