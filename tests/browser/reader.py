"""What a reader does on a page, in the words of the page contract (design.md, section 3)."""

from __future__ import annotations

import time

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Request, expect

from browser.server import PagesServer

BOOT_TIMEOUT_MS = 90_000
"""Far above what a boot takes: machines are shared; timings belong to the bench."""

KEEPING_TIMEOUT_S = 240
"""Far above what it takes to keep Python's memory, too: a second Python makes it."""

MEMORY_OFF = """
const project = location.pathname.match(/^\\/[^/]+\\//)?.[0];
if (project) localStorage.setItem(`livecells:${project}:memory`, "off");
"""

KEPT_FILES = """async () => {
  const found = {};
  const root = await navigator.storage.getDirectory();
  for await (const folder of root.values()) {
    if (folder.name === "copy") continue;
    for await (const [name, file] of folder.entries()) found[name] = (await file.getFile()).size;
  }
  return found;
}"""

WITHOUT_CELLS = "licences/"
"""A page on the way from one page with cells to the next."""

SAVED_AFTER_S = 0.35
"""Edits are saved this long after the last key (cell-text.js), wherever the reader is by then."""

FORGET = """() => {
  for (const key of Object.keys(localStorage)) {
    if (!key.endsWith(":memory")) localStorage.removeItem(key);
  }
  sessionStorage.clear();
}"""

HAS_ENDED = '["ok", "error", "failed"].includes(cell.dataset.state)'

HAS_RUN_AGAIN = f"""([id, before]) => {{
  const cell = document.getElementById(id);
  return cell.executionCount !== before && {HAS_ENDED};
}}"""

IS_SETTLED = f"""() =>
  [...document.querySelectorAll("code-cell")].every((cell) => {HAS_ENDED})"""

PAGE_TIMEOUT_MS = 300_000
"""The ledger recomputes all claims twice."""

FOLLOW = """(url) =>
  [...document.querySelectorAll(".md-nav a")].find((link) => link.href === url).click()"""

expect.set_options(timeout=BOOT_TIMEOUT_MS)


