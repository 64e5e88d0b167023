"""Verdicts as a reader sees them: always a word and a shape, colour only beside them."""

from collections import Counter

from livecells.markup import Markup, element
from trends import claims
from trends.claims import SHAPES, badge
from trends.pages import cards


def strip(url: str) -> Markup:
    """Write the claims of the page at an address as shapes, each a link to its card."""
    links = [
        element("li", _square(claim, cards.finding(claim.id))) for claim in claims.page_claims(url)
    ]
    return element("ul", *links, class_="verdict-strip", aria_label="Verdicts of this chapter")


def _square(claim: claims.Claim, finding: claims.Finding) -> Markup:
    shape = element("span", SHAPES[finding.verdict], aria_hidden="true")
    said = f"{finding.verdict}: {claim.claim}"
    about = {"class_": f"verdict-{finding.verdict}", "title": said, "aria_label": said}
    return element("a", shape, href=f"#claim-{claim.id}", **about)


def scoreboard() -> Markup:
    """Write how many claims have each verdict; each number leads to those claims."""
    found = counts()
    links = (
        element("a", element("strong", found[one]), " ", badge(one), href=f"claims/?verdict={one}")
        for one in claims.VERDICTS
    )
    entries = (element("li", link) for link in links)
    return element("ul", *entries, class_="scoreboard", aria_label="Verdicts of all claims")


def counts() -> Counter[claims.Verdict]:
    """How many claims have each verdict."""
    return Counter(cards.finding(claim.id).verdict for claim in claims.all_claims())
