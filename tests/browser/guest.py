"""What a reader does in any engine, over the few things that each engine's tab can do."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from browser.engines import PATIENCE_S, Tab
from browser.server import PagesServer

CELL = "code-cell"
UNDER_WAY = ("queued", "starting", "busy")

LIVE = """() => {
  const cell = document.querySelector("code-cell");
  return !cell || Boolean(cell.querySelector(".cell-toolbar"));
}"""

GIVE = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const input = document.querySelector(".own-data input[type=file]");
  input.files = data.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""

ENDED = """([css, active]) => {
  const { state } = document.querySelector(css).dataset;
  return !active.includes(state) && state;
}"""

WORKER_ACTIVE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(registration?.active);
}"""

TIMED_RUN = """async ([css, active]) => {
  const cell = document.querySelector(css);
  const ended = new Promise((end) => {
    const look = () => active.includes(cell.dataset.state) || end(performance.now());
    cell.addEventListener("livecells:state", look);
  });
  const began = performance.now();
  [...cell.querySelectorAll("button")].find((one) => one.textContent === "Run").click();
  return ((await ended) - began) / 1000;
}"""
"""Timed by the page: WebKit's driver takes a second to find the button."""

SAID = """() => {
  const { innerText } = document.querySelector(".own-file") ?? {};
  return innerText && !innerText.includes("is reading it") && innerText;
}"""

HAS = "([css]) => document.querySelector(css) !== null"

TEXT = "([css]) => document.querySelector(css)?.innerText.replaceAll('\\u00a0', ' ') ?? ''"

SETTING = """([name, value]) => {
  localStorage.setItem(`livecells:${location.pathname.match(/^\\/[^/]+\\//)[0]}:${name}`, value);
}"""


class Guest:
    """Somebody who has come with any browser.

    Attributes:
        tab: The engine's tab.
        server: Where the site is.
    """

    def __init__(self, tab: Tab, server: PagesServer) -> None:
        self.tab = tab
        self.server = server

    def open(self, path: str = "") -> None:
        """Open a page of the site, or any address, and wait until its cells are live."""
        self.tab.go(path if ":" in path else self.server.url + path)
        self.wait(LIVE)

    def await_worker(self, path: str) -> None:
        """Open a page that the service worker serves, as it does from the second page on."""
        self.open(path)
        self.wait(WORKER_ACTIVE)
        self.open(path)

    def wait(self, script: str, *given: object) -> Any:
        """Wait until a function of the page's returns something true, and return that."""
        end = time.monotonic() + PATIENCE_S
        while not (found := self.tab.ask(script, *given)):
            if time.monotonic() > end:
                shown = (self.text(css)[:400] for css in ("runtime-bar", CELL, "article"))
                errors = "\n".join(self.tab.errors)
                pytest.fail("\n--- ".join([f"never came: {script} {given}", *shown, errors]))
            time.sleep(0.1)
        return found

    def text(self, css: str = "article") -> str:
        return str(self.tab.ask(TEXT, css))

    def await_text(self, css: str, part: str) -> str:
        """Wait until an element shows a text, and return all that it shows."""
        text = f"const text = ({TEXT})([css])"
        has = f"([css, part]) => {{ {text}; return text.includes(part) && text; }}"
        return str(self.wait(has, css, part))

    def press_run(self, text: str = "", cell: str = CELL) -> None:
        if not self.tab.ask(HAS, cell):  # the first test of its tab
            self.open("playground/")
        if text:
            self.tab.write(cell, text)
        self.tab.press(cell, "Run")

    def await_end(self, cell: str = CELL) -> str:
        """Wait until a cell runs no more, and return its state."""
        return str(self.wait(ENDED, cell, UNDER_WAY))

    def run(self, text: str = "", cell: str = CELL) -> str:
        """Run a cell, with a new text where one is given, and return what it shows."""
        self.press_run(text, cell)
        state = self.await_end(cell)
        return f"{state}: {self.outputs(cell)}"

    def seconds_to_run(self, cell: str) -> float:
        """Run a cell, and return how long that took."""
        return float(self.tab.ask(TIMED_RUN, cell, UNDER_WAY))

    def outputs(self, cell: str = CELL) -> str:
        return re.sub(r"\n+", "\n", self.text(f"{cell} [data-part=outputs]").strip())

    def stop(self, after: str = "", cell: str = CELL) -> str:
        """Press Stop once the cell shows a text, and return what it shows in the end."""
        self.await_text(f"{cell} [data-part=outputs]", after)
        self.tab.press(cell, "Stop")
        state = self.await_end(cell)
        return f"{state}: {self.outputs(cell)}"

    def give(self, name: str, text: str) -> str:
        """Choose a file of one's own, and return what is said about it."""
        self.tab.press("runtime-bar", "Your data")
        self.tab.ask(GIVE, name, text)
        said = self.wait(SAID)
        self.tab.press(".own-data", "Close")
        return str(said)

    def set(self, name: str, value: str) -> None:
        """Make a choice of the reader's, on a page of the site."""
        self.tab.ask(SETTING, name, value)

    def is_restored(self) -> bool:
        """Whether Python came up from its kept memory."""
        start = self.tab.ask("() => document.querySelector('runtime-bar').dataset.start")
        return bool(start == "memory")
