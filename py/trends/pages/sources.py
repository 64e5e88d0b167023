"""Where figures come from: a page's own list of sources, and the sources of one claim, as links."""

import re
from collections.abc import Iterator, Sequence

from livecells.author.page import Page
from livecells.markup import Markup, element, join
from trends import claims, data
from trends.pages import uses

CITED = re.compile(r"(?P<words>.+?) <(?P<address>\S+)>")
"""A text as a source: what it is, and its address, as in `PEP 484 <https://peps.python.org/...>`."""

HOST = re.compile(r"(?<=\()([a-z.]+\.[a-z]+(?:/[\w.-]+)*)(?=\))")
"""An address as attributions have it, without its scheme: `(pypl.github.io)`."""


def of_page(page: Page, source: str) -> Markup:
    """Write what the cells and claims of a page rest on: whose data it is, and where it stands.

    Args:
        page: Its cells and the claims of its chapter are looked through for datasets.
        source: Further texts, one a line, each with its address.
    """
    checked = {name for claim in claims.page_claims(page.url) for name in claim.tables}
    read = uses.datasets_of(page.source) | checked
    by_text: dict[str, list[str]] = {}
    for name in (one for one in data.NAMES if one in read):
        for text in data.describe(name).attribution:
            by_text.setdefault(text, []).append(name)
    owed = (join(*_linked(text), *_tables(page, names)) for text, names in by_text.items())
    cited = (_cited(line) for line in source.splitlines())
    return element("ul", *(element("li", one) for one in (*owed, *cited)), class_="sources")


def of_claim(page: Page, claim: claims.Claim) -> Markup:
    """Write the tables that a claim's check reads and the texts that it rests on; may be empty."""
    parts: list[object] = [
        join(_table(page, name), *_in_brackets(data.files.describe(name).home))
        for name in claim.tables
    ]
    parts += [_cited(text) for text in claim.sources]
    return element("p", "Sources: ", join(*parts, separator="; "), ".") if parts else Markup()


def _tables(page: Page, names: Sequence[str]) -> Iterator[object]:
    yield " Tables: " if len(names) > 1 else " Table: "
    yield join(*(_table(page, name) for name in names), separator=", ")
    yield "."


def _linked(text: str) -> Iterator[object]:
    for place, piece in enumerate(HOST.split(text)):
        yield _link(piece, f"https://{piece}") if place % 2 else piece


def _table(page: Page, name: str) -> Markup:
    address = page.link_to("data/")
    words = element("code", name)
    return element("a", words, href=f"{address}#{name}") if address else words


def _in_brackets(address: str) -> Iterator[object]:
    if address:
        yield from (" (", _link(address.partition("://")[2].rstrip("/"), address), ")")


def _cited(text: str) -> object:
    found = CITED.fullmatch(text.strip())
    return _link(found["words"], found["address"]) if found else text


def _link(words: str, address: str) -> Markup:
    return element("a", words, href=address)
