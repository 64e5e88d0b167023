"""Serves a built site as GitHub Pages does.

Project sub-path, gzip for text, JavaScript, JSON and WebAssembly only, `max-age=600`, ETag, Range,
no COOP/COEP.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(os.environ.get("LIVECELLS_SITE", "_site"))
"""The built site under test; another than `_site` lets several people build at once."""

COMPRESSED = ("text/", "application/json", "application/wasm", "image/svg")
CHUNK = 65_536

mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


@dataclass
class Reply:
    """What a fault hands out in place of a file.

    `drop` is no answer at all; with `stall` or `cut` more is promised than the body, and the
    connection then gives nothing, or ends.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    stall: bool = False
    cut: bool = False
    drop: bool = False


@dataclass(frozen=True)
class Slow:
    """A line that gives nothing at first, on every connection, and then little."""

    silent_s: float
    bytes_per_s: float


@dataclass
class Line:
    """A slow line that all connections share, until it has carried some bytes.

    Attributes:
        latency_s: Until an answer begins.
        bytes_per_s: Of all connections together.
        left: Bytes that it will still carry; after these there is no delay.
    """

    latency_s: float
    bytes_per_s: float
    left: float
    _free_at: float = 0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, size: int) -> None:
        """Take as long as the line needs for these bytes, after those that wait already."""
        with self._one_at_a_time:
            self.left -= size
            seconds = size / self.bytes_per_s if self.left > 0 else 0
            self._free_at = max(self._free_at, time.monotonic()) + seconds
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))


Fault = Callable[[str], Reply | None]


@dataclass
class PagesServer:
    """A running server.

    Attributes:
        url: Address of the site, with the project path and a slash.
        faults: Asked in turn for each path below the site; the first reply wins.
        requests: Paths asked for, in order.
        released: Set it to let stalled answers end.
        sent: Bytes of bodies by path, but for what the service worker fetches to keep.
        kept: What that is, by path.
        headers: Go with every answer; `Date` takes the place of the real one.
        slow: Files that come slowly, by path.
        line: What everything comes through, where it is slow.
    """

    url: str
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    sent: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)
    slow: dict[str, Slow] = field(default_factory=dict)
    line: Line | None = None

    def forget(self) -> None:
        """Be as new, for the next test."""
        self.released.set()
        self.released = threading.Event()
        for records in (self.faults, self.requests, self.sent, self.kept, self.headers):
            records.clear()
        self.slow.clear()
        self.line = None

    @property
    def wire_bytes(self) -> int:
        """Bytes of all bodies sent so far."""
        return self.sent.total() + self.kept.total()


def impatient(limits: str) -> str:
    """Make the times of `net/limits.js` forty times shorter."""
    return re.sub(r"\b[\d_]+(?=[,;\]])", lambda ms: str(int(ms[0]) // 40), limits)


@contextmanager
def serve(site: Path, project: str = "/python-trends/") -> Iterator[PagesServer]:
    """Serve the folder `site` on a free port until the block ends."""
    state = PagesServer("")

    class Handler(_Handler):
        folder, prefix, server_state = site, project, state

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    state.url = f"http://127.0.0.1:{httpd.server_port}{project}"
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        httpd.shutdown()
        httpd.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    prefix: str
    server_state: PagesServer
    asked = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not path.startswith(self.prefix):
            return self._send(404, b"not below the project path", "text/plain")
        inside = path.removeprefix(self.prefix)
        self.server_state.requests.append(inside)
        self.asked = inside
        for fault in self.server_state.faults:
            if reply := fault(inside):
                return self._send_fault(reply)
        return self._send_file(inside)

    do_HEAD = do_GET

    def _send_file(self, inside: str) -> None:
        target = self.folder / inside
        if target.is_dir():
            if inside and not inside.endswith("/"):
                return self._redirect(f"{self.prefix}{inside}/")
            target /= "index.html"
        if not target.is_file():
            return self._send(404, (self.folder / "404.html").read_bytes(), "text/html")
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        stamp = target.stat()
        if inside == "sitemap.xml":
            return self._send(200, self._sitemap(target.read_text()), kind)
        body, packed, etag = _content(target, stamp.st_mtime_ns, stamp.st_size, kind)
        headers = {"ETag": etag, "Cache-Control": "max-age=600", "Accept-Ranges": "bytes"}
        if self.headers.get("If-None-Match") == etag:
            return self._send(304, b"", kind, headers)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted:
            first, last = int(wanted[1]), int(wanted[2] or len(body) - 1)
            headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
            return self._send(206, body[first : last + 1], kind, headers)
        if packed and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = packed
        return self._send(200, body, kind, headers)

    def _sitemap(self, text: str) -> bytes:
        """Name this server in the sitemap, as a deploy that sets SITE_URL does."""
        start = text.index("<loc>") + len("<loc>")
        built_for = text[start : text.index("</loc>", start)]
        return text.replace(built_for, self.server_state.url).encode()

    def _send_fault(self, reply: Reply) -> None:
        if reply.drop:
            self.close_connection = True
            self.connection.close()
        elif reply.stall or reply.cut:
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(reply.body)
            self.wfile.flush()
            if reply.stall:
                self.server_state.released.wait(60)
            self.close_connection = True
        else:
            self._send_instead(reply)

    def _send_instead(self, reply: Reply) -> None:
        kind = reply.headers.get("Content-Type", "application/octet-stream")
        others = {name: text for name, text in reply.headers.items() if name != "Content-Type"}
        self._send(reply.status, reply.body, kind, others)

    def _redirect(self, location: str) -> None:
        self._send(301, b"", "text/html", {"Location": location})

    def _send(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", f"{kind}{charset}")
        self.send_header("Content-Length", str(len(body)))
        for name, value in ((headers or {}) | self._everywhere()).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            is_kept = self.headers.get("Referer", "").endswith("/sw.js")
            by_path = self.server_state.kept if is_kept else self.server_state.sent
            by_path[self.asked] += len(body)
            slow, line = self.server_state.slow.get(self.asked), self.server_state.line
            chunk = CHUNK // 16 if slow or line else CHUNK
            time.sleep(slow.silent_s if slow else line.latency_s if line else 0)
            for start in range(0, len(body), chunk):
                if line:
                    line.carry(chunk)
                self.wfile.write(body[start : start + chunk])
                time.sleep(chunk / slow.bytes_per_s if slow else 0)

    def _everywhere(self) -> dict[str, str]:
        return {name: text for name, text in self.server_state.headers.items() if name != "Date"}

    def date_time_string(self, timestamp: float | None = None) -> str:
        return self.server_state.headers.get("Date") or super().date_time_string(timestamp)

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # faults make the browser give up
            super().handle()

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


@lru_cache(maxsize=256)
def _content(path: Path, _mtime: int, _size: int, kind: str) -> tuple[bytes, bytes | None, str]:
    body = path.read_bytes()
    packed = gzip.compress(body, 6, mtime=0) if kind.startswith(COMPRESSED) else None
    return body, packed, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
