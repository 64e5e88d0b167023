"""The Content-Security-Policy of every page: what it may load, run and talk to.

It stands in the page itself, for hosts that take no headers; for those that do there is a file of
them. Workers are not bound by a page's policy: what a cell may reach is for web/worker/network.js.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from livecells.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEADERS = "_headers"
"""A file that Cloudflare Pages, Netlify and others read; GitHub Pages shows it as a file."""

TRUSTED_TYPES = (
    'self.trustedTypes?.createPolicy("default",{createHTML:html=>html,createScript:text=>text,createScriptURL:address=>'
    '["blob:",location.protocol].includes(new URL(address,document.baseURI).protocol)&&'
    "new URL(address,document.baseURI).origin===location.origin?address:null})"
)
"""Where browsers have Trusted Types: no address of another origin becomes a script's.

The theme writes HTML and moves inline scripts when it shows another page of the site. Such a script
still runs only if the policy has its hash; HTML that cells make goes through DOMPurify.
"""

_DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",  # charts and editor place their parts by style
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default dompurify",
}
_META = 'http-equiv="Content-Security-Policy"'
_HEAD = re.compile(r"<head[^>]*>(?:\s*<meta charset=[^>]*>)?")
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_IS_DATA = re.compile(r"\bsrc=|\btype=\"?application/(?:ld\+)?json")


def guard(site: Path) -> None:
    """Put the policy into every page of a finished site, and beside them the file of headers."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    policy = policy_of(pages.values())
    for path, text in pages.items():
        path.unlink()  # it may be a link to a file that is kept
        path.write_text(guarded(text, policy), encoding="utf-8")
    (site / HEADERS).write_text(headers(policy), encoding="utf-8")


def policy_of(pages: Iterable[str]) -> str:
    """Write the policy under which all inline scripts of these pages run, and no others.

    One for all: instant navigation shows a page's content under the policy of the page before.
    """
    texts = {TRUSTED_TYPES}.union(*(inline_scripts(page) for page in pages))
    allowed = " ".join(sorted(f"'sha256-{_digest(text)}'" for text in texts))
    directives = _DIRECTIVES | {"script-src": f"{_DIRECTIVES['script-src']} {allowed}"}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def inline_scripts(page: str) -> set[str]:
    """Return the texts of a page's scripts that stand in it."""
    found = _SCRIPT.finditer(page)
    return {one["text"] for one in found if not _IS_DATA.search(one["attributes"])}


def guarded(page: str, policy: str) -> str:
    """Put a policy into a page, before anything that it is about."""
    if _META in page:
        return page
    meta = element("meta", http_equiv="Content-Security-Policy", content=policy)
    script = element("script", Markup(TRUSTED_TYPES))
    return _HEAD.sub(lambda found: f"{found[0]}{meta}{script}", page, count=1)


def without(page: str) -> str:
    """Take the policy out of a page that will lie on disk, where nothing is `'self'`."""
    return re.sub(rf"<meta [^>]*{_META}[^>]*>", "", page, count=1)


def headers(policy: str) -> str:
    """Write what hosts should send with every file; figures may stand in frames of other sites."""
    return (
        "/*\n"
        f"  Content-Security-Policy: {policy}\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
