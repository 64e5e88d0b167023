"""Links of the built pages, those in drawn charts among them: each leads to something."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

SITE = Path(os.environ.get("LIVECELLS_SITE", "_site"))
LINK = re.compile(r'\s(?:xlink:)?(?:href|src)="([^"]*)"')
PICTURE = re.compile(r"<svg .*?</svg>", re.DOTALL)
ROOT = "https://site.invalid/"
"""Stands for the address that the site will have."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page of the site with its address; frames for other sites are not among them."""
    for path in sorted(SITE.rglob("index.html")):
        folder = path.parent.relative_to(SITE).as_posix()
        yield f"{ROOT}{folder}/".replace("/./", "/"), path.read_text(encoding="utf-8")


def links(text: str) -> Iterator[str]:
    return (unescape(found[1]) for found in LINK.finditer(text))


@cache
def text_of(path: str) -> str | None:
    """The file at a path of the site, if there is one."""
    found = SITE / unquote(path.removeprefix("/"))
    file = found / "index.html" if found.is_dir() else found
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else None


def is_there(address: str) -> bool:
    """Whether the site has the file, and in it what the fragment names; scripts use some words."""
    parts = urlsplit(address)
    text = text_of(parts.path)
    if text is None or not parts.fragment or not parts.path.endswith("/"):
        return text is not None
    return f'id="{unquote(parts.fragment)}"' in text or parts.fragment.startswith("__")


def test_each_link_leads_to_something() -> None:
    dead = {
        f"{page}: {link}"
        for page, text in pages()
        for link in links(text)
        if (address := urljoin(page, link)).startswith(ROOT) and not is_there(address)
    }
    assert not dead, "\n".join(sorted(dead))


def test_a_drawn_chart_leads_to_this_site_alone() -> None:
    """A drawing tool resolves links against an address of its own."""
    drawn = [
        (page, link)
        for page, text in pages()
        for picture in PICTURE.finditer(text)
        for link in links(picture[0])
        if not link.startswith("#")
    ]
    assert drawn, "no chart has links"
    assert not [link for page, link in drawn if not urljoin(page, link).startswith(ROOT)]
