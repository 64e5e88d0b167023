"""The content policy: what a site may add, what it is told, and what it keeps of its own."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from livecells.errors import BuildError
from livecells.release import policy
from livecells.settings import Policy

PAGE = """<!doctype html><html><head><meta charset="utf-8">
<link rel="stylesheet" href="https://fonts.example/css?family=X">
<link rel="canonical" href="https://me.example/">
<script src="//cdn.example/lib.js"></script><script>start()</script></head>
<body><img alt="" src='https://shields.example/badge.svg'><img src="own.png">
<a href="https://elsewhere.example/">a link</a>
<iframe src="https://video.example/embed/1"></iframe></body></html>
"""


def site(folder: Path) -> Path:
    (folder / "index.html").write_text(PAGE)
    return folder


def test_each_address_that_is_blocked_is_told_with_the_key(tmp_path: Path) -> None:
    told = policy.guard(site(tmp_path), Policy())
    assert len(told) == 4
    assert told[0].startswith("index.html: the content policy blocks https://fonts.example/css")
    assert "'policy: {style-src: https://fonts.example}'" in told[0]
    assert any("{script-src: https://cdn.example}" in one for one in told)
    assert any("{img-src: https://shields.example}" in one for one in told)
    assert any("{frame-src: https://video.example}" in one for one in told)


def test_what_is_added_is_allowed_and_not_told(tmp_path: Path) -> None:
    added = Policy.read(
        {"img-src": "https://shields.example", "frame-src": ["https://video.example"]}
    )
    told = policy.guard(site(tmp_path), added)
    assert len(told) == 2
    page = html.unescape((tmp_path / "index.html").read_text())
    assert "img-src 'self' data: blob: https://shields.example;" in page
    assert "frame-src 'self' https://video.example" in page


@pytest.mark.parametrize("mode", ["report", "off"])
def test_other_modes_leave_the_page_alone(tmp_path: Path, mode: str) -> None:
    told = policy.guard(site(tmp_path), Policy.read(mode))
    assert (tmp_path / "index.html").read_text() == PAGE
    headers = (tmp_path / "_headers").read_text()
    assert ("Content-Security-Policy-Report-Only:" in headers) == (mode == "report")
    assert "Content-Security-Policy:" not in headers
    assert "nosniff" in headers
    assert bool(told) == (mode == "report")


def test_headers_of_the_author_stay(tmp_path: Path) -> None:
    own = "/*\n  X-Own: 1\n  Content-Security-Policy: default-src *\n"
    (tmp_path / "_headers").write_text(own)
    policy.guard(site(tmp_path), Policy())
    headers = (tmp_path / "_headers").read_text()
    assert headers.startswith(own.rstrip())
    assert headers.count("Content-Security-Policy") == 1
    assert "X-Content-Type-Options: nosniff" in headers


@pytest.mark.parametrize("written", ["strickt", 3, ["strict"]])
def test_another_value_is_refused(written: object) -> None:
    with pytest.raises(BuildError, match=r"livecells\.policy"):
        Policy.read(written)


def test_a_bare_off_is_off() -> None:
    assert Policy.read(written=False) == Policy("off")
