"""Known payloads of cross-site scripting, through every way on which text reaches the page.

Each would set `window.pwned`. Under the page's policy none could run anyway, so the policy is taken
out here: the sanitiser has to hold alone. `test_the_policy_holds_alone` is the other way round.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser.conftest import empty_tab
from browser.reader import Reader
from browser.server import PagesServer

pytestmark = pytest.mark.breaks  # broken images and the like are errors in the console

PLAYGROUND = "playground/"
SET = "window.pwned=1"

PAYLOADS = [
    f"<script>{SET}</script>",
    f"<script src='data:text/javascript,{SET}'></script>",
    f"<img src=x onerror={SET}>",
    f"<img src=x onerror='{SET}'//>",
    f"<img/src='x'/onerror={SET}>",
    f"<svg onload={SET}>",
    f"<svg><script>{SET}</script></svg>",
    f"<svg><animate onbegin={SET} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{SET}'><text y=20>click</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={SET}></svg>#x'></use></svg>",
    f"<svg><foreignObject><iframe src='javascript:parent.{SET}'></iframe></foreignObject></svg>",
    f"<svg><style><img src=x onerror={SET}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={SET}>",
    f"<math><mi//xlink:href='data:x,<script>{SET}</script>'>",
    f"<a href='javascript:{SET}'>click</a>",
    f"<a href='java\tscript:{SET}'>click</a>",
    f"<a href='&#106;avascript:{SET}'>click</a>",
    f"<a href='data:text/html,<script>opener.{SET}</script>'>click</a>",
    f"<iframe src='javascript:parent.{SET}'></iframe>",
    f"<iframe srcdoc='<script>parent.{SET}</script>'></iframe>",
    f"<object data='javascript:parent.{SET}'></object>",
    f"<embed src='javascript:parent.{SET}'>",
    f"<form action='javascript:{SET}'><button>click</button></form>",
    f"<button formaction='javascript:{SET}'>click</button>",
    f"<input autofocus onfocus={SET}>",
    f"<details open ontoggle={SET}><summary>click</summary></details>",
    f"<video><source onerror={SET}></video>",
    f"<audio src=x onerror={SET}></audio>",
    f"<body onload={SET}>",
    f"<marquee onstart={SET}>x</marquee>",
    f"<div onmouseover={SET} onclick={SET}>click</div>",
    f"<div style='background:url(javascript:{SET})'>x</div>",
    f"<link rel=stylesheet href='javascript:{SET}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{SET}'>",
    "<base href='https://evil.invalid/'>",
    f"<noscript><p title='</noscript><img src=x onerror={SET}>'>",
    f"<template><img src=x onerror={SET}></template>",
    f"<select><template><img src=x onerror={SET}></template></select>",
    f"<xmp><img src=x onerror={SET}></xmp>",
    f"<textarea></textarea><img src=x onerror={SET}>",
    f"<!--><img src=x onerror={SET}>-->",
    f"<![CDATA[><img src=x onerror={SET}>]]>",
    f"<title><img src=x onerror={SET}></title>",
    "<form id=test><input name=attributes><input name=parentNode></form>",
    "<img name=getElementById><img id=currentScript>",
    f"<p is=x-y onclick={SET}>click</p>",
    f"<code-cell id=evil data-page='x'><pre><code>{SET}</code></pre></code-cell>",
    "<style>* { display: none !important }</style>",
    "<img src='https://evil.invalid/x.png' srcset='https://evil.invalid/y.png 2x'>",
    "<video poster='https://evil.invalid/x.png' src='https://evil.invalid/v.mp4'></video>",
    "<table background='https://evil.invalid/x.png'><tr><td>x</td></tr></table>",
    "<div style='background: url(https://evil.invalid/x.png)'>x</div>",
]

WAYS = {
    "html": "from livecells.kernel import HTML\nfor one in payloads: display(HTML(one))",
    "svg": "from livecells.kernel import SVG\nfor one in payloads: display(SVG(one))",
    "markdown": (
        "from livecells.kernel import Markdown\n"
        "for one in payloads: display(Markdown(one + '\\n\\n[x](javascript:window.pwned=1)'))"
    ),
    "repr": (
        "class Own:\n    def __init__(self, text): self.text = text\n"
        "    def _repr_html_(self): return self.text\n"
        "for one in payloads: display(Own(one))"
    ),
    "text": "for one in payloads: print(one)",
    "table": (
        "import polars as pl\n"
        "display(pl.DataFrame({one: [one] for one in payloads[:20]}))\n"
        "pl.DataFrame({'c': payloads})"
    ),
    "json": "from livecells.kernel import JSON\nJSON({one: one for one in payloads})",
    "updates": (
        "handle = display('x', display_id=True)\n"
        "from livecells.kernel import HTML\n"
        "for one in payloads: handle.update(HTML(one))"
    ),
    "progress": "list(progress([1], label=payloads[2]))",
    "prompt": "import warnings\nfor one in payloads: warnings.warn(one)",
    "chart": (
        "import altair as alt, polars as pl\n"
        "rows = pl.DataFrame({'t': payloads, 'n': range(len(payloads)),"
        " 'u': ['javascript:window.pwned=1'] * len(payloads)})\n"
        "alt.Chart(rows, title=payloads[2]).mark_point().encode("
        "x=alt.X('n', title=payloads[5]), y='t:N', tooltip=['t', 'n'], href='u')"
    ),
    "image": (
        "import altair as alt, polars as pl\n"
        "rows = pl.DataFrame({'u': ['javascript:window.pwned=1', 'https://evil.invalid/x.png']})\n"
        "alt.Chart(rows).mark_image().encode(url='u')"
    ),
}

CHARTS = {"chart", "image"}
"""Each has a form of Vega's own, for parameters."""


