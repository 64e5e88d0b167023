"""Pictures of pages for those who link to them: what the page is called, beside its first chart."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from livecells.figures import exports
from livecells.figures.fit import wrapped
from livecells.figures.publish import Figure, Figures
from livecells.markup import Markup, element, join, linked
from livecells.store import Made, Store, digest

FOLDER = "figures/pages"
SCHEMA = "https://schema.org"
RECIPE = "1"
"""Change it when pictures change although titles and charts did not."""

WIDTH, HEIGHT = 1200, 630
"""Pixels; what networks show uncut."""

BAND = 16
TEXT_LEFT, TEXT_WIDTH = 64, 440
CHART = (552, 48, 600, 534)
"""Left, top, width and height of the room of the chart."""

TITLE_SIZE, TITLE_LINE, MOST_LINES = 46, 56, 7
SITE_SIZE = 26

INK, QUIET, BLUE, PAPER = "#1b1f24", "#555c64", "#0b5cad", "#ffffff"
FONT = "'DejaVu Sans', Verdana, Arial, sans-serif"


def name(url: str) -> str:
    """Return the name of the picture of the page at an address below the site's root."""
    return f"{url.strip('/').replace('/', '-') or 'index'}.png"


@dataclass(frozen=True)
class About:
    """What a page says of itself to those who link to it.

    Attributes:
        title: Of the page.
        description: One or two sentences.
        site: Name of the site.
        site_url: Where the site will stand; empty when unknown.
        url: Of the page, below the site's root.
    """

    title: str
    description: str
    site: str
    site_url: str
    url: str


def head(about: About, titles: Mapping[str, str]) -> Markup:
    """Write what other sites and programs read of a page.

    Open Graph's and the card's properties, and linked data; what has an address needs to know where
    the site will stand.

    Args:
        about: The page.
        titles: Of all pages, by their addresses.
    """
    properties = {
        "og:type": "article" if about.url else "website",
        "og:site_name": about.site,
        "og:title": about.title,
        "og:description": about.description,
    }
    if about.site_url:
        properties |= {
            "og:url": f"{about.site_url}{about.url}",
            "og:image": f"{about.site_url}{FOLDER}/{name(about.url)}",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": f"{about.title}: a chart of the page",
        }
    metas = [element("meta", property=key, content=text) for key, text in properties.items()]
    card = element("meta", name="twitter:card", content="summary_large_image")
    data = (linked(one) for one in described(about, titles)) if about.site_url else ()
    return join(*metas, card, *data)


def described(about: About, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Describe a page in the words of schema.org: the article, and the way to it."""
    address = f"{about.site_url}{about.url}"
    site = {"@type": "WebSite", "name": about.site, "url": about.site_url}
    article = {
        "@context": SCHEMA,
        "@type": "Article",
        "headline": about.title,
        "description": about.description,
        "url": address,
        "image": f"{about.site_url}{FOLDER}/{name(about.url)}",
        "author": {"@type": "Organization", "name": about.site, "url": about.site_url},
        "isPartOf": site,
    }
    parts = about.url.strip("/").split("/")[:-1]
    above = ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    steps = [("", about.site), *((url, titles[url]) for url in above if url in titles)]
    if about.url:
        steps.append((about.url, about.title))
    crumbs = [
        {"@type": "ListItem", "position": at, "name": title, "item": f"{about.site_url}{url}"}
        for at, (url, title) in enumerate(steps, 1)
    ]
    way = {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": crumbs}
    return [article, way]


def write(pages: Mapping[str, str], figures: Figures, site: str, target: Path, cache: Path) -> None:
    """Draw a picture for each page into a built site; unchanged ones are kept.

    Args:
        pages: Titles of the pages by their addresses.
        figures: The charts of the site; a page without one borrows the first of the site.
        site: Name of the site.
        target: Folder of the built site.
        cache: Folder for pictures; safe to delete.
    """
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for url, title in pages.items():
        figure = chosen(url, figures)
        drawn = json.dumps(figure.spec if figure else None)
        key = digest(RECIPE, version("vl-convert-python"), title, site, drawn)
        made = Store(cache).keep("page.png", key, partial(_png, title, site, figure))
        (folder / name(url)).write_bytes(made.path.read_bytes())


def chosen(url: str, figures: Iterable[Figure]) -> Figure | None:
    """Return the first chart of a page, else the first of the site's front page, else any."""
    ranked = sorted(figures, key=lambda figure: (figure.page != url, figure.page != ""))
    return ranked[0] if ranked else None


def picture(title: str, site: str, figure: Figure | None) -> Markup:
    """Draw the picture of a page as SVG."""
    lines = wrapped(title, TEXT_WIDTH / TITLE_SIZE)[:MOST_LINES]
    top = (HEIGHT - TITLE_LINE * (len(lines) - 1)) / 2
    heading = (
        _text(line, top + number * TITLE_LINE, TITLE_SIZE, INK, weight=700)
        for number, line in enumerate(lines)
    )
    return element(
        "svg",
        element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        element("rect", width=BAND, height=HEIGHT, fill=BLUE),
        *heading,
        _text(site, HEIGHT - 48, SITE_SIZE, QUIET) if site != title else Markup(),
        _chart(figure) if figure else Markup(),
        xmlns="http://www.w3.org/2000/svg",
        **{"xmlns:xlink": "http://www.w3.org/1999/xlink"},
        width=WIDTH,
        height=HEIGHT,
    )


def _text(words: str, y: float, size: int, color: str, *, weight: int = 400) -> Markup:
    return element(
        "text",
        words,
        x=TEXT_LEFT,
        y=f"{y:g}",
        fill=color,
        font_size=size,
        font_weight=weight,
        font_family=FONT,
    )


def _chart(figure: Figure) -> Markup:
    """Lay the chart into its room, as large as it fits."""
    drawn = exports.svg(exports.standalone(figure.spec), [])
    left, top, width, height = CHART
    head, _, rest = drawn.partition(">")
    view = head[head.index("viewBox=") :].split('"')[1]
    return element(
        "svg",
        Markup(rest.removesuffix("</svg>")),
        x=left,
        y=top,
        width=width,
        height=height,
        viewBox=view,
    )


def _png(title: str, site: str, figure: Figure | None) -> Made:
    content = exports.png(picture(title, site, figure), scale=1)
    return Made(content, len(content))
