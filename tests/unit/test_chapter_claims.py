"""Every claim stands on its chapter's page exactly once, and on no other."""

import re
from collections import Counter

import pytest

from chapters import SITE
from livecells.errors import BuildError
from trends import claims
from trends.pages import advice

FENCE = re.compile(r"^```claims\n(.*?)^```$", re.M | re.S)
CHAPTERS = sorted({claim.chapter for claim in claims.all_claims()})


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_has_its_claims_once(chapter: str) -> None:
    text = (SITE / f"{chapter}.md").read_text(encoding="utf-8")
    shown = Counter(" ".join(FENCE.findall(text)).split())
    assert shown == Counter(claim.id for claim in claims.chapter_claims(chapter))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_has_its_parts(chapter: str) -> None:
    text = (SITE / f"{chapter}.md").read_text(encoding="utf-8")
    fences = "```facts\n```\n", "```verdicts\n```\n", "**Sources.**\n\n```sources\n"
    words = "**Question.**", "**In two sentences.**", "## Read with care"
    wrong = [part for part in (*fences, *words) if text.count(part) != 1]
    assert not wrong, f"a chapter has each of these once: {wrong}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_ends_in_advice_that_rests_on_its_claims(chapter: str) -> None:
    text = (SITE / f"{chapter}.md").read_text(encoding="utf-8")
    assert "## What to do with it\n\n```advice\n" in text
    (fence,) = advice.FENCE.findall(text)
    own = {claim.id for claim in claims.chapter_claims(chapter)}
    found = advice.lines(fence)
    assert found.keys() <= own
    assert len(found) >= min(2, len(own))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("flask-niche", "write the id of a claim, a colon and a sentence"),
        ("flask-niche:", "write the id of a claim, a colon and a sentence"),
        ("flask-nich: Leave it alone.", "flask-niche"),
    ],
)
def test_advice_without_a_sentence_or_claim_is_refused(line: str, said: str) -> None:
    with pytest.raises(BuildError, match=said):
        advice.lines(line)


def test_no_other_page_carries_a_claim() -> None:
    pages = {path.relative_to(SITE).with_suffix("").as_posix(): path for path in SITE.rglob("*.md")}
    carrying = {name for name, path in pages.items() if FENCE.search(path.read_text())}
    assert carrying == set(CHAPTERS)
