"""What to do with a finding: a sentence for whoever decides, and the claim on which it rests."""

import re
from collections.abc import Iterable

from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.markup import Markup, element
from trends import claims
from trends.pages import cards, claimed

FENCE = re.compile(r"^```advice\n(.*?)^```", re.DOTALL | re.MULTILINE)


def of_chapter(page: Page, source: str) -> Markup:
    """Write the advice of a chapter: in each line the id of one of its claims, and a sentence."""
    advice = lines(source)
    return _listed(page, ((cards.of_page(page, one), said) for one, said in advice.items()))


def brief(page: Page, source: str) -> Markup:
    """Write chosen advice of all chapters: in each line the id of a claim."""
    known: dict[str, str] = {}
    for chapter in claims.chapters():
        file = page.site.pages.get(claims.chapter_url(chapter))
        for text in FENCE.findall(file.read_text(encoding="utf-8")) if file else ():
            known |= lines(text)
    missing = [claim_id for claim_id in source.split() if claim_id not in known]
    if missing:
        msg = f"no chapter has advice that rests on {', '.join(missing)}"
        raise BuildError(msg)
    return _listed(page, ((claims.get(one), known[one]) for one in source.split()))


def lines(source: str) -> dict[str, str]:
    """Read advice: sentences by the id of the claim on which each rests.

    Raises:
        BuildError: A line has no id of a claim, or no sentence.
    """
    found: dict[str, str] = {}
    for line in source.strip().splitlines():
        claim_id, _, sentence = (part.strip() for part in line.partition(":"))
        if not sentence:
            msg = f"write the id of a claim, a colon and a sentence, not {line!r}"
            raise BuildError(msg)
        found[cards.known(claim_id).id] = sentence
    return found


def _listed(page: Page, advice: Iterable[tuple[claims.Claim, str]]) -> Markup:
    entries = (_entry(page, claim, sentence) for claim, sentence in advice)
    return element("ol", *entries, class_="advice")


def _entry(page: Page, claim: claims.Claim, sentence: str) -> Markup:
    finding = cards.finding(claim.id)
    url = claims.chapter_url(claim.chapter)
    address = "" if url == page.url else page.link_to(url)
    verdict = element("a", claims.badge(finding.verdict), href=f"{address}#claim-{claim.id}")
    words = (f"Claim: {claim.claim} ", verdict, " ", claimed.sentence(claim, finding))
    return element("li", element("strong", sentence), element("span", *words, class_="advice-why"))
