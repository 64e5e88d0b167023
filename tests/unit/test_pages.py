"""The story's pages: the ledger's table, the data catalogue, claims as a list."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mkdocs.config import load_config

from buildlib import converting, site_context
from livecells.author.page import Page
from livecells.errors import BuildError
from trends import claims, data
from trends.pages import downloads, fences, sources, uses, verdicts

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


def open_page(folder: Path, url: str, *others: str) -> Page:
    pages = dict.fromkeys(("", url, *others), folder / "page.md")
    return Page(site_context(folder, pages=pages), url, folder / "page.md")


def formatted(page: Page, name: str, source: str) -> str:
    return fences.write(source, name, name, {}, converting(page))


def test_an_unknown_dataset_stops_the_build_with_the_near_misses(tmp_path: Path) -> None:
    page = open_page(tmp_path, "data/")
    formatted(page, "dataset", "pep")
    with pytest.raises(BuildError, match=r"page\.md:0: no dataset .*'pep': did you mean peps"):
        page.site.require_no_errors()


def test_an_entry_links_only_to_what_is_there(tmp_path: Path) -> None:
    page = open_page(tmp_path, "data/")
    alone = formatted(page, "dataset", "peps")
    assert "Open in a cell" not in alone
    assert 'href="../data/peps.csv"' in alone
    page = open_page(tmp_path, "data/", "playground/", "claims/")
    linked = formatted(page, "dataset", "peps")
    assert 'href="../playground/?open=peps"' in linked
    assert 'href="../claims/#claim-' in linked


def test_links_start_where_the_generator_takes_addresses_from(tmp_path: Path) -> None:
    page = open_page(tmp_path, "data/", "claims/")
    assert (page.root, page.link_to("claims/")) == ("../", "../claims/")
    moved = Page(page.site, "data/", page.source, base="data.md")
    assert (moved.root, moved.link_to("claims/")) == ("", "claims/")


def test_the_long_list_has_no_csv(tmp_path: Path) -> None:
    page = open_page(tmp_path, "data/")
    assert not downloads.has_csv(data.describe("pypi_top_packages"))
    entry = formatted(page, "dataset", "pypi_top_packages")
    assert "no CSV" in entry
    assert "pypi_top_packages.csv" not in entry


def test_a_page_lists_whose_data_it_shows(tmp_path: Path) -> None:
    cell = '```python cell="a" hide\nfrom trends import data\n\ndata.load("peps")\n```\n'
    (tmp_path / "page.md").write_text(f"# One\n\n{cell}")
    page = open_page(tmp_path, "frameworks/modern-web/")
    listed = formatted(page, "sources", "A text <https://example.org/text>")
    names = {name for claim in claims.page_claims(page.url) for name in claim.tables}
    names.add("peps")
    owed = {text for name in names for text in data.files.describe(name).attribution}
    assert listed.count("<li>") == len(owed) + 1
    assert '<a href="https://github.com/python/peps">github.com/python/peps</a>' in listed
    assert '<a href="https://example.org/text">A text</a>' in listed


def test_a_claim_names_its_tables_and_texts_as_links(tmp_path: Path) -> None:
    page = open_page(tmp_path, "claims/")
    said = sources.of_claim(page, claims.get("snapstart-python"))
    assert '<a href="https://github.com/hugovk/top-pypi-packages">' in said
    assert '<a href="https://aws.amazon.com/' in said


def test_every_piece_is_a_fence_of_the_site() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    fenced = config["mdx_configs"]["pymdownx.superfences"]["custom_fences"]
    own = {one["name"] for one in fenced if one["format"] is fences.write}
    assert own == set(fences.PIECES)


def test_the_rules_tried_link_each_claim_that_turns(tmp_path: Path) -> None:
    html = formatted(open_page(tmp_path, "method/", "claims/"), "rules", "")
    turned = claims.turned(data.load("claim_checks"))
    found = re.findall(r'href="../claims/#claim-([a-z0-9-]+)" title="([a-z]+)"', html)
    assert sorted(found) == sorted(turned.select("claim_id", "turned").rows())


def test_only_a_chapter_has_facts(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text('# One\n\n```facts\n```\n\n```python cell="a" hide\n1\n```\n')
    page = open_page(tmp_path, "frameworks/async/")
    said = f"Chapter 4 of {len(claims.chapters())} · 2 minutes to read · 0 editable charts"
    assert said in formatted(page, "facts", "")
    page = open_page(tmp_path, "data/")
    formatted(page, "facts", "")
    with pytest.raises(BuildError, match=r"page\.md:3: only a chapter has a line of facts"):
        page.site.require_no_errors()


def test_what_the_site_says_is_under_lock() -> None:
    lock = json.loads((ROOT / "tests/golden/prose.json").read_text(encoding="utf-8"))
    said = {name: text for page in lock.values() for name, text in page.items()}
    charts = [name for name in said if name.endswith(": description")]
    assert len(charts) > 70
    assert len(said) - len(charts) > 300
    assert said['july["fastapi"] | millions'] == "109.9 million"


def test_no_dataset_ships_unused() -> None:
    """Each is read by a cell of a page, and so stands behind something that a reader sees."""
    pages = {page.as_posix(): page for page in sorted((ROOT / "site").rglob("*.md"))}
    checked = {name for claim in claims.all_claims() for name in claim.tables}
    unused = [name for name in data.NAMES if not uses.cells_with(name, pages)]
    assert [name for name in unused if name not in checked] == []


def test_a_claim_of_another_chapter_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# One\n\n```claims\ndjango-8m\n```\n")
    page = open_page(tmp_path, "libraries/ai-ml/")
    formatted(page, "claims", "django-8m")
    with pytest.raises(BuildError, match=r"page\.md:3: claim django-8m belongs to chapter"):
        page.site.require_no_errors()


def test_cells_that_read_a_table_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '```python cell="one"\ndata.load("peps")\n```\n\n'
        '```python\ndata.load("peps")\n```\n\n'
        '```python cell="two"\npl.scan_parquet("data/claims.parquet")\n```\n'
    )
    pages = {"page/": page, "gone/": tmp_path / "gone.md"}
    assert uses.cells_with("peps", pages) == [("page/", "one")]
    assert uses.cells_with("claims", pages) == [("page/", "two")]
    assert uses.cells_with("packages", pages) == []


def test_the_ledger_links_chapters_that_the_site_has(tmp_path: Path) -> None:
    page = open_page(tmp_path, "claims/", "frameworks/async/", "recommendations/")
    table = formatted(page, "ledger", "")
    assert table.count("<tbody") - table.count('<table class="frame"') >= len(claims.all_claims())
    assert 'href="../frameworks/async/#claim-async-shift"' in table
    assert 'href="../recommendations/#claim-' in table, "part/index stands at part/"
    assert "frameworks/modern-web/#" not in table


def test_the_scoreboard_leads_to_the_ledger() -> None:
    board = verdicts.scoreboard()
    for verdict, count in verdicts.counts().items():
        assert f'href="claims/?verdict={verdict}"' in board
        assert f"<strong>{count}</strong>" in board


def test_a_listing_counts_and_shows_word_and_shape() -> None:
    ledger = data.load("claims")
    shown = claims.listing(ledger.filter(verdict="untestable"))
    assert repr(shown).splitlines()[0] == "9 claims: 9 untestable"
    assert shown._repr_html_().count("○") == 9
    assert repr(claims.listing(ledger.clear())) == "0 claims"
