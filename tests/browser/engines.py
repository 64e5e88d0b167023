"""The engines that readers have, each with the same few things to do in a tab.

Chromium and Firefox are driven by Playwright, WebKit by Selenium: Debian's WebKit speaks WebDriver
only, and has no log of the console. Run it to install those that are missing:
`PYTHONPATH=tests python -m browser.engines`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from playwright.sync_api import Frame, Page, Playwright
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from browser import chromium

PATIENCE_S = 240
"""Far above what anything takes: machines are shared."""

WRITE = """([within, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", how);
  document.querySelector(`${within} .cm-content`).dispatchEvent(event);
}"""
"""One insertion, without the brackets that an editor closes for those who type."""

CENTRE = "arguments[0].scrollIntoView({ block: 'center' })"

MINI_BROWSER = "*/webkit2gtk-4.1/MiniBrowser"

WITHOUT_GPU = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
"""Else two threads stand in for the graphics card, and a start has a fifth less of two cores."""

PREFERENCES: dict[str, str | float | bool] = {
    "ui.primaryPointerCapabilities": 6,  # headless Firefox has no mouse otherwise
    "ui.allPointerCapabilities": 6,
    "security.fileuri.strict_origin_policy": True,  # as readers have it; Playwright turns it off
}


class Tab(Protocol):
    """A tab of any engine.

    Attributes:
        errors: What the console and the page complained about, as far as the engine tells.
        version: Of the browser.
    """

    errors: list[str]
    version: str

    def go(self, url: str) -> None:
        """Open an address and wait until it has loaded."""

    def enter_frame(self) -> None:
        """Go into the page's frame: what follows is done there."""

    def heard(self) -> list[str]:
        """Return the errors, and forget them."""

    def ask(self, script: str, *given: object) -> Any:
        """Return what a function of the page's returns for a list of values; it may be async."""

    def press(self, within: str, button: str) -> None:
        """Click the button of that name inside the element that a selector finds."""

    def write(self, within: str, text: str) -> None:
        """Replace the text of the cell that a selector finds."""


class PlaywrightTab:
    """A tab of Chromium or Firefox."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.place: Page | Frame = page
        self.errors: list[str] = []
        browser = page.context.browser
        self.version = browser.version if browser else ""
        page.set_default_timeout(PATIENCE_S * 1000)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def go(self, url: str) -> None:
        self.page.goto(url)

    def enter_frame(self) -> None:
        self.place = self.page.frames[-1]

    def heard(self) -> list[str]:
        found, self.errors[:] = self.errors[:], []
        return found

    def ask(self, script: str, *given: object) -> Any:
        return self.place.evaluate(script, list(given))

    def press(self, within: str, button: str) -> None:
        self.place.locator(within).get_by_role("button", name=button, exact=True).first.click()

    def write(self, within: str, text: str) -> None:
        content = self.place.locator(f"{within} .cm-content")
        if not content.count():
            self.place.locator(f"{within} [data-part=source]").click()
        content.focus()
        for _ in range(3):  # focus may move the caret after Ctrl+A
            content.press("Control+a")
            content.press("Delete")
            if not self.place.locator(within).first.evaluate("cell => cell.source"):
                break
        self.page.keyboard.insert_text(text)


class SeleniumTab:
    """A tab of WebKit. The server adds a script to pages that gathers their errors: `watched`."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver
        self.errors: list[str] = []
        self.version = str(driver.capabilities["browserVersion"])
        driver.set_script_timeout(PATIENCE_S)

    def go(self, url: str) -> None:
        self._gather()
        self.driver.get(url)

    def enter_frame(self) -> None:
        self.driver.switch_to.frame(0)

    def _gather(self) -> None:
        self.errors += self.ask("() => (globalThis.complaints ?? []).splice(0)")

    def heard(self) -> list[str]:
        self._gather()
        found, self.errors[:] = self.errors[:], []
        return found

    def ask(self, script: str, *given: object) -> Any:
        found = self.driver.execute_async_script(
            "const [given, done] = arguments;"
            f"Promise.resolve(({script})(given)).then("
            "(value) => done({ value }), (error) => done({ error: String(error) }))",
            list(given),
        )
        if "error" in found:
            raise AssertionError(found["error"])
        return found.get("value")

    def press(self, within: str, button: str) -> None:
        def click(driver: WebKitGTK) -> bool:
            for one in driver.find_elements(By.CSS_SELECTOR, f"{within} button"):
                if one.is_displayed() and one.accessible_name == button:
                    driver.execute_script(CENTRE, one)
                    one.click()
                    return True
            return False

        self._until(click)

    def _until(self, find: Callable[[WebKitGTK], Any]) -> Any:
        """Try until it succeeds: the page may put another element in the place of one."""
        passing = (NoSuchElementException, StaleElementReferenceException)
        return WebDriverWait(self.driver, PATIENCE_S, ignored_exceptions=passing).until(find)

    def write(self, within: str, text: str) -> None:
        if not self.driver.find_elements(By.CSS_SELECTOR, f"{within} .cm-content"):
            source = self.driver.find_element(By.CSS_SELECTOR, f"{within} [data-part=source]")
            self.driver.execute_script(CENTRE, source)
            source.click()
        editor = (By.CSS_SELECTOR, f"{within} .cm-content")
        content = self._until(lambda driver: driver.find_element(*editor))
        content.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.DELETE)
        self.ask(WRITE, within, text)


