"""What can go wrong while a new release is fetched: the table that test_upgrades.py works through.

A row is one fault. `said` is what the reader is told of it: the cause, and the file where one is to
blame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from browser.releases import HOME, PYTHON
from browser.server import PagesServer, Reply

PORTAL = Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"})

LOGIN = Reply(302, headers={"Location": "404.html"})


@dataclass(frozen=True)
class FileFault:
    """One file of the new release comes wrong, every time it is asked for.

    Attributes:
        path: The file.
        reply: What comes instead.
        said: The cause that the service worker names.
    """

    path: str
    reply: Reply
    said: str


FILE_FAULTS = {
    "page altered": FileFault(HOME, Reply(body=b"x" * 2_000_000), "altered"),
    "page of an older release": FileFault(HOME, Reply(body=b"<title>Zeroth"), "cut"),
    "page cut off on the way": FileFault(HOME, Reply(body=b"<html>", cut=True), "network"),
    "page gone (404)": FileFault(HOME, Reply(404), "status"),
    "page forbidden (403)": FileFault(HOME, Reply(403), "status"),
    "server busy (503)": FileFault(HOME, Reply(503, headers={"Retry-After": "1"}), "status"),
    "server broken (500)": FileFault(HOME, Reply(500), "status"),
    "connection dropped": FileFault(HOME, Reply(drop=True), "network"),
    "empty answer": FileFault(HOME, Reply(), "cut"),
    "sent to a login page": FileFault(HOME, LOGIN, "page"),
    "wasm altered": FileFault(PYTHON, Reply(body=b"Second" + b"!" * 200_000), "altered"),
    "wasm cut short": FileFault(PYTHON, Reply(body=b"Second"), "cut"),
    "wasm cut off on the way": FileFault(PYTHON, Reply(body=b"Second", cut=True), "network"),
    "HTML in place of wasm": FileFault(PYTHON, PORTAL, "page"),
    "wasm gone (404)": FileFault(PYTHON, Reply(404), "status"),
    "wasm never begins": FileFault(PYTHON, Reply(stall=True), "stalled"),
    "wasm begins and stalls": FileFault(PYTHON, Reply(body=b"Second", stall=True), "stalled"),
}

SCRIPT_FAULTS = {
    "worker's script gone (404)": Reply(404),
    "worker's script unavailable (503)": Reply(503),
    "HTML in place of the worker's script": PORTAL,
    "worker's script cut off": Reply(body=b"self.PRECACHE = {", cut=True),
    "worker's script cut short": Reply(
        body=b"self.PRECACHE = {", headers={"Content-Type": "text/javascript"}
    ),
    "no network": Reply(drop=True),
}
"""The browser itself refuses these: the release before is not even told."""


def once(path: str, reply: Reply) -> Callable[[str], Reply | None]:
    """Make a fault that goes away after the first time."""
    left = [reply]
    return lambda asked: left.pop() if asked == path and left else None


def always(path: str, reply: Reply) -> Callable[[str], Reply | None]:
    return lambda asked: reply if asked == path else None


PASSING_FAULTS: dict[str, Callable[[PagesServer], None]] = {
    "stale copy of a page once": lambda host: host.faults.append(
        once(HOME, Reply(body=b"<title>First"))
    ),
    "busy once": lambda host: host.faults.append(once(PYTHON, Reply(503))),
    "dropped once": lambda host: host.faults.append(once(PYTHON, Reply(drop=True))),
    "stalls once": lambda host: host.faults.append(once(PYTHON, Reply(body=b"S", stall=True))),
    "server's clock ten years slow": lambda host: host.headers.update(
        {"Date": "Wed, 01 Nov 2006 00:00:00 GMT", "Expires": "Wed, 01 Nov 2106 00:00:00 GMT"}
    ),
    "server's clock ten years fast": lambda host: host.headers.update(
        {"Date": "Wed, 01 Nov 2036 00:00:00 GMT", "Expires": "Wed, 01 Nov 2006 00:00:00 GMT"}
    ),
    "host that keeps files for ever": lambda host: host.headers.update(
        {"Cache-Control": "max-age=31536000, immutable"}
    ),
}
"""A release comes through these by itself, in one go."""
