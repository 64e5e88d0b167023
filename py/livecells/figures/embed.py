"""The page of one figure, for a frame on another site: no Python, no theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livecells.figures.html import chart_html
from livecells.markup import element, join

if TYPE_CHECKING:
    from livecells.figures.publish import Figure, Publication


def page(figure: Figure, publication: Publication) -> str:
    """Write the page: the drawn chart, what makes it interactive, and the way back.

    It reads its addresses as the figure's own page does, for marks may link; links leave the frame.
    """
    root = _root(figure)
    sheets = [
        element("link", rel="stylesheet", href=root + address)
        for address in publication.stylesheets
    ]
    title = f"{figure.page_title}: {figure.id}" if figure.page_title else figure.id
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("base", href=f"../{figure.page}", target="_blank"),
        element("title", f"{title} · {publication.site_name}"),
        element("link", rel="icon", href="data:,"),
        *sheets,
        element("script", type="module", src=root + publication.script),
    )
    body = element("body", element("main", chart_html(figure.spec, figure.picture), _way(figure)))
    whole = element("html", head, body, lang="en", class_="livecells-embed")
    return f"<!doctype html>\n{whole}\n"


def _way(figure: Figure) -> str:
    root = _root(figure)
    home = element(
        "a",
        f"{figure.page_title or figure.id}: code and context",
        href=f"{root}{figure.page}#{figure.id}",
        rel="noopener",
    )
    file = f"{root}figures/{figure.id}.csv"
    rows = element("a", "rows drawn (.csv)", href=file, download=True)
    return element("p", join(home, " · ", rows), class_="embed-way")


def _root(figure: Figure) -> str:
    """The site's root, seen from the figure's page."""
    return "../" * figure.page.count("/") or "./"
