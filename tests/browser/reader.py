"""What a reader does on a page, in the words of the page contract (design.md, section 3)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Request, Route, expect

from browser.server import PagesServer

BOOT_TIMEOUT_MS = 90_000
"""Far above what a boot takes: machines are shared; timings belong to the bench."""

MEMORY_OFF = """
const project = location.pathname.match(/^\\/[^/]+\\//)?.[0];
if (project) localStorage.setItem(`livecells:${project}:memory`, "off");
"""

expect.set_options(timeout=BOOT_TIMEOUT_MS)


class Reader:
    """A reader of the site.

    Attributes:
        page: Playwright's page.
        errors: What the console and the page complained about.
        foreign: Requests to another origin; they are blocked.
    """

    def __init__(
        self,
        page: Page,
        server: PagesServer,
        *,
        is_guarded: bool = True,
        keeps_memory: bool = False,
    ) -> None:
        self.page = page
        self.server = server
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.set_default_timeout(BOOT_TIMEOUT_MS)
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if not keeps_memory:  # test_memory.py is about it; elsewhere it only costs time
            page.add_init_script(MEMORY_OFF)
        if is_guarded:  # which turns the browser's cache off
            page.context.route("**/*", self._guard)

    def open(self, path: str = "") -> None:
        """Open a page of the site and wait until its cells are live."""
        self.page.goto(self.server.url + path)
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
        expect(cell).to_have_attribute("data-state", state)

    def edit(self, cell: Locator, source: str) -> None:
        """Replace the cell's text by keyboard, as a reader does."""
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
            self.page.get_by_role("button", name="Add a cell", exact=True).click()
        found = self.page.locator("code-cell").all()
        for cell, source in zip(found, sources, strict=True):
            self.edit(cell, source)
        return found

    def source(self, cell: Locator) -> str:
        lines = cell.locator(".cm-line")
        if lines.count():
            return "\n".join(lines.all_inner_texts())
        return cell.locator("[data-part=source]").inner_text()

    def outputs(self, cell: Locator) -> Locator:
        return cell.locator("[data-part=outputs]")

    @property
    def release(self) -> str:
        """Address of the engine's modules, with a slash."""
        address = self.page.locator("script[src*='/main.js']").get_attribute("src") or ""
        return str(
            self.page.evaluate("address => new URL('./', new URL(address, location)).href", address)
        )

    @property
    def bar(self) -> Locator:
        return self.page.locator("[data-part=runtime]")

    def python_requests(self) -> list[str]:
        """Files of the runtime that have been asked for."""
        return [path for path in self.server.requests if path.startswith("livecells/runtime/")]

    def _console(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def _guard(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.server.url, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(request.url)
            route.abort()
