"""Servers of other kinds than GitHub Pages, each with the built site on a free port."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from browser.server import PagesServer, serve

ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
worker_processes 1;
events {{ }}
http {{
  access_log off;
  default_type application/octet-stream;
  types {{
    text/html html; text/css css; text/javascript js mjs; text/plain txt; text/csv csv;
    application/json json; application/wasm wasm; application/manifest+json webmanifest;
    application/xml xml; application/zip zip; image/svg+xml svg; image/png png;
  }}
  {temporary}
  server {{
    listen 127.0.0.1:{port};
    root {site};
    autoindex off;
    server_tokens off;
    disable_symlinks on;
    error_page 404 /404.html;
    if ($request_method !~ ^(GET|HEAD)$) {{ return 405; }}
    add_header Content-Security-Policy "{policy}" always;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Referrer-Policy no-referrer always;
    add_header Permissions-Policy "camera=(), geolocation=(), microphone=()" always;
    location / {{ try_files $uri $uri/ =404; }}
    location ~ /\\. {{ return 404; }}
  }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

Host = Callable[[Path, Path], AbstractContextManager[str]]


def pages(project: str, **headers: str) -> Host:
    """A host like GitHub Pages, with the site below `project`."""

    @contextmanager
    def host(site: Path, _: Path) -> Iterator[str]:
        with serve(site, project) as running:
            running.headers.update({name.replace("_", "-"): text for name, text in headers.items()})
            yield running.url

    return host


@contextmanager
def python(site: Path, _: Path) -> Iterator[str]:
    """What everyone has at hand: `python -m http.server`."""
    port = _free_port()
    words = ["-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    with _running([sys.executable, *words], port) as url:
        yield url


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """Debian's nginx, with a policy for the content and without one favour more than needed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("no nginx: apt-get install nginx-light")
    port = _free_port()
    temporary = "\n  ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    text = NGINX.format(
        folder=folder, port=port, site=site.resolve(), policy=policy(site), temporary=temporary
    )
    (folder / "nginx.conf").write_text(text)
    with _running([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port) as url:
        yield url


def policy(site: Path) -> str:
    """The strictest content policy under which the site works: own files, no `unsafe-eval`.

    The theme has a few scripts in its pages; they are allowed one by one, by their hashes.
    """
    inline = {
        script
        for page in site.rglob("*.html")
        if "figures" not in page.parts
        for script in re.findall(r"<script>(.*?)</script>", page.read_text(), re.DOTALL)
    }
    digests = sorted(
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inline
    )
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {allowed}; worker-src 'self'; "
        "connect-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; manifest-src 'self'; form-action 'none'; base-uri 'none'"
    )


HOSTS: dict[str, Host] = {
    "GitHub Pages, project": pages("/python-trends/"),
    "GitHub Pages, user or own domain": pages("/"),
    "deep path": pages("/a/b%20c/"),
    "COOP and COEP": pages("/python-trends/", **ISOLATION),
    "python -m http.server": python,
    "nginx": nginx,
}


def as_server(url: str) -> PagesServer:
    """What a reader needs to know of a host."""
    return PagesServer(url)


@contextmanager
def _running(command: list[str], port: int) -> Iterator[str]:
    url = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            _await(url, process)
            yield url
        finally:
            process.terminate()
            process.communicate()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            pytest.fail(f"the server ended: {said}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
