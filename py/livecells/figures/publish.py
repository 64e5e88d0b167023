"""Figures as objects: each charted cell of a site gets files and a page of its own."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from livecells.figures import embed, exports
from livecells.figures.draw import Picture, Spec, description
from livecells.markup import Markup
from livecells.parts import PACKAGE, recipe
from livecells.store import Made, Store, digest, place

FOLDER = "figures"
RECIPE = "1"
"""Change it when exported pictures change although specification and versions did not."""

_VERSIONS = (version("polars"), version("vl-convert-python"))


@dataclass(frozen=True)
class Figure:
    """The chart of one cell.

    Attributes:
        id: The cell's id, which names the files.
        spec: Its Vega-Lite specification, data inside.
        picture: The specification drawn for the page.
        code: The cell's Python.
        page: Address of its page below the site's root, and `page_title` what it is called.
        file: Name of the page's Markdown file, for messages.
    """

    id: str
    spec: Spec
    picture: Picture
    code: str
    page: str
    page_title: str
    file: str


@dataclass(frozen=True)
class Card:
    """A part of a page without a chart, for frames on other sites.

    Attributes:
        id: Of its element, which names the file.
        title: Of the frame.
        body: What it shows.
        way: What the link to its page says.
        page: Address of its page below the site's root.
    """

    id: str
    title: str
    body: Markup
    way: str
    page: str


class Figures:
    """The figures of a site, by their ids.

    Attributes:
        cards: What else can stand in frames of other sites, by id.
        pages: Addresses of the pages that have been written in this build.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, Figure] = {}
        self.cards: dict[str, Card] = {}
        self.pages: set[str] = set()

    def add(self, figure: Figure) -> str | None:
        """Take a figure in, or give the file of the other page that has one of this id."""
        other = self._by_id.get(figure.id, figure)
        if other.page != figure.page:
            return other.file
        self._by_id[figure.id] = figure
        return None

    def begin(self, page: str) -> None:
        """Forget what a page had in an earlier build."""
        self.pages.add(page)
        self._by_id = {k: one for k, one in self._by_id.items() if one.page != page}
        self.cards = {k: one for k, one in self.cards.items() if one.page != page}

    def __contains__(self, figure_id: object) -> bool:
        return figure_id in self._by_id

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._by_id.values())


@dataclass(frozen=True)
class Publication:
    """What the figures of a site have in common.

    Attributes:
        site_name: Named below pictures and in citations.
        site_url: Where the site will stand; empty when unknown.
        script: Address of the module that draws an embedded chart, below the site's root.
        stylesheets: Addresses of stylesheets for figures on their own, below the site's root.
    """

    site_name: str
    site_url: str
    script: str
    stylesheets: tuple[str, ...]

    def address(self, page: str) -> str:
        """Where a page will stand; empty when unknown."""
        return f"{self.site_url}{page}" if self.site_url else ""


def publish(
    figures: Figures, target: Path, publication: Publication, pictures: Path, kept: Path
) -> None:
    """Write the files of all figures into a built site; those of unchanged ones are kept.

    Args:
        figures: What the pages handed over.
        target: Folder of the built site.
        publication: What goes into each of them.
        pictures: Folder for drawn pictures; safe to delete.
        kept: Likewise, for all files of each figure as they were last.
    """
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (target / embed.HOST).write_bytes((PACKAGE / "web/share/embed-here.js").read_bytes())
    for figure in (one for one in figures if one.page in figures.pages):
        key = digest(recipe(), *_VERSIONS, repr((figure, publication)))
        store = Store(kept / figure.id, is_single=True)
        make = partial(files, figure, publication, Store(pictures))
        for name, file in store.keep_files(key, make).items():
            place(file, folder / name)
    for card in figures.cards.values():
        (folder / f"{card.id}.html").write_text(embed.card(card, publication), encoding="utf-8")


def files(figure: Figure, publication: Publication, store: Store) -> dict[str, bytes]:
    """Make the files of a figure, by name."""
    spec = exports.standalone(figure.spec, publication.address(figure.page))
    data = {
        f"{figure.id}.json": _json(spec),
        f"{figure.id}.csv": exports.rows_csv(spec),
        f"{figure.id}.parquet": exports.rows_parquet(spec),
        **_pictures(figure, spec, publication, store),
    }
    described = metadata(figure, publication, data)
    pages = embed.pages(figure, publication)
    return {
        **data,
        f"{figure.id}.metadata.json": _json(described),
        **{name: page.encode() for name, page in pages.items()},
    }


def metadata(figure: Figure, publication: Publication, data: dict[str, bytes]) -> dict[str, Any]:
    """Describe a figure: what it is, where it comes from, and the hashes of its files."""
    usermeta = figure.spec.get("usermeta", {})
    title, subtitle = headings(figure.spec)
    address = f"{publication.site_url}{figure.page}#{figure.id}"
    return {
        "id": figure.id,
        "title": title,
        "subtitle": subtitle,
        "description": description(figure.spec),
        "source": usermeta.get("caption", ""),
        "licence": usermeta.get("licence", ""),
        "as_of": usermeta.get("as_of") or exports.last_day(figure.spec),
        "site": publication.site_name,
        "page": figure.page_title,
        "height": exports.height(figure.picture.wide),
        "url": address,
        "code": figure.code,
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in data.items()
        },
    }


def headings(spec: Spec) -> tuple[str, str]:
    """Return a chart's title and subtitle, each on one line."""
    title = spec.get("title") or {}
    given = title if isinstance(title, dict) else {"text": title}
    text, subtitle = (given.get(key) or "" for key in ("text", "subtitle"))
    return _line(text), _line(subtitle)


def _line(text: str | list[str]) -> str:
    return " ".join(text) if isinstance(text, list) else text


def _pictures(
    figure: Figure, spec: Spec, publication: Publication, store: Store
) -> dict[str, bytes]:
    notes = [figure.spec.get("usermeta", {}).get("caption", ""), publication.site_name]
    notes = [note for note in notes if note]
    key = digest(RECIPE, version("vl-convert-python"), _json(spec), *notes)
    svg, png = f"{figure.id}.svg", f"{figure.id}.png"
    drawn = store.keep(svg, key, lambda: _made(exports.svg(spec, notes).encode()))
    picture = drawn.path.read_bytes()
    painted = store.keep(png, key, lambda: _made(exports.png(picture.decode())))
    return {svg: picture, png: painted.path.read_bytes()}


def _made(content: bytes) -> Made:
    return Made(content, len(content))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
