"""Finding one's way: search, order of chapters, missing pages, what others see of a page."""

from __future__ import annotations

import re
import struct
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit, uses_netloc, uses_relative
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from browser.reader import Reader
from browser.server import SITE, PagesServer
from trends import claims

uses_relative.append("site")  # a scheme of this test's own
uses_netloc.append("site")
INDEX = "search/search_index.json"
CHAPTERS = [claims.chapter_url(chapter) for chapter in claims.chapters()]
LINK = re.compile(r'<a href="([^"]*)" class="md-footer__link md-footer__link--(prev|next)"')
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]{40,})">')


def pages() -> list[str]:
    found = sorted(SITE.rglob("index.html"))
    return [f"{path.parent.relative_to(SITE)}/".removeprefix("./") for path in found]


def test_the_index_of_the_search_comes_when_somebody_searches(reader: Reader) -> None:
    reader.open("frameworks/async/")
    reader.page.wait_for_load_state("networkidle")
    assert INDEX not in reader.requests
    field = reader.page.get_by_role("textbox", name="Search")
    results = reader.page.locator(".md-search-result__list")
    for typed, link in (
        ("async new default", "frameworks/async/"),  # a chapter
        ("Polars 89 million downloads", "libraries/data-engineering/#claim-"),  # a claim
        ("torch-xla", "tooling/hardware-accelerators/"),  # a package
    ):
        field.fill("")
        field.press_sequentially(typed)
        expect(results.locator(f"a[href*='{link}']").first).to_be_attached()
    assert reader.requests.count(INDEX) == 1


def test_an_address_with_a_question_searches_at_once(reader: Reader) -> None:
    reader.open("frameworks/async/?q=airflow")
    found = reader.page.locator(".md-search-result__list a[href*='tooling/mlops/']")
    expect(found.first).to_be_attached()


def test_chapters_lead_to_the_one_before_and_the_next() -> None:
    """Checked in the files: the links need no script."""
    way = dict(pairwise(["", *CHAPTERS[:-1], "brief/", CHAPTERS[-1], "explore/"]))
    for place, url in enumerate(CHAPTERS, start=1):
        html = (SITE / url / "index.html").read_text(encoding="utf-8")
        assert f"Chapter {place} of {len(CHAPTERS)}" in html
        assert re.search(r"· \d+ minutes to read ·", html)
        leads = {
            kind: urljoin(f"https://x/{url}", link).removeprefix("https://x/")
            for link, kind in LINK.findall(html)
        }
        assert leads["next"] == way[url]
        assert way[leads["prev"]] == url


@pytest.mark.breaks  # the page is missing, which the console says
def test_a_missing_page_says_where_to_go(reader: Reader) -> None:
    reader.page.goto(f"{reader.server.url}libraries/no/such/page/")
    expect(reader.page.get_by_role("heading", name="This page is not here")).to_be_visible()
    way = reader.page.get_by_role("article").get_by_role("link", name="All claims")
    assert way.evaluate("link => link.href") == f"{reader.server.url}claims/"
    way.click()
    expect(reader.page.locator("claim-table")).to_be_visible()


@pytest.mark.parametrize("path", pages())
def test_every_page_has_a_description_and_a_picture_for_those_who_link_to_it(path: str) -> None:
    html = (SITE / path / "index.html").read_text(encoding="utf-8")
    assert DESCRIPTION.search(html), "no description of its own in its front matter"
    meta = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', html))
    assert meta["og:title"]
    assert len(meta["og:description"]) > 40
    address = meta["og:image"].partition("/figures/")[2]
    picture = (SITE / "figures" / address).read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert meta["og:url"].endswith(f"/{path}")


class Links(HTMLParser):
    """The ids of a page, and where it links to: also the marks of its charts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self._spec = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        self.links += [given[name] for name in ("href", "src", "xlink:href") if given.get(name)]
        self._spec = tag == "template"

    def handle_data(self, data: str) -> None:
        if self._spec:
            self.links += re.findall(r'"href":"([^"]+)"', data)


def test_every_link_leads_somewhere() -> None:
    """MkDocs sees the links in Markdown; those of cards, tables and charts are seen here."""
    read = {path: Links(SITE / path / "index.html") for path in pages()}
    for path, page in read.items():
        for link in set(page.links):
            target = urlsplit(urljoin(f"site:///{path}", link))
            if target.scheme != "site":
                continue
            place = target.path.removeprefix("/")
            assert (SITE / place).exists(), f"{path} links to {link}"
            if target.fragment and place in read:
                assert target.fragment in read[place].ids, f"{path} links to {link}"


def test_no_two_pages_are_described_alike() -> None:
    found = [DESCRIPTION.search((SITE / path / "index.html").read_text())[1] for path in pages()]  # type: ignore[index]
    assert len(set(found)) == len(found)


def test_sitemap_and_feed_name_what_is_there(server: PagesServer) -> None:
    sitemap = ET.parse(SITE / "sitemap.xml").getroot()
    listed = [node.text or "" for node in sitemap.iter() if node.tag.endswith("loc")]
    base = min(listed, key=len)
    assert sorted(one.removeprefix(base) for one in listed) == sorted(pages())
    with urlopen(f"{server.url}feed.xml") as reply:
        feed = ET.fromstring(reply.read())
    links = [node.get("href", "") for node in feed.iter() if node.tag.endswith("link")]
    assert any("claims/#claim-" in link for link in links)
    for link in links:
        path, _, anchor = link.removeprefix(base).partition("#")
        assert (SITE / path).exists()
        if anchor:
            assert f'id="{anchor}"' in (SITE / path / "index.html").read_text(encoding="utf-8")
    head = '<link rel="alternate" type="application/atom+xml"'
    assert all(head in (Path(SITE) / path / "index.html").read_text() for path in pages())
