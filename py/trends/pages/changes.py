"""What changed in the data, as a list on the data page and as a feed that readers subscribe to."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl

from livecells.author.page import Page
from livecells.kernel.display.tables import frame_html
from livecells.markup import Markup, element, join
from livecells.release import feeds
from livecells.release.feeds import Entry
from trends import claims, data, releases
from trends.datasets import changes
from trends.datasets.changes import DataChange

PAGE, LEDGER = "data/", "claims/"
MADE = {"claims", "claim_checks"}
"""Made from all others: what they say is shown claim by claim."""

ROWS_SHOWN = 20

TURN = re.compile(r"(?P<claim>[a-z0-9-]+): (?P<before>[a-z ]+) -> (?P<after>[a-z ]+?)(?= \(|$)")
"""A line of `verdicts`; the values may follow in brackets."""


def listing(page: Page) -> Markup:
    """Write the changes for the data page, newest first, each with an address of its own."""
    kept, found = releases.days(), _numbered()
    olds = [str(change.day) for _, change in found[1:]] + [""]
    items = [
        _item(change, number, old if old in kept and old < str(change.day) else "")
        for (number, change), old in zip(found, olds, strict=True)
    ]
    atom = element("a", "Atom", href=f"{page.root}{feeds.FEED}", type="application/atom+xml")
    feed = element("a", "JSON", href=f"{page.root}{feeds.JSON}", type="application/feed+json")
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
    """Write the feeds into a built site that is called and lies so."""
    about = {"title": f"{name}: changes of the data", "author": name, "url": url}
    feeds.write(site, list(_entries(url)), page=f"{PAGE}#what-changed", **about)


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
            yield Entry(f"{address}-{claim_id}", claim, title, text, moment, {"_verdict": told})


def _turns(change: DataChange) -> Iterator[tuple[str, str, str]]:
    """Yield claim, verdict before and verdict after of each that a change has turned."""
    for text in change.verdicts:
        if found := TURN.match(text):
            yield found["claim"], found["before"], found["after"]


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
