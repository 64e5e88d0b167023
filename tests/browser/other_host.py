"""Another host than the site's: files, and a package index with a wheel made here."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class OtherHost:
    """A running host.

    Attributes:
        url: Its origin and a slash.
        files: What it has, by path: content type and body.
        shares: Whether it lets pages of other sites read its answers.
        requests: Paths asked for, in order.
    """

    url: str
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    shares: bool = True
    requests: list[str] = field(default_factory=list)

    def publish(self, name: str, tag: str = "py3-none-any") -> None:
        """Put a package on the index below `simple/`, in a wheel with the given tag."""
        file = f"{name}-1.0-{tag}.whl"
        body = _wheel(name, tag)
        self.files[file] = "application/octet-stream", body
        index = {
            "meta": {"api-version": "1.0"},
            "name": name,
            "files": [
                {
                    "filename": file,
                    "url": f"{self.url}{file}",
                    "hashes": {"sha256": hashlib.sha256(body).hexdigest()},
                }
            ],
        }
        kind = "application/vnd.pypi.simple.v1+json"
        self.files[f"simple/{name}/"] = kind, json.dumps(index).encode()


@contextmanager
def other_host() -> Iterator[OtherHost]:
    """Run a host on a free port until the block ends."""
    state = OtherHost("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/")
            state.requests.append(path)
            kind, body = state.files.get(path, ("text/plain", b"nothing here"))
            self.send_response(200 if path in state.files else 404)
            self._share()
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def do_OPTIONS(self) -> None:
            self.send_response(204)
            self._share()
            self.end_headers()

        def _share(self) -> None:
            if state.shares:
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Access-Control-Allow-Headers", "*")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{httpd.server_port}/"
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        httpd.shutdown()
        httpd.server_close()


def _wheel(name: str, tag: str) -> bytes:
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "word = 'from a wheel'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    rows = [f"{path},sha256={_digest(text)},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,"]) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
