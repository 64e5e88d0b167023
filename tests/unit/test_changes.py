"""The list of changes of the data, and the feed that is made of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from buildlib import site_context
from livecells.author.page import Page
from livecells.datasets.errors import CatalogueError
from livecells.release import feeds
from trends import claims
from trends.datasets import changes
from trends.datasets.changes import DataChange
from trends.pages import changes as page

ROOT = Path(__file__).parents[2]
ATOM = {"a": feeds.ATOM}
OLD = DataChange(day=date(2026, 11, 25), title="Old", text='With "quotes" & more.')
NEW = DataChange(
    day=date(2027, 1, 31),
    title="New",
    text="peps 736 to 740 rows.",
    datasets=("peps",),
    verdicts=("jax-gaining: supported -> partly",),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose list has both changes."""
    monkeypatch.setenv("TRENDS_DATA", str(tmp_path))
    (tmp_path / changes.FILE).write_text(f"{changes.HEAD}\n{changes.written(OLD)}")
    changes.add(tmp_path, NEW)
    return tmp_path


def test_the_shipped_list_is_sound() -> None:
    assert changes.read(ROOT / "data")


def test_what_is_added_is_read_again(folder: Path) -> None:
    assert changes.read(folder) == (NEW, OLD)
    assert (folder / changes.FILE).read_text().count(changes.HEAD) == 1


@pytest.mark.usefixtures("folder")
def test_a_verdict_that_turned_is_marked_until_it_turns_back() -> None:
    mark = page.turned("jax-gaining", "partly")
    assert "changed since 2026-11: was supported" in mark
    assert page.turned("jax-gaining", "supported") == ""
    assert page.turned("django-8m", "contradicted") == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (changes.written(OLD) + changes.written(NEW), "'Old' of 2026-11-25 stands above"),
        (changes.written(NEW).replace("peps", "pep"), r"'New' names \['pep'\]"),
        (changes.written(NEW).replace("title", "titel"), "titel"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / changes.FILE).write_text(text)
    with pytest.raises(CatalogueError, match=reason):
        changes.read(tmp_path)


@pytest.mark.usefixtures("folder")
def test_the_feeds_have_an_entry_for_each_change_and_for_each_flip(tmp_path: Path) -> None:
    page.write_feeds(tmp_path, name="A site", url="https://example.org/x/")
    feed = ET.parse(tmp_path / feeds.FEED).getroot()
    assert feed.findtext("a:updated", namespaces=ATOM) == "2027-01-31T00:00:00Z"
    entries = feed.findall("a:entry", ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert ids == [
        "https://example.org/x/data/#change-2",
        "https://example.org/x/data/#change-2-jax-gaining",
        "https://example.org/x/data/#change-1",
    ]
    texts = [entry.findtext("a:content", namespaces=ATOM) or "" for entry in entries]
    assert texts[0].endswith("Tables: peps. Verdicts: jax-gaining: supported -> partly.")
    claim = claims.get("jax-gaining").claim
    assert texts[1] == f"“{claim}” was supported and is partly. Cause: New. peps 736 to 740 rows."
    assert texts[2] == OLD.text
    told = json.loads((tmp_path / feeds.JSON).read_text(encoding="utf-8"))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ids
    assert [item["content_text"] for item in told["items"]] == texts
    assert told["items"][1]["url"] == "https://example.org/x/claims/#claim-jax-gaining"
    assert told["items"][1]["_verdict"] == {
        "claim": "jax-gaining",
        "before": "supported",
        "after": "partly",
        "cause": "https://example.org/x/data/#change-2",
    }
    assert "_verdict" not in told["items"][0]


@pytest.mark.usefixtures("folder")
def test_the_page_shows_what_the_feed_links_to(tmp_path: Path) -> None:
    html = page.listing(Page(site_context(tmp_path), page.PAGE, tmp_path / "data.md"))
    assert 'href="../feed.xml"' in html
    assert 'href="../feed.json"' in html
    assert 'id="change-2"' in html
    assert "&amp; more" in html
    assert html.index("New") < html.index("Old")
