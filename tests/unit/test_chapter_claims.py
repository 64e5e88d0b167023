"""Every claim stands on its chapter's page exactly once, and on no other."""

import re
from collections import Counter

import pytest

from chapters import SITE
from trends import claims

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
    fences = "```facts\n```\n", "```verdicts\n```\n"
    words = "**Question.**", "**In two sentences.**", "## Read with care", "**Sources.**"
    wrong = [part for part in (*fences, *words) if text.count(part) != 1]
    assert not wrong, f"a chapter has each of these once: {wrong}"


def test_no_other_page_carries_a_claim() -> None:
    pages = {path.relative_to(SITE).with_suffix("").as_posix(): path for path in SITE.rglob("*.md")}
    carrying = {name for name, path in pages.items() if FENCE.search(path.read_text())}
    assert carrying == set(CHAPTERS)
