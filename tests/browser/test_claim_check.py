"""The reader's own check of all claims: progress, stop, the receipt, and receipts of others."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from trends import claims

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from browser.reader import Reader

PAGE = "claims/"


@cache
def native() -> claims.Receipt:
    return claims.recheck()


def check(reader: Reader) -> Locator:
    return reader.page.locator("claim-check")


def said(reader: Reader) -> Locator:
    return check(reader).locator("[data-part=said]")


def start(reader: Reader) -> None:
    check(reader).get_by_role("button", name="Check it yourself").click()


def compare(reader: Reader, text: str) -> None:
    file = {"name": "receipt.json", "mimeType": "application/json", "buffer": text.encode()}
    check(reader).locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def test_one_press_fills_the_ledger_and_gives_the_native_receipt(reader: Reader) -> None:
    reader.open(PAGE)
    start(reader)
    expect(said(reader)).to_contain_text(re.compile(r"\d+ of \d+ checked, all agree"))
    count = len(native().results)
    expect(said(reader)).to_contain_text(f"{count} of {count} computed claims agree")
    expect(said(reader)).to_contain_text(native().sha256)
    marks = reader.page.locator(".ledger-own").all_inner_texts()
    assert marks == ["✔ same here"] * count
    with reader.page.expect_download() as download:
        check(reader).get_by_role("button", name="Download the receipt").click()
    file: dict[str, Any] = json.loads(Path(download.value.path()).read_text())
    assert file["receipt"] == json.loads(native().text)
    assert file["sha256"] == native().sha256
    assert file["made"].keys() == {"on", "with"}
    compare(reader, Path(download.value.path()).read_text())
    expect(said(reader)).to_contain_text("The receipt agrees with this page")


def test_the_check_can_be_stopped(reader: Reader) -> None:
    reader.open(PAGE)
    start(reader)
    check(reader).get_by_role("button", name="Stop").first.click()
    expect(said(reader)).to_contain_text(re.compile(r"^Stopped after \d+ of"))
    expect(check(reader).get_by_role("button", name="Check it yourself")).to_be_enabled()
    expect(check(reader).get_by_role("button", name="Download the receipt")).to_be_hidden()


@pytest.mark.breaks
def test_a_changed_table_is_refused_and_turns_the_claims_that_read_it(reader: Reader) -> None:
    reader.open(PAGE)
    name = "peps"
    content = bytearray((Path("data") / f"{name}.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    address = re.compile(rf"/{name}\.parquet")
    reader.page.context.route(address, lambda route: route.fulfill(body=bytes(content)))
    start(reader)
    expect(said(reader)).to_contain_text("Receipt, SHA-256")
    readers = {one.claim_id for one in native().results if name in one.tables}
    turned = reader.page.locator(".ledger > tbody:has(.ledger-own)").evaluate_all(
        "all => all.filter(one => one.querySelector('.ledger-own').textContent.startsWith('≠'))"
        ".map(one => one.id.replace('claim-', ''))"
    )
    assert set(turned) == readers
    reader.page.context.unroute(address)


def edited(text: str) -> str:
    return text.replace('"verdict":"partly"', '"verdict":"supported"', 1)


def of_another_release() -> str:
    content = json.loads(native().text)
    content["data"]["peps"] = "0" * 64
    first = next(iter(content["claims"].values()))
    first["verdict"] = "untestable"
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f'{{"receipt":{text},"sha256":"{digest}","made":{{}}}}'


def test_receipts_of_others_are_told_apart(reader: Reader) -> None:
    reader.open(PAGE)
    whole = native().file({"on": "2026-11-29T00:00:00Z"})
    cases = {
        whole: "The receipt agrees with this page",
        whole[: len(whole) // 2]: "cut short or altered",
        edited(whole): "This receipt has been edited",
        of_another_release(): "of another release: it was made with other data (peps). 1 of ",
        "claims,verdict": "This is not a receipt: it is not JSON",
        '{"a": 1}': "This is not a receipt: it has no",
        '{"receipt":{"format":9},"sha256":""}': "another format",
        "x" * 1_000_001: "too large",
    }
    for text, sentence in cases.items():
        compare(reader, text)
        expect(said(reader)).to_contain_text(sentence)


def test_a_receipt_can_be_dropped(reader: Reader) -> None:
    reader.open(PAGE)
    transfer = reader.page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "receipt.json"));
            return transfer;
        }""",
        native().file({}),
    )
    check(reader).dispatch_event("drop", {"dataTransfer": transfer})
    expect(said(reader)).to_contain_text("The receipt agrees with this page")
    expect(reader.page.locator("dialog")).to_have_count(0)


def test_firefox_gives_the_same_receipt(reader: Reader, tmp_path: Path) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if not firefox:
        pytest.skip("no Firefox: apt-get install firefox-esr")
    script = Path(__file__).with_name("firefox.mjs")
    address = f"{reader.server.url}{PAGE}"
    command = ["node", "--experimental-websocket", str(script), firefox, str(tmp_path), address]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.startswith("ok: "), done.stdout + done.stderr
    assert native().sha256 in done.stdout
