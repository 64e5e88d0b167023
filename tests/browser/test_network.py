"""Other hosts and further packages: with the reader's consent, and with a reason when it fails."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl
import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from browser.conftest import empty_tab
from browser.other_host import OtherHost, other_host
from browser.ours import fragment
from browser.reader import Reader
from browser.server import PagesServer

pytestmark = pytest.mark.breaks  # the browser itself writes refused requests to the console

PLAYGROUND = "playground/"
FRAME = pl.DataFrame({"day": ["a", "b"], "n": [1, 2]})


@pytest.fixture
def host() -> Iterator[OtherHost]:
    with other_host() as running:
        parquet = io.BytesIO()
        FRAME.write_parquet(parquet)
        running.files["n.csv"] = "text/csv", FRAME.write_csv().encode()
        running.files["n.parquet"] = "application/octet-stream", parquet.getvalue()
        yield running


@pytest.fixture
def online(profile: BrowserContext, server: PagesServer) -> Iterator[Reader]:
    """A reader whom no test keeps from other hosts: the site itself must."""
    reader = Reader(empty_tab(profile, server), server)
    reader.open(PLAYGROUND)
    yield reader
    reader.leave()


SOLID = """(one) => {
  const pale = (at) => getComputedStyle(at).opacity !== "1";
  for (let at = one; at; at = at.parentElement) if (pale(at)) return false;
  return true;
}"""
"""Whether nothing around an element makes it pale."""


def start(reader: Reader, source: str) -> Locator:
    cell = reader.first_cell()
    reader.edit(cell, source)
    reader.press(cell, "Run")
    return cell


def answer(cell: Locator, name: str = "Allow for this visit") -> None:
    cell.locator(".cell-consent").get_by_role("button", name=name).click()


def error(cell: Locator) -> Locator:
    return cell.locator("[data-part=error]")


def test_addresses_are_read_after_consent(online: Reader, host: OtherHost) -> None:
    cell = start(online, f"import polars as pl\npl.read_csv('{host.url}n.csv')['n'].sum()")
    question = cell.locator(".cell-consent")
    expect(question).to_contain_text(host.url.rstrip("/"))
    assert host.requests == []
    expect(question.locator("p")).to_be_focused()  # never Allow: the reader may be typing
    assert question.evaluate(SOLID)
    online.page.keyboard.press("Enter")
    expect(question).to_be_visible()
    assert host.requests == []
    question.get_by_role("button", name="Allow for this visit").click()
    online.wait_for_state(cell, "ok")
    expect(online.outputs(cell)).to_have_text("3")
    # Asked once: neither other ways to read nor a new Python ask again.
    online.bar.get_by_role("button", name="Restart").click()
    cell = start(
        online,
        "import polars as pl\nfrom urllib.request import urlopen\n"
        f"address = '{host.url}n.parquet'\n"
        "lazy = pl.scan_parquet(address).filter(pl.col('n') > 1).collect()['n'].sum()\n"
        "with urlopen(address) as answer:\n    size = len(answer.read())\n"
        "kind = answer.headers.get_content_type()\n"
        "lazy, pl.read_parquet(address).height, size, answer.status, kind",
    )
    online.wait_for_state(cell, "ok")
    size = len(host.files["n.parquet"][1])
    expect(online.outputs(cell)).to_have_text(f"(2, 2, {size}, 200, 'application/octet-stream')")


def test_each_way_to_fail_is_told(online: Reader, host: OtherHost) -> None:
    read = f"import polars as pl\npl.read_csv('{host.url}n.csv')"
    cell = start(online, read)
    answer(cell, "Refuse")
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("you have not allowed 127.0.0.1")
    assert host.requests == []
    cell = start(online, f"{read}  # again")
    answer(cell)
    online.wait_for_state(cell, "ok")
    for source, reason in [
        (f"pl.read_csv('{host.url}no.csv')", "answered 404"),
        ("import urllib.request as r\nr.urlopen('" + host.url + "no')", "HTTP Error 404"),
        ("pl.scan_parquet('s3://bucket/n.parquet')", "cannot be read in a browser"),
    ]:
        cell = start(online, source)
        online.wait_for_state(cell, "error")
        expect(error(cell)).to_contain_text(reason)
    host.shares = False
    cell = start(online, f"{read}  # closed")
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("does not let pages of other sites read this")
    cell = start(online, "pl.read_csv('http://127.0.0.1:9/n.csv')")
    answer(cell)
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("127.0.0.1:9 does not answer")
    online.page.context.set_offline(True)
    cell = start(online, f"{read}  # offline")
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("there is no network now")


def test_no_way_out_of_python_goes_around_the_gate(online: Reader, host: OtherHost) -> None:
    cell = start(
        online,
        f"import js\nfrom pyodide.ffi import JsException\naddress = '{host.url}n.csv'\n"
        "def tried(way):\n"
        "    try:\n        way()\n"
        "    except JsException as error:\n        return str(error)[:14]\n"
        "def xhr():\n    js.XMLHttpRequest.new().open('GET', address, False)\n"
        "socket = lambda: js.WebSocket.new(address.replace('http', 'ws'))\n"
        "print(tried(xhr), tried(socket), tried(lambda: js.EventSource.new(address)))\n"
        "await js.fetch(address)",
    )
    expect(online.outputs(cell)).to_contain_text(" ".join(["NetworkRefused"] * 3))
    online.press(cell, "Stop")
    online.wait_for_state(cell, "error")
    assert host.requests == []


def test_a_package_is_installed(online: Reader, host: OtherHost) -> None:
    host.publish("tinypackage")
    index = f"--index-url {host.url}simple"
    cell = start(
        online, f"%pip install -q tinypackage {index}\nimport tinypackage\ntinypackage.word"
    )
    answer(cell)
    online.wait_for_state(cell, "ok")
    shown = online.outputs(cell)
    for words in ("Collecting tinypackage", "Downloading tinypackage-1.0", "'from a wheel'"):
        expect(shown).to_contain_text(words)


def test_a_package_that_cannot_be_had_is_named(online: Reader, host: OtherHost) -> None:
    host.publish("heavy", tag="cp314-cp314-manylinux_2_28_x86_64")
    simple = f"{host.url}simple"
    cell = start(online, f"%pip install heavy --index-url {simple}")
    answer(cell)
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("heavy has no wheel for Python in a browser")
    cell = start(
        online, f"import micropip\nawait micropip.install('nothing', index_urls='{simple}')"
    )
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("there is no package called 'nothing'")
    online.page.context.set_offline(True)
    cell = start(online, f"%pip install other --index-url {simple}")
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("other cannot be installed: there is no network now")
    cell = start(online, "%pip install -r requirements.txt")
    online.wait_for_state(cell, "error")
    expect(error(cell)).to_contain_text("give names of packages")


def take_shared(reader: Reader, source: str) -> Locator:
    """Open a link that carries a text for the first cell, and take it."""
    cell = reader.first_cell()
    shared = fragment({str(cell.get_attribute("id")): source})
    reader.page.evaluate("shared => { location.hash = shared }", shared)
    cell.get_by_role("button", name="Use and run").click()
    return cell


def test_text_from_elsewhere_has_neither_network_nor_storage(
    online: Reader, host: OtherHost
) -> None:
    host.files["x.mjs"] = "text/javascript", b"export const stolen = 1"
    cell = take_shared(
        online,
        "import js\nfrom pyodide.code import run_js\nfrom pyodide.ffi import JsException\n"
        "names = ['indexedDB', 'caches', 'BroadcastChannel', 'Worker']\n"
        "print([hasattr(js, name) for name in names], hasattr(js.navigator, 'storage'))\n"
        f"try:\n    await run_js(\"import('{host.url}x.mjs')\")\n"
        "except JsException as error:\n    print('blocked', error.name)\n"
        f"import polars as pl\npl.read_csv('{host.url}n.csv')['n'].sum()",
    )
    shown = online.outputs(cell)
    expect(shown).to_contain_text("[False, False, False, False] False")
    expect(shown).to_contain_text("blocked EvalError")
    expect(cell.locator(".cell-consent")).to_contain_text("Python has no network")
    assert host.requests == []
    # The mark outlives the page.
    online.page.reload()
    online.press(cell, "Run")
    expect(cell.locator(".cell-consent")).to_contain_text("Python has no network")
    answer(cell, "Trust it and restart Python")
    online.wait_for_state(cell, "static")
    expect(online.bar).not_to_contain_text("without network")
    online.press(cell, "Run")
    answer(cell)
    online.wait_for_state(cell, "ok")
    expect(shown).to_contain_text("[True, True, True, True] True")