class Reader:
    """A reader of the site.

    Attributes:
        page: Playwright's page.
        errors: What the console and the page complained about.
        foreign: Requests to another origin that the page's policy let through. None of them left
            this machine (chromium.py).
        requests: Paths below the site that the browser asked for, of its cache or of the server.
    """

    def __init__(self, page: Page, server: PagesServer, *, keeps_memory: bool = False) -> None:
        self.page = page
        self.server = server
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.requests: list[str] = []
        self._tabs = [page]
        page.set_default_timeout(BOOT_TIMEOUT_MS)
        page.on("popup", lambda tab: self._tabs.append(tab))
        page.on("dialog", lambda dialog: dialog.accept())  # to leave while a cell runs
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.context.on("request", self._record)  # of workers and new tabs, too
        page.context.on("requestfailed", self._unrecord)
        if not keeps_memory:  # test_memory.py is about it; elsewhere it only costs time
            page.add_init_script(MEMORY_OFF)

    def open(self, path: str = "") -> None:
        """Open a page of the site and wait until its cells are live."""
        self.page.goto(self.server.url + path)
        self._await_cells()

    def follow(self, path: str) -> None:
        """Press a link of the navigation: the document stays, and Python lives on."""
        url = self.server.url + path
        self.page.evaluate(FOLLOW, url)
        self.page.wait_for_url(url)

    def _await_cells(self) -> None:
        if self.page.locator("code-cell").count():
            self.page.locator("code-cell .cell-toolbar").first.wait_for(state="attached")

    def cell(self, cell_id: str) -> Locator:
        return self.page.locator(f"code-cell#{cell_id}")

    def first_cell(self) -> Locator:
        return self.page.locator("code-cell").first

    def press(self, cell: Locator, name: str) -> None:
        cell.get_by_role("button", name=name, exact=True).click()

    def run(self, cell: Locator, state: str = "ok") -> None:
        """Press Run and wait for the state in which the cell must end."""
        self.press(cell, "Run")
        self.wait_for_state(cell, state)

    def wait_for_state(self, cell: Locator, state: str) -> None:
        try:
            expect(cell).to_have_attribute("data-state", state)
        except AssertionError as error:
            error.add_note(f"{self.bar.inner_text()}\n{cell.inner_text()}"[:2000])
            raise

    def run_all(self) -> None:
        """Press *Run all* and wait until every cell of the page has ended."""
        self.bar.get_by_role("button", name="Run all").click()
        self.page.wait_for_function(IS_SETTLED, timeout=PAGE_TIMEOUT_MS)

    def try_out(self, cell_id: str) -> None:
        """Press the button of a suggested edit and wait for the run that it asks for."""
        before = self.cell(cell_id).evaluate("cell => cell.executionCount")
        button = self.page.locator(f"cell-try[data-cell={cell_id}]").get_by_role("button")
        button.click()
        self.page.wait_for_function(HAS_RUN_AGAIN, arg=[cell_id, before])

    def unfold(self, cell: Locator) -> None:
        """Press *Code* where the cell shows one line of it only."""
        if cell.get_attribute("data-code") == "folded":
            cell.get_by_role("button", name="Code · ").click()

    def edit(self, cell: Locator, source: str) -> None:
        """Replace the cell's text by keyboard, as a reader does."""
        self.unfold(cell)
        if not cell.locator(".cm-content").count():
            cell.locator("[data-part=source]").click()
        content = cell.locator(".cm-content")
        content.wait_for()
        content.press("Control+a")
        content.press("Delete")
        self.page.keyboard.insert_text(source)

    def write_cells(self, sources: list[str]) -> list[Locator]:
        """Make the cells of an untouched notebook page, one for each text."""
        for _ in sources[1:]:
            self.page.get_by_role("button", name="Add a cell below").last.click()
        found = self.page.locator("code-cell").all()
        for cell, source in zip(found, sources, strict=True):
            self.edit(cell, source)
        return found

    def source(self, cell: Locator) -> str:
        lines = cell.locator(".cm-line")
        if lines.count():
            return "\n".join(lines.all_inner_texts())
        return cell.locator("[data-part=source]").inner_text()

    def count(self, cell: Locator) -> int:
        """The number of the cell's last run, as in `[3]`."""
        return int(cell.evaluate("cell => cell.executionCount"))

    def outputs(self, cell: Locator) -> Locator:
        return cell.locator("[data-part=outputs]")

    @property
    def bar(self) -> Locator:
        return self.page.locator("[data-part=runtime]")

    def kept_files(self) -> dict[str, int]:
        """Sizes in bytes of what Python's memory left in the browser, by name."""
        found: dict[str, int] = self.page.evaluate(KEPT_FILES)
        return found

    def await_memory(self) -> None:
        """Wait until the memory of a Python that has come up is kept."""
        for _ in range(2 * KEEPING_TIMEOUT_S):
            if any(name.endswith(".json") for name in self.kept_files()):
                return
            self.page.wait_for_timeout(500)
        raise AssertionError("Python's memory was never kept")

    def python_requests(self) -> list[str]:
        """Files of the runtime that the browser has asked for."""
        return [path for path in self.requests if path.startswith("livecells/runtime/")]

    def late_parts(self) -> list[str]:
        """Second parts of a module that the browser has asked for."""
        return [path for path in self.requests if ".rest-" in path]

    def _console(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def _record(self, request: Request) -> None:
        if request.url.startswith(self.server.url):
            path = request.url.removeprefix(self.server.url)
            self.requests.append(path.partition("?")[0].partition("#")[0])
        elif request.url.startswith(("http", "ws")):
            self.foreign.append(request.url)

    def _unrecord(self, request: Request) -> None:
        if request.failure == "csp" and request.url in self.foreign:
            self.foreign.remove(request.url)

    def leave(self) -> None:
        """Close the tab and those that it has opened."""
        context = self.page.context
        context.remove_listener("request", self._record)
        context.remove_listener("requestfailed", self._unrecord)
        for tab in self._tabs:
            tab.close()


class Regular(Reader):
    """A reader who stays on the site: pages follow each other as by links, and Python lives on."""

    _edited_at = 0.0

    def open(self, path: str = "") -> None:
        """Go to a page as its author has left it: edits are forgotten, names in Python are not."""
        if not self.page.url.startswith(self.server.url):
            return super().open(path)
        self.follow(WITHOUT_CELLS)
        expect(self.page.locator("code-cell")).to_have_count(0)
        time.sleep(max(0.0, self._edited_at + SAVED_AFTER_S - time.monotonic()))
        self.page.evaluate(FORGET)
        self.follow(path)
        return self._await_cells()

    def edit(self, cell: Locator, source: str) -> None:
        super().edit(cell, source)
        self._edited_at = time.monotonic()

    def is_well(self) -> bool:
        """Whether the next test can go on with this page and its Python."""
        try:
            return self.bar.get_attribute("data-state", timeout=1000) in ("off", "idle")
        except PlaywrightError:
            return False

    def _await_cells(self) -> None:
        self.page.locator("code-cell .cell-toolbar").first.wait_for(state="attached")
