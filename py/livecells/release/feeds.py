"""News of a site as feeds that readers subscribe to, in Atom and in JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

FEED, JSON = "feed.xml", "feed.json"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """One piece of news.

    Attributes:
        id: Its own address, which never changes.
        url: Where it can be read.
        title: In one line.
        text: In plain sentences.
        moment: When it was published, as `2026-11-30T00:00:00Z`.
        more: What programs read of it in the JSON feed; names begin with an underscore.
    """

    id: str
    url: str
    title: str
    text: str
    moment: str
    more: Mapping[str, Any] = field(default_factory=dict)


def write(
    site: Path, entries: Sequence[Entry], *, title: str, author: str, url: str, page: str
) -> None:
    """Write both feeds into a built site.

    Args:
        site: Its folder.
        entries: Newest first, at least one.
        title: Of the feeds.
        author: Who publishes them.
        url: Where the site lies.
        page: Address below it of the page that shows the same.
    """
    about = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    about |= {"home_page_url": f"{url}{page}", "feed_url": f"{url}{JSON}"}
    feed = {**about, "authors": [{"name": author}], "items": [_item(one) for one in entries]}
    (site / JSON).write_text(json.dumps(feed, ensure_ascii=False, indent=1) + "\n", "utf-8")
    ET.register_namespace("", ATOM)
    root = ET.Element(_tag("feed"))
    _add(root, "id", f"{url}{FEED}")
    _add(root, "title", title)
    _add(root, "updated", entries[0].moment)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{url}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{url}{page}")
    _add(ET.SubElement(root, _tag("author")), "name", author)
    for one in entries:
        entry = ET.SubElement(root, _tag("entry"))
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", one.moment)
        _add(entry, "link", rel="alternate", type="text/html", href=one.url)
        _add(entry, "content", one.text, type="text")
    tree = ET.ElementTree(root)
    ET.indent(tree)
    tree.write(site / FEED, encoding="utf-8", xml_declaration=True)


def _item(one: Entry) -> dict[str, Any]:
    about = {"id": one.id, "url": one.url, "title": one.title, "content_text": one.text}
    return {**about, "date_published": one.moment, **one.more}


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, _tag(tag), attributes).text = text
