"""Claims of growth under other choices, and claims by package and by chapter."""

import re
from pathlib import Path

import polars as pl
import pytest

from chapters import SITE
from trends import claims, data, frames
from trends.charts import pay, scoreboard, squares
from trends.pages import chapters

ROOT = Path(__file__).parents[2]
GROWTH_CLAIMS = [claim.id for claim in claims.all_claims() if claim.grown]


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


@pytest.mark.parametrize("claim_id", GROWTH_CLAIMS)
def test_windows_agree_with_the_checks_of_the_ledger(claim_id: str) -> None:
    judged = claims.by_window(data.load("pypi_monthly_downloads")).filter(claim_id=claim_id)
    finding = claims.check(claim_id)
    counted = finding.extras.get("start_months_in_favour", finding.value)
    assert judged["favours"].unique().to_list() == [counted]
    assert judged["verdict"].unique().to_list() == [finding.verdict]
    assert len(judged) == len(frames.START_MONTHS)


def test_every_claim_with_five_start_months_is_among_them() -> None:
    named = {claim.id for claim in claims.all_claims() if "five start months" in claim.check}
    assert named == set(GROWTH_CLAIMS)


def test_a_stricter_majority_is_told_in_the_title() -> None:
    judged = claims.by_window(data.load("pypi_monthly_downloads"), needed=5)
    title = squares.window_grid(judged, needed=5).to_dict()["title"]["text"]
    assert title.endswith("with 5 needed jax-gaining changes")


def test_choices_that_do_not_exist_are_refused() -> None:
    ledger = data.load("claims")
    with pytest.raises(ValueError, match="'verdict' or 'part', not 'colour'"):
        scoreboard.blocks(ledger, by="colour")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="two languages are compared, not 1"):
        pay.pay_pairs(data.load("stackoverflow_pay_2025"), languages=["Python"])


def test_squares_lead_to_pages_that_exist() -> None:
    spec = scoreboard.blocks(data.load("claims")).to_dict()
    links = set(re.findall(r"'href': '\./([^#]*)/#claim-", str(spec["datasets"])))
    chapter = {claim.chapter.removesuffix("/index") for claim in claims.all_claims()}
    assert links == chapter


def test_chapters_stand_in_the_order_of_the_nav() -> None:
    listed = claims.chapters()
    nav = re.findall(r"^ +- (?:.*: )?(\S+)\.md$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    there = [chapter for chapter in listed if (SITE / f"{chapter}.md").is_file()]
    assert [page for page in nav if page in listed] == there


def test_a_page_without_front_matter_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# No front matter\n")
    with pytest.raises(ValueError, match=r"page\.md has no front matter"):
        chapters.front_matter(page)
