"""The page of one figure, for a frame on another site: no Python, no theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livecells.build import static
from livecells.markup import element, join

if TYPE_CHECKING:
    from livecells.build.publish import Figure, Publication

ROOT = "../"
"""The site's root, seen from the folder of the figures."""


def page(figure: Figure, publication: Publication) -> str:
    """Write the page: the drawn chart, what makes it interactive, and the way back."""
    sheets = [
        element("link", rel="stylesheet", href=ROOT + address)
        for address in publication.stylesheets
    ]
    title = f"{figure.page_title}: {figure.id}" if figure.page_title else figure.id
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} · {publication.site_name}"),
        element("link", rel="icon", href="data:,"),
        *sheets,
        element("script", type="module", src=ROOT + publication.script),
    )
    body = element("body", element("main", static.chart(figure.spec, figure.picture), _way(figure)))
    whole = element("html", head, body, lang="en", class_="livecells-embed")
    return f"<!doctype html>\n{whole}\n"


def _way(figure: Figure) -> str:
    home = element(
        "a",
        f"{figure.page_title or figure.id}: code and context",
        href=f"{ROOT}{figure.page}#{figure.id}",
        target="_blank",
        rel="noopener",
    )
    rows = element("a", "rows drawn (.csv)", href=f"{figure.id}.csv", download=True)
    return element("p", join(home, " · ", rows), class_="embed-way")
