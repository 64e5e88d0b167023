"""The page of all claims: whole without JavaScript; with it filters, order and links."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, expect

from browser.reader import Reader
from browser.server import PagesServer
from livecells.release.version import read_changes
from trends import claims

PAGE = "claims/"
VERDICTS = ("supported", "partly", "contradicted", "untestable")


@cache
def ledger() -> pl.DataFrame:
    return claims.frame()


def total() -> int:
    return ledger().height


def count(verdict: str) -> int:
    return ledger().filter(verdict=verdict).height


def contradicted() -> str:
    """What the status says when the contradicted claims are shown."""
    return f"{count('contradicted')} of {total()} claims: {count('contradicted')} contradicted"


def shown(reader: Reader) -> Locator:
    return reader.page.locator("claim-table tbody:not([hidden])")


def ids(reader: Reader) -> list[str]:
    bodies = reader.page.locator("claim-table > table > tbody")
    found: list[str] = bodies.evaluate_all(
        "all => all.filter(one => !one.hidden).map(one => one.id.replace('claim-', ''))"
    )
    return found


def head(reader: Reader, name: str) -> Locator:
    heads = reader.page.locator("table.ledger > thead th")
    return heads.filter(has=reader.page.get_by_role("button", name=name, exact=True))


def status(reader: Reader) -> Locator:
    return reader.page.locator("claim-table > [role=status]")


def query(reader: Reader) -> str:
    return str(reader.page.evaluate("location.search"))


def test_without_javascript_the_table_is_whole(browser: Browser, server: PagesServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}{PAGE}#claim-polars-89m")
    bodies = page.locator("table.ledger > tbody")
    frame = ledger()
    expect(bodies).to_have_count(frame.height)
    verdicts = page.locator("table.ledger > tbody > tr:first-child .verdict").all_inner_texts()
    words = [re.sub(r"\W", "", text) for text in verdicts]
    assert words == frame["verdict"].to_list()
    expect(page.locator("#claim-polars-89m")).to_be_in_viewport()
    expect(page.get_by_role("search", name="Filter the claims")).to_have_count(0)
    expect(page.locator("table.ledger button:visible")).to_have_count(0)
    page.locator("#claim-polars-89m summary").click()
    expect(page.locator("#claim-polars-89m code-cell pre").first).to_be_visible()
    context.close()


def test_every_row_has_what_a_reader_needs(reader: Reader) -> None:
    reader.open(PAGE)
    for row in ledger().iter_rows(named=True):
        body = reader.page.locator(f"tbody#claim-{row['claim_id']}")
        text = body.text_content() or ""
        for field in ("claim", "claimed_value", "kind", "reason", "as_of"):
            assert row[field] in text, (row["claim_id"], field)
        assert row["value"] in text
        assert body.locator(f"code-cell#check-{row['claim_id']}").count() == 1


def test_a_phone_shows_verdict_and_claim_and_a_tap_opens_the_rest(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 844})
    reader.open(PAGE)
    assert page.evaluate("document.documentElement.scrollHeight") <= 10_000
    sorts = page.locator("table.ledger > thead button:visible")
    assert sorts.all_inner_texts() == ["Verdict", "Claim", "Chapter"]
    body = page.locator("#claim-polars-89m")
    said = body.locator(".claim-said")
    expect(said).to_be_hidden()
    body.get_by_role("rowheader").first.click(position={"x": 100, "y": 5}, force=True)
    expect(said).to_be_visible()
    expect(body.locator("td[data-label=Chapter]")).to_be_visible()
    expect(body.locator("dl")).to_be_visible()


def test_chapter_links_lead_to_the_card(reader: Reader, built_site: Path) -> None:
    reader.open(PAGE)
    links: list[str] = reader.page.locator("td[data-label=Chapter] a").evaluate_all(
        "all => all.map(one => one.href)"
    )
    assert len(links) > 10
    for link in links:
        path, _, anchor = link.removeprefix(reader.server.url).partition("#")
        html = (built_site / path / "index.html").read_text()
        assert f'id="{anchor}"' in html, link


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("verdict", "contradicted", {"verdict": "contradicted"}),
        ("kind", "judged", {"kind": "judged"}),
        ("chapter", "frameworks/async", {"chapter": "frameworks/async"}),
    ],
)
def test_filters_leave_what_they_say(
    reader: Reader, field: str, value: str, wanted: dict[str, str]
) -> None:
    reader.open(PAGE)
    reader.page.locator(f"claim-table select[name={field}]").select_option(value)
    expected = ledger().filter(**wanted)["claim_id"].to_list()
    expect(status(reader)).to_contain_text(f"{len(expected)} of {total()} claims")
    assert ids(reader) == expected
    assert f"{field}=" in query(reader)
    reader.page.get_by_role("button", name="Show all").click()
    expect(status(reader)).to_have_text(
        f"{total()} claims: " + ", ".join(f"{count(kind)} {kind}" for kind in VERDICTS)
    )
    assert query(reader) == ""


def test_a_part_of_the_article_can_be_chosen(reader: Reader) -> None:
    reader.open(PAGE)
    reader.page.locator("select[name=chapter]").select_option("frameworks")
    frame = ledger()
    chapters = frame.filter(pl.col("chapter").str.starts_with("frameworks/"))
    expect(status(reader)).to_contain_text(f"{len(chapters)} of {total()}")
    assert ids(reader) == chapters["claim_id"].to_list()


def test_text_finds_words_and_packages(reader: Reader) -> None:
    reader.open(PAGE)
    field = reader.page.get_by_role("searchbox", name="Text or package")
    field.press_sequentially("package:polars")
    named = pl.col("packages").str.split("; ").list.contains("polars")
    expected = ledger().filter(named)["claim_id"].to_list()
    expect(status(reader)).to_contain_text(f"{len(expected)} of {total()}")
    assert ids(reader) == expected
    assert query(reader) == "?q=package%3Apolars"
    field.fill("Polars RUST")
    expect(reader.page.locator("tbody#claim-polars-rust")).to_be_visible()
    field.fill("no such words at all")
    expect(status(reader)).to_have_text(f"0 of {total()} claims")


def test_columns_sort_and_say_so(reader: Reader) -> None:
    reader.open(PAGE)
    verdict = head(reader, "Verdict")
    order = [claim.id for claim in claims.all_claims()]
    verdict.get_by_role("button").click()
    expect(verdict).to_have_attribute("aria-sort", "ascending")
    frame = ledger().sort("verdict", maintain_order=True)
    assert ids(reader) == frame["claim_id"].to_list()
    verdict.get_by_role("button").click()
    expect(verdict).to_have_attribute("aria-sort", "descending")
    assert "order=descending" in query(reader)
    verdict.get_by_role("button").click()
    expect(verdict).not_to_have_attribute("aria-sort", re.compile("."))
    assert ids(reader) == order
    head(reader, "Found").get_by_role("button").click()
    values = [reader.page.evaluate(
        "id => document.querySelector(`#claim-${id} td[data-label=Found]`).dataset.value", name
    ) for name in ids(reader)]  # fmt: skip
    numbers = [float(value) for value in values if re.fullmatch(r"-?[\d.]+", value)
               and value.count(".") < 2]  # fmt: skip
    assert numbers == sorted(numbers)
    assert values[-1] == "", "what has no value comes last"


def test_the_address_carries_filter_and_order(reader: Reader) -> None:
    reader.open(f"{PAGE}?verdict=contradicted&sort=claim&order=descending")
    expect(status(reader)).to_contain_text(contradicted())
    frame = ledger().filter(verdict="contradicted")
    found = ids(reader)
    assert sorted(found) == sorted(frame["claim_id"])
    texts = reader.page.locator(".ledger > tbody:not([hidden]) > tr > th").all_inner_texts()
    assert texts == sorted(texts, key=str.casefold, reverse=True)


def test_an_address_with_nonsense_shows_all(reader: Reader) -> None:
    reader.open(f"{PAGE}?verdict=maybe&sort=colour&chapter=../..")
    expect(status(reader)).to_contain_text(f"{total()} claims: ")


@pytest.mark.parametrize("path", [f"{PAGE}#claim-django-8m", f"{PAGE}?kind=judged#claim-django-8m"])
def test_a_deep_link_opens_the_row(reader: Reader, path: str) -> None:
    reader.open(path)
    row = reader.page.locator("tbody#claim-django-8m")
    expect(row.locator("details").first).to_have_attribute("open", "")
    expect(row.get_by_role("rowheader").first).to_be_in_viewport()


def test_the_scoreboard_leads_to_the_filtered_ledger(reader: Reader) -> None:
    reader.open()
    reader.page.evaluate("window.isSamePage = true")
    reader.page.locator(".scoreboard a", has_text="contradicted").click()
    expect(status(reader)).to_contain_text(contradicted())
    assert reader.page.evaluate("window.isSamePage"), "the page was loaded anew"
    reader.page.go_back()
    expect(reader.page.locator(".scoreboard")).to_be_visible()


def test_a_check_runs_in_its_row(reader: Reader) -> None:
    reader.open(f"{PAGE}#claim-django-8m")
    cell = reader.cell("check-django-8m")
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text("contradicted")
    head(reader, "Claim").get_by_role("button").click()
    expect(reader.outputs(cell)).to_contain_text("contradicted")
    reader.wait_for_state(cell, "ok")


def test_a_claim_is_cited_in_each_form(reader: Reader) -> None:
    reader.open(f"{PAGE}?verdict=contradicted#claim-django-8m")
    reader.page.locator("#claim-django-8m").get_by_role("button", name="Cite").click()
    dialog = reader.page.get_by_role("dialog", name="Cite")
    dialog.get_by_role("button", name="Copy").first.click()
    plain, bibtex, csl, link, script, address = dialog.locator("pre").all_inner_texts()
    assert reader.page.evaluate("navigator.clipboard.readText()") == plain
    quoted = "“Django gets roughly 8 million downloads a month.” Contradicted: Claimed 8 million"
    assert plain.startswith(quoted)
    own = f"{reader.server.url}{PAGE}#claim-django-8m"
    newest = read_changes(Path("CHANGELOG.md"))[0]
    assert f"version {newest['version']} of {newest['date']}" in plain
    for text in (plain, bibtex, csl):
        assert own in text
    assert json.loads(csl)[0]["version"] == newest["version"]
    assert bibtex.startswith("@misc{claim-django-8m,")
    assert link.startswith(f"{own}:~:text=Django")
    assert 'data-figure="claim-django-8m"' in script
    assert address == f"{reader.server.url}figures/claim-django-8m.html"
    reader.page.keyboard.press("Escape")
    reader.page.goto(link)
    row = reader.page.locator("#claim-django-8m").get_by_role("rowheader", name="Django gets")
    expect(row).to_be_in_viewport()


def test_downloads_are_the_ledger(reader: Reader) -> None:
    reader.open(PAGE)
    frame = ledger()
    contents = {}
    for kind in ("csv", "json"):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name=f"claims.{kind}").click()
        contents[kind] = download.value.path().read_bytes()
    as_text = frame.with_columns(pl.all().cast(pl.String))
    source = io.BytesIO(contents["csv"])
    csv = pl.read_csv(source, infer_schema=False, missing_utf8_is_empty_string=True)
    assert csv.equals(as_text)
    assert json.loads(contents["json"]) == as_text.to_dicts()
    assert csv.height == total()
