"""Verdicts as a reader sees them: always a word and a shape, colour only beside them."""

from collections import Counter

from livecells.markup import Markup, element
from trends import claims
from trends.claims import SHAPES, badge
from trends.pages import cards


def strip(url: str) -> Markup:
    """Write the claims of a page as a row of shapes, each a link to its card.

    Args:
        url: Address of the page below the site's root.
    """
    links = [
        element("li", _square(claim, cards.finding(claim.id)))
        for claim in claims.all_claims()
        if cards.chapter_url(claim.chapter) == url
    ]
    return element("ul", *links, class_="verdict-strip", aria_label="Verdicts of this chapter")


def _square(claim: claims.Claim, finding: claims.Finding) -> Markup:
    return element(
        "a",
        element("span", SHAPES[finding.verdict], aria_hidden="true"),
        href=f"#claim-{claim.id}",
        class_=f"verdict-{finding.verdict}",
        title=f"{finding.verdict}: {claim.claim}",
        aria_label=f"{finding.verdict}: {claim.claim}",
    )


def scoreboard(ledger: str = "claims/") -> Markup:
    """Write how many claims have each verdict; each number leads to those claims.

    Args:
        ledger: Address of the page of all claims, seen from the page that shows this.
    """
    found = counts()
    entries = [
        element(
            "li",
            element(
                "a",
                element("strong", found[verdict]),
                " ",
                badge(verdict),
                href=f"{ledger}?verdict={verdict}",
            ),
        )
        for verdict in claims.VERDICTS
    ]
    return element("ul", *entries, class_="scoreboard", aria_label="Verdicts of all claims")


def counts() -> Counter[claims.Verdict]:
    """How many claims have each verdict."""
    return Counter(cards.finding(claim.id).verdict for claim in claims.all_claims())
