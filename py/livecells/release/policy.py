"""The Content-Security-Policy of every page: what it may load, run and talk to.

It stands in the page itself, for hosts that take no headers; for those that do there is a file of
them. Workers are not bound by a page's policy: what a cell may reach is for web/worker/network.js.
"""

from __future__ import annotations

import base64
import hashlib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from livecells.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from livecells.settings import Policy

NONE: Mapping[str, Iterable[str]] = MappingProxyType({})

HEADERS = "_headers"
"""A file that Cloudflare Pages, Netlify and others read; GitHub Pages shows it as a file."""

FIRST_SCRIPT = (
    'self.trustedTypes?.createPolicy("default",{createHTML:html=>html,createScript:text=>text,createScriptURL:address=>'
    '["blob:",location.protocol].includes(new URL(address,document.baseURI).protocol)&&'
    "new URL(address,document.baseURI).origin===location.origin?address:null});"
    'for(const name of["localStorage","sessionStorage"])try{self[name]}catch{'
    "Object.defineProperty(self,name,{value:{getItem:()=>null,removeItem(){},"
    'setItem(){throw new DOMException(name,"QuotaExceededError")}}})}'
)
"""Where browsers have Trusted Types: no address of another origin becomes a script's.

Where site data is blocked even a look at the page's storage raises, and themes look at it first of
all: they find an empty one, which is full.

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


LOADED = {
    "script": "script-src",
    "img": "img-src",
    "iframe": "frame-src",
    "video": "media-src",
    "audio": "media-src",
    "source": "media-src",
    "embed": "object-src",
    "object": "object-src",
    "form": "form-action",
    "link": "style-src",
}
"""The directive that decides on what a tag loads."""

_TAG = re.compile(rf"<({'|'.join(LOADED)})\b([^>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""\b(?:src|href|data|action)=["']?((?:https?:)?//[^\s"'>]+)""", re.IGNORECASE
)
_LOADING_LINK = re.compile(r"""rel=["']?(?:stylesheet|preload|icon|modulepreload)""", re.IGNORECASE)


def guard(site: Path, policy: Policy) -> list[str]:
    """Put the policy into every page of a finished site, and beside them the file of headers.

    Returns:
        A sentence for each page and address that the policy blocks, with what to write.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    written = policy_of(pages.values(), policy.more)
    if policy.mode == "strict":
        for path, text in pages.items():
            path.unlink()  # it may be a link to a file that is kept
            path.write_text(guarded(text, written), encoding="utf-8")
    place = site / HEADERS
    before = place.read_text(encoding="utf-8") if place.is_file() else ""
    place.unlink(missing_ok=True)
    place.write_text(headers(written, policy.mode, before), encoding="utf-8")
    if policy.mode == "off":
        return []
    names = {path.relative_to(site).as_posix(): text for path, text in pages.items()}
    return [sentence for name, text in names.items() for sentence in blocked(name, text, policy)]


def blocked(page: str, text: str, policy: Policy) -> list[str]:
    """Find what a page loads from other origins although the policy does not let it."""
    found = {}
    for tag in _TAG.finditer(text):
        name, attributes = tag[1].lower(), tag[2]
        address = _ADDRESS.search(attributes)
        if not address or (name == "link" and not _LOADING_LINK.search(attributes)):
            continue
        directive, origin = LOADED[name], _origin(address[1])
        if origin.endswith(".html"):  # what a theme makes of a page below "/": "//search.html"
            continue
        if origin not in policy.more.get(directive, ()):
            found[directive, origin] = address[1]
    return [
        f"{page}: the content policy blocks {address}; to allow it, write "
        f"'policy: {{{directive}: {origin}}}' under livecells in mkdocs.yml"
        for (directive, origin), address in found.items()
    ]


def _origin(address: str) -> str:
    parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    return f"{parts.scheme}://{parts.netloc}"


def policy_of(pages: Iterable[str], more: Mapping[str, Iterable[str]] = NONE) -> str:
    """Write the policy under which all inline scripts of these pages run, and no others.

    One for all: instant navigation shows a page's content under the policy of the page before.
    """
    texts = {FIRST_SCRIPT}.union(*(inline_scripts(page) for page in pages))
    allowed = " ".join(sorted(f"'sha256-{_digest(text)}'" for text in texts))
    directives = _DIRECTIVES | {"script-src": f"{_DIRECTIVES['script-src']} {allowed}"}
    for name, sources in more.items():
        before = directives.get(name, "'self'").replace("'none'", "")
        directives[name] = " ".join([before, *sources]).strip()
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
    script = element("script", Markup(FIRST_SCRIPT))
    return _HEAD.sub(lambda found: f"{found[0]}{meta}{script}", page, count=1)


def without(page: str) -> str:
    """Take the policy out of a page that will lie on disk, where nothing is `'self'`."""
    return re.sub(rf"<meta [^>]*{_META}[^>]*>", "", page, count=1)


def headers(policy: str, mode: str = "strict", before: str = "") -> str:
    """Write what hosts should send with every file; figures may stand in frames of other sites.

    Args:
        policy: The content policy.
        mode: Whether it is enforced, only reported, or left out.
        before: A file of the author's own, which stays; its own policy takes the place of ours.
    """
    name = "Content-Security-Policy" + ("-Report-Only" if mode == "report" else "")
    is_ours = mode != "off" and "content-security-policy" not in before.lower()
    own = [f"  {name}: {policy}"] if is_ours else []
    lines = [
        "/*",
        *own,
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ]
    return (f"{before.rstrip()}\n\n" if before.strip() else "") + "\n".join(lines) + "\n"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