@pytest.fixture(scope="module")
def profile_without_policy(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(service_workers="block", bypass_csp=True)
    yield context
    context.close()


@pytest.fixture
def reader_without_policy(
    profile_without_policy: BrowserContext, server: PagesServer
) -> Iterator[Reader]:
    reader = Reader(empty_tab(profile_without_policy, server), server)
    reader.open(PLAYGROUND)
    yield reader
    reader.leave()


def poke(page: Page, outputs: Locator) -> None:
    """Click, hover and focus everything that the outputs offer."""
    outputs.evaluate(
        """box => {
            const stay = event => event.target.closest("a[href^=http]") && event.preventDefault();
            box.addEventListener("click", stay);  // a link may lead elsewhere, by a click
            for (const node of box.querySelectorAll("*")) {
                for (const type of ["click", "mouseover", "focus", "pointerdown"]) {
                    node.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
                }
            }
        }"""
    )
    page.keyboard.press("Escape")  # the chart that fills the window
    page.wait_for_timeout(300)  # for what comes late: images that fail, animations that begin


def test_no_payload_gets_through(reader_without_policy: Reader) -> None:
    reader = reader_without_policy
    cell = reader.first_cell()
    before = reader.page.url
    for way, source in WAYS.items():
        reader.edit(cell, f"payloads = {PAYLOADS!r}\n{source}")
        reader.run(cell)
        outputs = reader.outputs(cell)
        assert outputs.locator("*").count(), way
        poke(reader.page, outputs)
        assert reader.page.evaluate("window.pwned") is None, way
        assert outputs.locator("script, iframe, object, embed, base, meta, link").count() == 0, way
        assert outputs.locator("code-cell, form, style").count() == int(way in CHARTS), way
        assert reader.page.url.rstrip("#") == before, way
        assert cell.is_visible(), way
    assert reader.foreign == []


def test_errors_names_and_files_are_text(reader_without_policy: Reader) -> None:
    reader = reader_without_policy
    cell = reader.first_cell()
    for payload in PAYLOADS[::4]:
        reader.edit(cell, f"raise ValueError({payload!r})")
        reader.run(cell, "error")
        poke(reader.page, reader.outputs(cell))
    notebook = {"cells": [{"cell_type": "markdown", "source": one} for one in PAYLOADS]}
    reader.page.locator("input[type=file]").first.set_input_files(
        {
            "name": "<img src=x onerror=window.pwned=1>.ipynb",
            "mimeType": "application/json",
            "buffer": json.dumps(notebook | {"nbformat": 4}).encode(),
        }
    )
    expect(reader.page.locator("code-cell")).to_have_count(len(PAYLOADS) + 1)
    reader.bar.get_by_role("button", name="Your data").click()
    dialog = reader.page.get_by_role("dialog", name="Your data")
    dialog.get_by_label("Choose files:").set_input_files(
        {
            "name": "<img src=x onerror=window.pwned=1>.csv",
            "mimeType": "text/csv",
            "buffer": b"a\n1",
        }
    )
    expect(dialog.get_by_role("region", name="own/")).to_be_visible()
    assert reader.page.evaluate("window.pwned") is None
    assert reader.foreign == []


def test_the_policy_holds_alone(reader: Reader) -> None:
    """What gets into the page some other way runs no script, and nothing leaves the site."""
    reader.open(PLAYGROUND)
    reader.page.evaluate(
        """payloads => {
            for (const one of payloads) {
                const box = document.createElement('div');
                document.querySelector('article').append(box);
                box.innerHTML = one;
            }
        }""",
        PAYLOADS[:-5],
    )
    reader.page.wait_for_timeout(300)
    assert reader.page.evaluate("window.pwned") is None


def test_every_page_has_the_policy(built_site: Path) -> None:
    pages = sorted(built_site.rglob("*.html"))
    assert len(pages) > 100
    policies = {
        found[1]
        if (found := re.search(r'Content-Security-Policy" content="([^"]+)"', text))
        else ""
        for text in (page.read_text(encoding="utf-8") for page in pages)
    }
    (policy,) = policies
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
