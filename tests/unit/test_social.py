"""What a page tells those who link to it, and the picture of it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from livecells.figures import exports, social
from livecells.figures.publish import Figure, Figures
from livecells.figures.social import About
from unit.test_publish import PNG_SIGNATURE, figure

ABOUT = About(
    title='The <b> & "c"',
    description="What it is about.",
    site="A site",
    site_url="https://example.org/x/",
    url="part/page/",
)


def figures(*pages: str) -> Figures:
    found = Figures()
    for number, page in enumerate(pages):
        one = figure()
        found.add(Figure(f"f{number}", one.spec, one.picture, one.code, page, "", "x.md"))
    return found


def test_the_head_is_escaped_and_names_a_picture_by_its_whole_address() -> None:
    head = social.head(ABOUT, {})
    assert 'property="og:title" content="The &lt;b&gt; &amp; &quot;c&quot;"' in head
    assert 'content="https://example.org/x/figures/pages/part-page.png"' in head
    assert 'property="og:url" content="https://example.org/x/part/page/"' in head
    assert "og:image" not in social.head(About("t", "d", "s", "", ""), {})


def test_a_page_says_which_way_leads_to_it() -> None:
    titles = {"": "A site", "part/": "A part"}
    article, way = social.described(ABOUT, titles)
    assert article["headline"] == ABOUT.title
    names = [step["name"] for step in way["itemListElement"]]
    assert names == [ABOUT.site, "A part", ABOUT.title]
    assert way["itemListElement"][-1]["item"] == article["url"]
    assert "ld+json" not in social.head(About("t", "d", "s", "", ""), titles)


def test_a_page_shows_its_own_chart_or_that_of_the_front_page() -> None:
    found = figures("other/", "", "part/page/")
    assert [social.chosen(url, found).id for url in ("part/page/", "none/", "other/")] == [  # type: ignore[union-attr]
        "f2",
        "f1",
        "f0",
    ]
    assert social.chosen("", Figures()) is None


def test_pictures_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"": "A site", "part/page/": "A title <that> is long enough to need several lines"}
    found = figures("part/page/")
    social.write(pages, found, "A site", tmp_path / "site", tmp_path / "cache")
    files = {path.name: path.read_bytes() for path in tmp_path.glob("site/figures/pages/*")}
    assert files.keys() == {"index.png", "part-page.png"}
    for content in files.values():
        assert content.startswith(PNG_SIGNATURE)
        assert struct.unpack(">II", content[16:24]) == (social.WIDTH, social.HEIGHT)
    assert files["index.png"] != files["part-page.png"]
    monkeypatch.setattr(exports, "png", lambda *_, **__: pytest.fail("drawn again"))
    social.write(pages, found, "A site", tmp_path / "site", tmp_path / "cache")


def test_a_site_without_charts_has_pictures_too(tmp_path: Path) -> None:
    social.write({"a/": "A"}, Figures(), "S", tmp_path / "site", tmp_path / "cache")
    assert (tmp_path / "site/figures/pages/a.png").is_file()
