"""The chapters of the story as cards: title, what it is about, and its verdicts as squares."""

import re
from pathlib import Path

from livecells import config
from livecells.author.page import Page
from livecells.author.source import EXPRESSION
from livecells.errors import BuildError
from livecells.markup import Markup, element
from trends import claims, releases
from trends.claims import SHAPES
from trends.pages import cards

CELL = re.compile(r'^```python cell="[^"]+"$', re.MULTILINE)
CLAIMS = re.compile(r"^```claims\n(.*?)^```", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)

WORDS_A_MINUTE = 220
"""Of plain text, silently."""


def chapter_cards(page: Page) -> Markup:
    """Write a card for each chapter that the site has."""
    urls = {chapter: claims.chapter_url(chapter) for chapter in claims.chapters()}
    cards = [
        _card(chapter, address, page.site.pages[url])
        for chapter, url in urls.items()
        if (address := page.link_to(url)) is not None
    ]
    return element("ol", *cards, class_="chapter-cards", role="list")


def _card(chapter: str, address: str, source: Path) -> Markup:
    about = front_matter(source)
    own = claims.chapter_claims(chapter)
    squares = [_squares(own)] if own else []
    said = element("span", about["description"], class_="chapter-about")
    time = f"{minutes(source.read_text(encoding='utf-8'))} min"
    time = element("span", time, class_="chapter-time")
    title = element("strong", about["title"])
    return element("li", element("a", title, *squares, said, time, href=address))


def _squares(own: tuple[claims.Claim, ...]) -> Markup:
    """Write a square a claim; read aloud as one sentence."""
    found = sorted((cards.finding(claim.id).verdict for claim in own), key=claims.VERDICTS.index)
    counted = [f"{found.count(name)} {name}" for name in claims.VERDICTS if name in found]
    squares = (
        element("span", SHAPES[verdict], class_=f"verdict-{verdict}", aria_hidden="true")
        for verdict in found
    )
    said = f"{len(found)} claims: {', '.join(counted)}"
    return element("span", *squares, class_="chapter-squares", role="img", aria_label=said)


def facts(page: Page) -> Markup:
    """Write a chapter's line of facts.

    Raises:
        BuildError: The page is not a chapter.
    """
    urls = [claims.chapter_url(chapter) for chapter in claims.chapters()]
    if page.url not in urls:
        msg = "only a chapter has a line of facts"
        raise BuildError(msg)
    place = urls.index(page.url)
    text = page.source.read_text(encoding="utf-8")
    own = claims.chapter_claims(claims.chapters()[place])
    said = [
        f"Chapter {place + 1} of {len(urls)}",
        f"{minutes(text)} minutes to read",
        f"{len(CELL.findall(text))} editable charts",
        *([f"{len(own)} claims"] if own else []),
    ]
    return element("p", " · ".join(said), _releases(), class_="chapter-facts")


def _releases() -> Markup:
    """Write the choice of an earlier release to draw the chapter with; empty where none is."""
    days = releases.days()
    if not days:
        return Markup()
    options = [element("option", "newest", value="")]
    options += [element("option", f"of {day}", value=day) for day in days]
    label = element("label", " · Data: ", element("select", *options))
    return element("release-choice", label)


def minutes(text: str) -> int:
    """How long a page takes to read: its words without code, and those of its claims."""
    named = " ".join(CLAIMS.findall(text)).split()
    read = BLOCK.sub(" ", config.front_matter(text)[1])
    words = [EXPRESSION.sub("value", read)]
    words += [
        f"{claim.claim} {claim.evidence} {claim.reason}"
        for claim in claims.all_claims()
        if claim.id in named
    ]
    return max(2, round(len(" ".join(words).split()) / WORDS_A_MINUTE))


def front_matter(source: Path) -> dict[str, str]:
    """Read title and description of a page.

    Raises:
        ValueError: It has no front matter.
    """
    head, _ = config.front_matter(source.read_text(encoding="utf-8"))
    if not head:
        msg = f"{source} has no front matter"
        raise ValueError(msg)
    return head