ENGINES = ("Chromium", "Firefox", "WebKit")


@contextmanager
def tab(engine: str, playwright: Playwright, *, is_blocked: bool = False) -> Iterator[Tab]:
    """Open a tab in a new profile of an engine.

    Args:
        engine: One of `ENGINES`.
        playwright: Drives all but WebKit.
        is_blocked: Whether the reader has blocked all cookies and site data; not in WebKit, whose
            driver cannot say so.
    """
    opened = {"Chromium": _chromium, "Firefox": _firefox, "WebKit": _webkit}[engine]
    with opened(playwright, is_blocked=is_blocked) as one:
        yield one


FIREFOX = ("firefox-esr", "firefox")

PROGRAMS: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "Chromium": {},
    "Firefox": {FIREFOX: "firefox-esr"},
    "WebKit": {("WebKitWebDriver",): "webkit2gtk-driver", ("Xvfb",): "xvfb"},
}
"""What an engine needs, by any of its names, and Debian's package; for Chromium see chromium.py."""


def _find(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def missing(engine: str) -> str:
    """Say what an engine lacks to be tried here; empty where nothing is missing."""
    absent = [names[0] for names in PROGRAMS[engine] if not _find(names)]
    return f"{engine} is left out: there is no {', '.join(absent)} (make engines)" if absent else ""


@contextmanager
def _chromium(playwright: Playwright, *, is_blocked: bool) -> Iterator[Tab]:
    choice = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    with TemporaryDirectory() as profile:
        if is_blocked:
            (Path(profile) / "Default").mkdir()
            (Path(profile) / "Default" / "Preferences").write_text(json.dumps(choice))
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        yield PlaywrightTab(context.new_page())
        context.close()


@contextmanager
def _firefox(playwright: Playwright, *, is_blocked: bool) -> Iterator[Tab]:
    choice = {"network.cookie.cookieBehavior": 2} if is_blocked else {}
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=_find(FIREFOX),
        firefox_user_prefs=PREFERENCES | choice,
    )
    yield PlaywrightTab(browser.new_context().new_page())
    browser.close()


@contextmanager
def _webkit(_playwright: Playwright, *, is_blocked: bool) -> Iterator[Tab]:
    assert not is_blocked
    with _screen() as screen:
        options = Options()
        options.binary_location = str(next(Path("/usr/lib").glob(MINI_BROWSER)))
        options.add_argument("--automation")
        options.set_capability("browserName", "MiniBrowser")
        environment = os.environ | {"DISPLAY": screen} | WITHOUT_GPU
        service = Service(shutil.which("WebKitWebDriver"), env=environment)
        with warnings.catch_warnings(action="ignore"):  # Selenium's, of itself
            driver = WebKitGTK(options=options, service=service)
        try:
            yield SeleniumTab(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Start a display that nobody sees, and return its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    running = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        running.terminate()
        running.wait()


def main() -> None:
    """Install the engines that are missing, and say which are left out; in CI none may be."""
    chromium.main()
    packages = [
        package
        for needed in PROGRAMS.values()
        for names, package in needed.items()
        if not _find(names)
    ]
    if packages:
        chromium.install_packages(*packages)
    left_out = "\n".join(filter(None, map(missing, ENGINES)))
    if left_out and os.environ.get("CI"):
        sys.exit(left_out)
    print(left_out, end=left_out and "\n")


if __name__ == "__main__":
    main()
