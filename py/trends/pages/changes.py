"""What changed in the data, as a list on the data page and as a feed that readers subscribe to."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl

from livecells.author.page import Page
from livecells.kernel.display.tables import frame_html
from livecells.markup import Markup, element, join
from trends import claims, data, releases
from trends.datasets import changes
from trends.datasets.changes import DataChange

FEED, JSON = "feed.xml", "feed.json"
PAGE, LEDGER = "data/", "claims/"
MADE = {"claims", "claim_checks"}
"""Made from all others: what they say is shown claim by claim."""

ROWS_SHOWN = 20

TURN = re.compile(r"(?P<claim>[a-z0-9-]+): (?P<before>[a-z ]+) -> (?P<after>[a-z ]+?)(?= \(|$)")
"""A line of `verdicts`; the values may follow in brackets."""

ATOM = "http://www.w3.org/2005/Atom"


def listing(page: Page) -> Markup:
    """Write the changes for the data page, newest first, each with an address of its own."""
    kept, found = releases.days(), _numbered()
    olds = [str(change.day) for _, change in found[1:]] + [""]
    items = [
        _item(change, number, old if old in kept else "")
        for (number, change), old in zip(found, olds, strict=True)
    ]
    atom = element("a", "Atom", href=f"{page.root}{FEED}", type="application/atom+xml")
    feed = element("a", "JSON", href=f"{page.root}{JSON}", type="application/feed+json")
    said = "Each change, with the verdicts that it turned; as a feed in "
    head = element("p", said, atom, " or ", feed, ".")
    return element("div", head, element("ol", *items, role="list"), class_="data-changes")


def turned(claim_id: str, verdict: str) -> Markup:
    """Mark a claim whose verdict is not the one that was first published; else write nothing."""
    oldest_first = changes.read(data.folder())[::-1]
    turns = (turn for change in oldest_first for turn in _turns(change))
    first = next((before for name, before, _ in turns if name == claim_id), verdict)
    if first == verdict:
        return Markup("")
    since = oldest_first[0].day
    return element("small", f" changed since {since:%Y-%m}: was {first}", class_="verdict-turned")


def write_feeds(site: Path, *, name: str, url: str) -> None:
    """Write the feeds, Atom and JSON, into a built site that is called and lies so."""
    title, entries = f"{name}: changes of the data", list(_entries(url))
    about = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    about |= {"home_page_url": f"{url}{PAGE}#what-changed", "feed_url": f"{url}{JSON}"}
    feed = {**about, "authors": [{"name": name}], "items": [one.item for one in entries]}
    (site / JSON).write_text(json.dumps(feed, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _write_atom(site, entries, title=title, name=name, url=url)


@dataclass(frozen=True)
class Entry:
    """What a reader of a feed is told: a change of the data, or a verdict that it has turned."""

    id: str
    url: str
    title: str
    text: str
    moment: str
    verdict: dict[str, str] | None = None

    @property
    def item(self) -> dict[str, object]:
        """The entry as the JSON feed has it; what turned is for programs."""
        about = {"id": self.id, "url": self.url, "title": self.title, "content_text": self.text}
        turned = {"_verdict": self.verdict} if self.verdict else {}
        return {**about, "date_published": self.moment, **turned}


def _entries(url: str) -> Iterator[Entry]:
    words = {claim.id: claim.claim for claim in claims.all_claims()}  # one may have gone since
    for number, change in _numbered():
        address, moment = f"{url}{PAGE}#{_anchor(number)}", _moment(change)
        yield Entry(address, address, change.title, " ".join(_sentences(change)), moment)
        for claim_id, before, after in _turns(change):
            claim = f"{url}{LEDGER}#claim-{claim_id}"
            text = (
                f"“{words.get(claim_id, claim_id)}” was {before} and is {after}. "
                f"Cause: {change.title}. {change.text}"
            )
            told = {"claim": claim_id, "before": before, "after": after, "cause": address}
            title = f"{claim_id}: {before} → {after}"
            yield Entry(f"{address}-{claim_id}", claim, title, text, moment, told)


def _turns(change: DataChange) -> Iterator[tuple[str, str, str]]:
    """Yield claim, verdict before and verdict after of each that a change has turned."""
    for text in change.verdicts:
        if found := TURN.match(text):
            yield found["claim"], found["before"], found["after"]


def _write_atom(site: Path, entries: list[Entry], *, title: str, name: str, url: str) -> None:
    ET.register_namespace("", ATOM)
    feed = ET.Element(_tag("feed"))
    _add(feed, "id", f"{url}{FEED}")
    _add(feed, "title", title)
    _add(feed, "updated", entries[0].moment)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{url}{FEED}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{url}{PAGE}#what-changed")
    _add(ET.SubElement(feed, _tag("author")), "name", name)
    for one in entries:
        entry = ET.SubElement(feed, _tag("entry"))
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", one.moment)
        _add(entry, "link", rel="alternate", type="text/html", href=one.url)
        _add(entry, "content", one.text, type="text")
    tree = ET.ElementTree(feed)
    ET.indent(tree)
    tree.write(site / FEED, encoding="utf-8", xml_declaration=True)


def _numbered() -> list[tuple[int, DataChange]]:
    """The changes, newest first, counted from the oldest: a number stays when others come."""
    found = changes.read(data.folder())
    return [(len(found) - place, change) for place, change in enumerate(found)]


def _anchor(number: int) -> str:
    return f"change-{number}"


def _moment(change: DataChange) -> str:
    return datetime.combine(change.day, time(), tzinfo=UTC).isoformat().replace("+00:00", "Z")


def _sentences(change: DataChange) -> list[str]:
    lists = (("Tables", change.datasets), ("Verdicts", change.verdicts))
    return [change.text, *(f"{name}: {', '.join(items)}." for name, items in lists if items)]


def _item(change: DataChange, number: int, before: str) -> Markup:
    day = element("time", f"{change.day:%-d %B %Y}", datetime=str(change.day))
    first, *rest = _sentences(change)
    details = [element("p", sentence) for sentence in rest]
    if before:
        details.append(_rows(before))
    head = join(element("strong", change.title), ", ", day, ". ", first)
    return element("li", element("p", head), *details, id=_anchor(number))


def _rows(before: str) -> Markup:
    """Show what moved after the release of a day: figures of claims, then the tables' own rows."""
    earlier, today = releases.frame("claims", before), data.load("claims")
    values = earlier.join(today, on="claim_id", suffix="_after")
    moved = values.filter(
        (pl.col("value") != pl.col("value_after")) | (pl.col("verdict") != pl.col("verdict_after"))
    ).select("claim_id", "verdict", "verdict_after", "value", "value_after")
    shown = [frame_html(moved, title=f"Claims since {before}: {moved.height} moved or turned")]
    for name in data.NAMES:
        change = None if name in MADE else releases.delta(name, before)
        if change is not None:
            rows = change.head(ROWS_SHOWN)
            title = f"{name}: the first {rows.height} of {change.height:,} rows, gone or new"
            shown.append(frame_html(rows, title=title))
    said = element(
        "p", "To read the tables as they were: ", element("code", f'releases.use("{before}")')
    )
    about = {"class_": "table-box", "role": "region", "aria_label": "Rows behind the change"}
    boxes = (element("div", one, tabindex=0, **about) for one in shown)
    return element("details", element("summary", "The rows behind it"), said, *boxes)


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, _tag(tag), attributes).text = text
