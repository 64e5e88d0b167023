"""What changed in the data, as a list on the data page and as a feed that readers subscribe to."""

from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

from livecells.author.page import Page
from livecells.markup import Markup, element, join
from trends import data
from trends.datasets import changes
from trends.datasets.changes import DataChange

FEED = "feed.xml"
PAGE = "data/"
ATOM = "http://www.w3.org/2005/Atom"


def listing(page: Page) -> Markup:
    """Write the changes for the data page, newest first, each with an address of its own."""
    items = [_item(change, number) for number, change in _numbered()]
    feed = element("a", "a feed", href=f"{page.root}{FEED}", type="application/atom+xml")
    return element(
        "div",
        element("p", "Each change, with the verdicts that it turned; also as ", feed, "."),
        element("ol", *items, role="list"),
        class_="data-changes",
    )


def turned(claim_id: str, verdict: str) -> Markup:
    """Mark a claim whose verdict is not the one that was first published; else write nothing."""
    oldest_first = changes.read(data.folder())[::-1]
    turns = (text.partition(": ") for change in oldest_first for text in change.verdicts)
    first = next(
        (turn.partition(" -> ")[0] for name, _, turn in turns if name == claim_id), verdict
    )
    if first == verdict:
        return Markup("")
    since = oldest_first[0].day
    return element("small", f" changed since {since:%Y-%m}: was {first}", class_="verdict-turned")


def write_feed(site: Path, *, name: str, url: str) -> None:
    """Write the Atom feed into a built site that is called and lies so."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(_tag("feed"))
    numbered = _numbered()
    _add(feed, "id", f"{url}{FEED}")
    _add(feed, "title", f"{name}: changes of the data")
    _add(feed, "updated", _moment(numbered[0][1]))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{url}{FEED}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{url}{PAGE}#what-changed")
    _add(ET.SubElement(feed, _tag("author")), "name", name)
    for number, change in numbered:
        entry = ET.SubElement(feed, _tag("entry"))
        address = f"{url}{PAGE}#{_anchor(number)}"
        _add(entry, "id", address)
        _add(entry, "title", change.title)
        _add(entry, "updated", _moment(change))
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "content", " ".join(_sentences(change)), type="text")
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


def _item(change: DataChange, number: int) -> Markup:
    day = element("time", f"{change.day:%-d %B %Y}", datetime=str(change.day))
    first, *rest = _sentences(change)
    details = [element("p", sentence) for sentence in rest]
    head = join(element("strong", change.title), ", ", day, ". ", first)
    return element("li", element("p", head), *details, id=_anchor(number))


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, _tag(tag), attributes).text = text
