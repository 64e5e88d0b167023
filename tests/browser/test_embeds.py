"""Figures and claims in pages of others: one script tag, a sandboxed frame, hostile hosts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.reader import Reader
from browser.server import PagesServer, Reply, serve
from browser.test_figures import CELL, CHAPTER, choose, press_live, texts_of

CARD = "claim-django-8m"

STRICT = "default-src 'none'; script-src {origin}; frame-src {origin}; img-src data:"
"""What a careful host allows: our script and our frame, nothing else."""


@pytest.fixture(scope="module")
def stranger(built_site: Path) -> Iterator[PagesServer]:
    """A server of another origin."""
    with serve(built_site) as running:
        yield running


@pytest.fixture
def guest(browser: Browser) -> Iterator[Page]:
    """A reader of other sites; complaints of the console fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def show(guest: Page, stranger: PagesServer, server: PagesServer, body: str) -> Locator:
    """Open a strict page of another origin with `body` in it; returns its frame."""
    policy = STRICT.format(origin=server.url.rpartition("/python-trends/")[0])
    head = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><h1>Another page</h1>"
    headers = {"Content-Type": "text/html", "Content-Security-Policy": policy}
    elsewhere = Reply(200, f"{head}{body}<p>end</p>".encode(), headers)
    stranger.faults[:] = [lambda path: elsewhere if path == "elsewhere.html" else None]
    guest.goto(f"{stranger.url}elsewhere.html")
    expect(guest.get_by_text("end")).to_be_visible()
    return guest.locator("iframe")


def tag(server: PagesServer, figure: str) -> str:
    return f'<script src="{server.url}figures/embed.js" data-figure="{figure}"></script>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_script_tag_puts_a_live_figure_into_a_strict_page(
    reader: Reader, guest: Page, stranger: PagesServer, server: PagesServer, scheme: str
) -> None:
    reader.open(CHAPTER)
    choose(reader, reader.cell(CELL), "Embed")
    script, address = texts_of(reader.page.get_by_role("dialog", name="Embed"), 2)
    assert address == f"{server.url}figures/{CELL}.html"
    guest.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[str] = []
    guest.on("request", lambda request: asked.append(request.url))
    frame = show(guest, stranger, server, script)
    tokens = set((frame.get_attribute("sandbox") or "").split())
    assert "allow-scripts" in tokens
    assert not tokens & {"allow-top-navigation", "allow-forms", "allow-modals"}
    inside = guest.frame_locator("iframe")
    press_live(inside)
    expect(inside.locator(".chart-live svg")).to_be_visible()
    page = inside.locator("html")
    fits = "node => node.scrollHeight <= node.clientHeight + 1"
    expect(frame).not_to_have_css("height", "420px")
    assert page.evaluate(fits)
    assert [url for url in asked if "pyodide" in url or "/worker" in url] == []


def test_a_claim_card_tells_its_verdict_and_leads_back(
    guest: Page, stranger: PagesServer, server: PagesServer
) -> None:
    frame = show(guest, stranger, server, tag(server, CARD))
    inside = guest.frame_locator("iframe")
    expect(inside.locator("main")).to_contain_text("contradicted")
    expect(frame).not_to_have_css("height", "420px")
    link = inside.get_by_role("link", name="Evidence, and the check")
    assert link.evaluate("a => a.href") == f"{server.url}frameworks/modern-web/#{CARD}"


HOSTILE = ("1e9", "-5", "NaN", "Infinity", "'99px'", "{}", "null", "[1]", "true", "undefined")


def test_messages_of_strangers_do_not_move_the_frame(
    guest: Page, stranger: PagesServer, server: PagesServer
) -> None:
    frame = show(guest, stranger, server, tag(server, CARD))
    expect(frame).not_to_have_css("height", "420px")
    before = frame.evaluate("frame => frame.style.height")
    for height in HOSTILE:
        sent = f"[null, 7, 'x', {{livecellsHeight: {height}}}]"
        guest.evaluate(f"""() => new Promise((resolve) => {{
            addEventListener("message", ({{ data }}) => data === "last" && resolve());
            for (const data of {sent}) {{
                document.querySelector("iframe").contentWindow.postMessage(data, "*");
                postMessage(data, "*");
            }}
            postMessage("last", "*");
        }})""")
    assert frame.evaluate("frame => frame.style.height") == before
    expect(guest.frame_locator("iframe").locator("main")).to_contain_text("contradicted")


@pytest.mark.parametrize("name", ["../claims/index", "https://example.org/x", "A B", "", "%2e%2e"])
def test_a_host_cannot_show_what_is_no_figure(
    guest: Page, stranger: PagesServer, server: PagesServer, name: str
) -> None:
    expect(show(guest, stranger, server, tag(server, name))).to_have_count(0)


def test_an_embed_is_light_before_a_press(built_site: Path) -> None:
    """Script, frame, its styles and its script, packed as they travel."""
    (release,) = {path.parent for path in built_site.glob("livecells/*/embed.js")}
    shared = [built_site / "figures/embed.js", release / "embed.js", release / "embed.css"]
    shared.append(built_site / "assets/charts.css")
    common = sum(len(gzip.compress(path.read_bytes())) for path in shared)
    pages = list(built_site.glob("figures/*.html"))
    sizes = {page.name: len(gzip.compress(page.read_bytes())) + common for page in pages}
    assert len(pages) > 150
    full = {name for name in sizes if name.endswith(".full.html")}
    assert len(full) < len(pages) / 10
    assert {name: sizes[name] for name in sizes.keys() - full if sizes[name] > 15_000} == {}


def test_a_heavy_figure_is_told_first_and_shown_on_a_press(
    guest: Page, stranger: PagesServer, server: PagesServer, built_site: Path
) -> None:
    heavy = next(built_site.glob("figures/*.full.html")).name.removesuffix(".full.html")
    show(guest, stranger, server, tag(server, heavy))
    inside = guest.frame_locator("iframe")
    expect(inside.locator("svg")).to_have_count(0)
    inside.get_by_role("link", name="Show the figure").click()
    press_live(inside)
    expect(inside.locator(".chart-live svg")).to_be_visible()
