"""Links that carry a changed cell, and edits of an earlier release: nothing runs unasked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

CHAPTER = "frameworks/modern-web/"
PLAYGROUND = "playground/"
CODE = '# Größe, 数据, 🐍, "quotes", <tags>, `ticks` & \\ signs\n' + "\n".join(
    f"line_{number} = {number}" for number in range(200)
)


def share(reader: Reader, cell_id: str) -> str:
    """Press Share once: the link is on the clipboard."""
    reader.press(reader.cell(cell_id), "Share")
    expect(reader.page.locator(".cell-toast")).to_contain_text("Link copied.")
    return str(reader.page.evaluate("navigator.clipboard.readText()"))


def test_a_link_carries_the_text_and_runs_only_after_consent(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    first = reader.first_cell()
    cell_id = str(first.get_attribute("id"))
    reader.edit(first, CODE + "\nprint('ran', len(__name__))")
    link = share(reader, cell_id)
    assert reader.server.url + PLAYGROUND + "#share=1." in link
    reader.page.evaluate("localStorage.clear()")
    reader.page.goto("about:blank")
    before = len(reader.python_requests())
    reader.page.goto(link)
    cell = reader.cell(cell_id)
    offer = cell.locator(".cell-offer")
    expect(offer).to_contain_text(
        "It is not the author\N{RIGHT SINGLE QUOTATION MARK}s, and it has not run."
    )
    expect(offer.locator("ins").first).to_have_text(CODE.splitlines()[0])
    assert len(reader.python_requests()) == before
    assert "line_7" not in cell.locator("> [data-part=source]").inner_text()
    offer.get_by_role("button", name="Use and run").click()
    reader.wait_for_state(cell, "ok")
    expect(reader.outputs(cell)).to_have_text(re.compile("ran 8"))
    expect(offer).to_have_count(0)
    reader.page.reload()
    expect(reader.cell(cell_id).locator(".cm-content")).to_contain_text("数据, 🐍")
    expect(reader.cell(cell_id).locator(".cell-offer")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_opens_on_its_sentence(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    text = reader.source(cell)
    reader.edit(cell, text.replace("charts", "charts  # mine", 1))
    link = share(reader, "web-crossings")
    reader.press(cell, "Reset")
    reader.page.goto("about:blank")
    reader.page.goto(link)
    offer = cell.locator(".cell-offer")
    sentence = offer.locator("> p")
    expect(sentence).to_be_focused()
    header = reader.page.locator("header.md-header").bounding_box()
    box = sentence.bounding_box()
    assert header
    assert box
    assert header["y"] + header["height"] <= box["y"] < 200
    primary = offer.locator("button.is-primary")
    expect(primary).to_have_text("Use and run")
    run = cell.locator(".cell-row").get_by_role("button", name="Run", exact=True)
    blue, other = (one.evaluate("one => getComputedStyle(one).color") for one in (primary, run))
    assert blue == "rgb(255, 255, 255)"
    assert other != blue
    unchanged = offer.get_by_role("button", name="unchanged lines")
    rows = offer.locator("tr").count()
    unchanged.first.click()
    assert offer.locator("tr").count() > rows
    first, second = (head.bounding_box() for head in offer.locator("th").all())
    assert first
    assert second
    assert (first["y"] == second["y"]) == (width > 500)
    primary.click()
    toast = reader.page.locator(".cell-toast")
    toast.get_by_role("button", name="Undo").click()
    assert "# mine" not in reader.source(cell)


def test_a_choice_alone_is_a_plain_address(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-crossings")
    cell.get_by_label("base").select_option(label="starlette")
    expect(cell.locator(".cm-content")).to_contain_text('base = "starlette"')
    link = share(reader, "web-crossings")
    assert link == f"{reader.server.url}{CHAPTER}?base=starlette#web-crossings"
    reader.page.evaluate("localStorage.clear()")
    for address in (link, link.partition("#")[0]):
        reader.page.goto("about:blank")
        reader.page.goto(address)
        expect(cell.get_by_label("base")).to_have_value('"starlette"')
        expect(cell.locator("figure.chart")).to_contain_text("starlette")
        expect(cell.locator(".cell-offer")).to_have_count(0)
        reader.page.evaluate("localStorage.clear()")
    reader.page.goto(link.replace("starlette", "evil'); import js"))
    expect(cell.get_by_label("base")).not_to_have_value('"starlette"')
    assert not reader.python_requests()


def test_a_reset_can_be_undone(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.first_cell()
    reader.edit(cell, "print('mine')")
    reader.press(cell, "Reset")
    assert "mine" not in reader.source(cell)
    expect(cell.get_by_role("button", name="Reset", exact=True)).to_be_hidden()
    reader.page.locator(".cell-toast").get_by_role("button", name="Undo").click()
    expect(cell.locator(".cm-content")).to_have_text("print('mine')")


def test_a_link_can_be_left(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    reader.edit(cell, "print('theirs')")
    link = share(reader, "web-claimed-and-counted")
    reader.press(cell, "Reset")
    reader.page.goto("about:blank")
    reader.page.goto(link)
    expect(cell.locator("del").first).to_be_visible()
    expect(cell.locator("ins")).to_have_text("print('theirs')")
    cell.get_by_role("button", name="Keep the author").click()
    expect(cell.locator(".cell-offer")).to_have_count(0)
    assert "theirs" not in reader.source(cell)


@pytest.mark.parametrize(
    "fragment", ["share=1.", "share=1.AAAA", "share=9.x", "share=%00", "share"]
)
def test_a_broken_link_is_a_sentence(reader: Reader, fragment: str) -> None:
    reader.open(f"{CHAPTER}#{fragment}")
    note = reader.page.locator(".share-note")
    if fragment == "share":
        expect(note).to_have_count(0)
    else:
        expect(note).to_contain_text("The link to a changed cell cannot be read: ")


def test_a_cell_that_is_gone_is_shown_with_its_text(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    reader.edit(reader.first_cell(), "print('<b>orphan</b>')")
    link = share(reader, str(reader.first_cell().get_attribute("id")))
    reader.page.goto("about:blank")
    reader.page.goto(link.replace(PLAYGROUND, CHAPTER))
    note = reader.page.locator(".share-note")
    expect(note).to_contain_text("a cell this page does not have")
    expect(note.locator("pre")).to_have_text("print('<b>orphan</b>')")


def test_an_edit_of_an_earlier_release_waits_for_a_choice(reader: Reader) -> None:
    reader.open(CHAPTER)
    cell = reader.cell("web-claimed-and-counted")
    reader.edit(cell, "print('mine')")
    expect(cell.locator(".cell-status")).to_have_text("edited")
    reader.page.wait_for_timeout(400)  # edits are kept a moment after the last key
    reader.page.evaluate(
        """() => {
          const keys = Object.keys(localStorage);
          const key = keys.find((key) => key.endsWith("#web-claimed-and-counted"));
          const edit = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...edit, original: "an earlier text" }));
        }"""
    )
    reader.page.reload()
    offer = cell.locator(".cell-offer")
    expect(offer).to_contain_text("The author has changed this cell since you edited it.")
    expect(offer.locator("ins")).to_have_text("print('mine')")
    reader.edit(cell, "print('newer')")  # the old one survives that, too
    reader.page.wait_for_timeout(400)
    reader.page.reload()
    expect(cell.locator(".cm-content")).to_have_text("print('newer')")
    toast = reader.page.locator(".cell-toast")
    offer.get_by_role("button", name="Use the author").click()
    expect(toast).to_contain_text("Your code is discarded.")
    toast.get_by_role("button", name="Undo").click()
    offer.get_by_role("button", name="Use my code").click()
    expect(cell.locator(".cm-content")).to_have_text("print('mine')")
    reader.page.wait_for_timeout(400)
    reader.page.reload()
    expect(cell.locator(".cm-content")).to_have_text("print('mine')")
    expect(offer).to_have_count(0)


def test_a_cell_is_copied_as_markdown(reader: Reader) -> None:
    reader.open(PLAYGROUND)
    cell = reader.first_cell()
    reader.edit(cell, "print('```')\n6 * 7")
    reader.run(cell)
    reader.press(cell, "More")
    cell.get_by_role("menuitem", name="Copy as Markdown").click()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    address = f"{reader.server.url}{PLAYGROUND}#{cell.get_attribute('id')}"
    assert copied == (
        f"````python\nprint('```')\n6 * 7\n````\n\n````\n```\n42\n````\n\n<{address}>"
    )
