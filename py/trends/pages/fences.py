"""The story's own fences: claim cards, the ledger, the chapters and other pieces of a page."""

from collections.abc import Callable, Mapping
from typing import Any

from livecells.author import fence
from livecells.author.page import Page
from livecells.figures.publish import Card
from livecells.markup import Markup, element, join
from trends import claims
from trends.pages import (
    advice,
    cards,
    catalogue,
    changes,
    chapters,
    claimed,
    explorer,
    ledger,
    sources,
    verdicts,
)


def write(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write a fence; its language names the piece of the page."""
    return fence.guarded(md, language, lambda page: PIECES[language](page, source.strip()))


def _claims(page: Page, source: str) -> Markup:
    """Write the cards of the claims named, one id a line, in the order of the lines."""
    return join(*(_card(page, line) for line in source.split()))


def _card(page: Page, claim_id: str) -> Markup:
    claim = cards.of_page(page, claim_id)
    finding = cards.finding(claim_id)
    anchor = f"claim-{claim_id}"  # of the heading: there the site's search begins a result
    words = (claims.badge(finding.verdict), " ", claim.claim)
    said = claimed.sentence(claim, finding)
    page.site.figures.cards[anchor] = Card(
        anchor,
        claim.claim,
        join(element("p", element("strong", *words)), element("p", said)),
        "Evidence, and the check in Python",
        page.url,
    )
    return element(
        "section",
        element("h3", *words, class_="claim-head", id=anchor),
        changes.turned(claim_id, finding.verdict),
        element("p", said, class_="claim-said"),
        claimed.line(claim, finding),
        element(
            "details",
            element("summary", "Evidence, and how it is checked"),
            cards.evidence(claim, finding),
            *cards.check(page, claim),
            cards.cite_claim(claim, finding, said),
        ),
        class_="claim",
        data_verdict=finding.verdict,
        aria_labelledby=anchor,
    )


PIECES: Mapping[str, Callable[[Page, str], Markup]] = {
    "advice": advice.of_chapter,
    "brief": advice.brief,
    "changes": lambda page, _source: changes.listing(page),
    "chapters": lambda page, _source: chapters.chapter_cards(page),
    "claims": _claims,
    "dataset": catalogue.entry,
    "explorer": lambda _page, _source: explorer.controls(),
    "facts": lambda page, _source: chapters.facts(page),
    "ledger": lambda page, _source: ledger.table(page),
    "open-table": lambda _page, _source: catalogue.chooser(),
    "rules": lambda page, _source: ledger.rules(page),
    "scoreboard": lambda _page, _source: verdicts.scoreboard(),
    "sources": sources.of_page,
    "verdicts": lambda page, _source: verdicts.strip(page.url),
}
"""What each fence writes, by its language; mkdocs.yml lists them for the Markdown extension."""
