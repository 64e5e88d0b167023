"""The story's own fences: claim cards, the ledger, the chapters, an entry of the data catalogue."""

from typing import Any

from livecells.author import fence
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.markup import Markup, element, join
from trends import claims
from trends.pages import cards, catalogue, changes, chapters, ledger, verdicts


def format_claims(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the cards of the claims named, one id a line, in the order of the lines."""

    def write(page: Page) -> Markup:
        return join(*(_card(page, line.strip()) for line in source.split()))

    return fence.guarded(md, "claims", write)


def format_verdicts(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the claims of the chapter as a row of shapes."""
    return fence.guarded(md, "verdicts", lambda page: verdicts.strip(page.url))


def format_ledger(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the table of all claims."""
    return fence.guarded(md, "ledger", ledger.table)


def format_chapters(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write a card for each chapter."""
    return fence.guarded(md, "chapters", chapters.chapter_cards)


def format_dataset(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the catalogue's entry of the dataset named."""
    return fence.guarded(md, "dataset", lambda page: catalogue.entry(page, source.strip()))


def _card(page: Page, claim_id: str) -> Markup:
    try:
        claim = claims.get(claim_id)
    except claims.ClaimUnknownError as error:
        raise BuildError(str(error)) from error
    if page.url != cards.chapter_url(claim.chapter):
        msg = f"claim {claim_id} belongs to chapter {claim.chapter}"
        raise BuildError(msg)
    finding = claims.check(claim_id)
    rows = [
        ("Claimed", cards.claimed(claim)),
        ("Found", cards.found(claim, finding)),
        ("Why", claim.reason),
    ]
    anchor = f"claim-{claim_id}"  # of the heading: there the site's search begins a result
    words = (claims.badge(finding.verdict), " ", claim.claim)
    return element(
        "section",
        element("h3", *words, class_="claim-head", id=anchor),
        changes.turned(claim_id, finding.verdict),
        element("dl", *(join(element("dt", name), element("dd", value)) for name, value in rows)),
        element("details", element("summary", "How it is checked"), *cards.check(page, claim)),
        class_="claim",
        data_verdict=finding.verdict,
        aria_labelledby=anchor,
    )
