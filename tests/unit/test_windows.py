"""Claims under other rules, and claims by package and by chapter."""

import re
from pathlib import Path

import polars as pl
import pytest

from chapters import SITE
from trends import claims, data
from trends.charts import pay, scoreboard
from trends.claims import tried
from trends.claims.ledger import LEDGER
from trends.pages import cards, chapters

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


@pytest.mark.parametrize("one", tried.TRIED, ids=lambda one: one.name)
def test_the_table_of_rules_counts_what_the_checks_say(one: tried.Tried) -> None:
    ledger = dict(data.load("claims").select("claim_id", "verdict").iter_rows())
    found = {
        claim.id: claims.check(claim.id, present=one.present, rule=one.rule).verdict
        for claim in claims.all_claims()
    }
    turned = {
        claim_id: found[claim_id] for claim_id in found if found[claim_id] != ledger[claim_id]
    }
    table = claims.rules_tried(data.load("claim_checks")).filter(rule=one.name)
    assert table["turned"].to_list() == [len(turned)]
    for verdict in set(turned.values()):
        (said,) = table[f"to_{verdict}"]
        assert set(said.split(", ")) == {name for name, now in turned.items() if now == verdict}


def test_claims_that_no_rule_reaches_have_no_value() -> None:
    unreached = data.load("claim_checks").filter(pl.col("turns").is_null())["claim_id"]
    varied = {name for name, cell in LEDGER.cells.items() if {"rule", "present"} & cell.names}
    assert set(unreached) == {claim.id for claim in claims.all_claims()} - varied


def test_the_ledger_says_where_a_verdict_turns() -> None:
    assert cards.steadiness(claims.get("fastapi-9m")) == "Holds under every rule tried."
    said = cards.steadiness(claims.get("jax-gaining"))
    assert said.startswith("Changes to contradicted (from May 2023 alone; ")
    assert "to partly (" in said


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
