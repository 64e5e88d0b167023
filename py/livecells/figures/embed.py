"""The page of one figure, for a frame on another site: no Python, no theme."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

from livecells.figures.draw import description
from livecells.figures.html import chart_html
from livecells.markup import Markup, element, join

if TYPE_CHECKING:
    from livecells.figures.draw import Picture
    from livecells.figures.publish import Card, Figure, Publication


HOST = "figures/embed.js"
"""Both ends of the frame, at an address that lasts."""

LARGEST = 11_000
"""Bytes of a page, packed: with styles and scripts a host's reader gets 15 kB before a press."""

LIVE, SHOW = "Make it interactive", "Show the figure"


def pages(figure: Figure, publication: Publication) -> dict[str, str]:
    """Write the page of a figure, by its file's name: the drawn chart, and the way back.

    Where both pictures would make it too heavy it has the wide one. Where that is still too heavy
    it says in words what the figure shows, and a link brings the page with the figure.
    """
    title = f"{figure.page_title}: {figure.id}" if figure.page_title else figure.id
    title = f"{title} · {publication.site_name}"
    live = element("button", LIVE, type="button", hidden=True)

    def whole(picture: Picture, look: str = "") -> str:
        body = join(chart_html(figure.spec, picture), live, _way(figure))
        return frame(title, body, figure.page, publication, look)

    made = whole(figure.picture)
    if is_light(made):
        return {f"{figure.id}.html": made}
    lighter = whole(replace(figure.picture, narrow=""), "has-one")
    if is_light(lighter):
        return {f"{figure.id}.html": lighter}
    full = f"{figure.id}.full.html"
    way = element("a", SHOW, href=f"{_root(figure.page)}figures/{full}", target="_self")
    said = join(element("p", description(figure.spec)), element("p", way), _way(figure))
    return {f"{figure.id}.html": frame(title, said, figure.page, publication), full: made}


def is_light(page: str) -> bool:
    """Whether a page may come before a press."""
    return len(gzip.compress(page.encode())) <= LARGEST


def card(one: Card, publication: Publication) -> str:
    """Write the page of a part of a page without a chart."""
    link = element("a", one.way, href=f"{_root(one.page)}{one.page}#{one.id}", rel="noopener")
    way = element("p", link, class_="embed-way")
    return frame(
        f"{one.title} · {publication.site_name}", join(one.body, way), one.page, publication
    )


def frame(title: str, body: Markup, page: str, publication: Publication, look: str = "") -> str:
    """Write a page for a frame on another site, which tells the host how high it is.

    It reads its addresses as the page that it belongs to does; links leave the frame.

    Args:
        title: Of the frame.
        body: What it shows.
        page: Address of the page that it belongs to, below the site's root.
        publication: What all have in common.
        look: More classes.
    """
    root = _root(page)
    sheets = [element("link", rel="stylesheet", href=root + one) for one in publication.stylesheets]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("base", href=f"../{page}", target="_blank"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        *sheets,
        element("script", src=f"{root}{HOST}"),
        element("script", type="module", src=root + publication.script),
    )
    look = f"livecells-embed {look}".strip()
    whole = element("html", head, element("body", element("main", body)), lang="en", class_=look)
    return f"<!doctype html>\n{whole}\n"


def _way(figure: Figure) -> Markup:
    root = _root(figure.page)
    home = element(
        "a",
        f"{figure.page_title or figure.id}: code and context",
        href=f"{root}{figure.page}#{figure.id}",
        rel="noopener",
    )
    file = f"{root}figures/{figure.id}.csv"
    rows = element("a", "rows drawn (.csv)", href=file, download=True)
    return element("p", join(home, " · ", rows), class_="embed-way")


def _root(page: str) -> str:
    """The site's root, seen from a page."""
    return "../" * page.count("/") or "./"
