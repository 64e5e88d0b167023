"""Releases of a site, published one after the other, and what a reader of them sees."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from browser.reader import Reader
from browser.server import PagesServer, Reply, impatient
from livecells.release.assets import WEB, WORKER
from livecells.release.precache import write_service_worker
from livecells.release.scripts import Bundler
from livecells.release.version import Change, Release

CACHES = "caches.keys()"
OURS = ":/python-trends/:"
MINE = "print('mine')"

HOME = "index.html"
PAGE = "release-mark.txt"
PYTHON = "livecells/runtime/mark.wasm"
"""What each release has of its own: the home page's title, one more file of the pages, one of
Python's."""

ROOT_FILES = ("index.html", "404.html", "sitemap.xml", "manifest.webmanifest")
LIGHT = (*ROOT_FILES, "method", "playground", "search", "assets")
"""What a copy without Python has, beside our scripts."""

MARKS = """async ([root, page, python]) => {
  const text = async (path) => (await fetch(root + path)).text();
  const home = new DOMParser().parseFromString(await text(""), "text/html").title.split(" ")[0];
  return [home, await text(page), (await text(python)).trim()];
}"""


def impatient_worker(folder: Path, entry: str = WORKER) -> bytes:
    """Make a worker as the build does, the service worker or Python's, with shorter limits."""
    web = folder / "web"
    shutil.copytree(WEB, web)
    limits = (web / "net/limits.js").read_text()
    (web / "net/limits.js").write_text(impatient(limits))
    bundler = Bundler(Path("node_modules").resolve(), folder / "made")
    make = bundler.script if entry == WORKER else bundler.whole
    return make(web / entry, sorted(web.rglob("*.js")))


class Publisher:
    """A copy of a built site that can be published again, changed."""

    def __init__(
        self,
        built: Path,
        folder: Path,
        *,
        is_whole: bool = False,
        worker: bytes = b"",
    ) -> None:
        """Copy by links; without `is_whole` few pages come along and nothing that runs Python.

        Args:
            built: The site.
            folder: A new one.
            is_whole: Take everything along.
            worker: The service worker, if not the site's own.
        """
        self.folder = folder
        (manifest,) = built.glob("livecells/*/manifest.json")
        self.runtime = {
            file["path"]: file["wire"] for file in json.loads(manifest.read_text())["files"]
        }
        for path in sorted(built.rglob("*")):
            inside = path.relative_to(built)
            if path.is_file() and (is_whole or self._is_light(inside)):
                (folder / inside).parent.mkdir(parents=True, exist_ok=True)
                os.link(path, folder / inside)
        self.worker = worker or (built / "sw.js").read_bytes().partition(b"\n")[2]
        self.runtime[PYTHON] = 0
        self.build = _build_of((folder / HOME).read_text())
        self.titles: list[str] = []
        self.publish("First")

    def copy(self, folder: Path) -> Publisher:
        """Give the same at another place, by links."""
        shutil.copytree(self.folder, folder, copy_function=os.link)
        other = copy.copy(self)
        other.folder, other.titles = folder, list(self.titles)
        return other

    def publish(self, title: str, *, is_on: bool = True) -> None:
        """Make a release: `title` is its version, and the first word of the home page's title."""
        self.titles.insert(0, title)
        before, self.build = self.build, f"build-{title.lower()}"
        for page in self.folder.rglob("*.html"):
            stamped = page.read_text().replace(before, self.build)
            self._write(page.relative_to(self.folder).as_posix(), stamped)
        home = (self.folder / HOME).read_text()
        self._write(HOME, re.sub(r"<title>(\w+ \| )?", f"<title>{title} | ", home, count=1))
        self._write(PAGE, title)
        self._write(PYTHON, title + " " * 200_000)
        changes = (
            Change(version=one, date="2026-11-25", notes=[f"{one} it is."]) for one in self.titles
        )
        release = Release(tuple(changes), self.build)
        write_service_worker(self.folder, release, self.runtime, self.worker if is_on else None)

    def _is_light(self, path: Path) -> bool:
        if path.parts[0] == "figures":
            return path.match("home-*.json")
        if path.name.endswith(".classic.js"):
            return False  # only copies have them
        is_ours = path.parts[0] == "livecells" and path.parts[1] != "runtime"
        return is_ours or path.parts[0] in LIGHT

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).unlink(missing_ok=True)  # the built site has it too
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text)


class Visitor:
    """A reader with the site's service worker, and what of the site the browser has."""

    def __init__(self, context: BrowserContext, host: PagesServer, path: str = "") -> None:
        self.context = context
        self.host = host
        self.reader = Reader(context.new_page(), host)
        self.page = self.reader.page
        self.reader.open(path)

    def installed(self) -> None:
        """Wait until the first release is kept and answers this page."""
        self.wait("navigator.serviceWorker.controller?.state === 'activated'")

    def save_everything(self) -> None:
        """Keep Python too, as the panel's button does."""
        self.page.wait_for_function(
            """async () => {
              const { active } = await navigator.serviceWorker.ready;
              const heard = new Promise((resolve) => {
                navigator.serviceWorker.addEventListener("message", ({ data }) => {
                  if (data.savedAt) resolve(true);
                });
              });
              active.postMessage({ type: "save" });
              return heard;
            }"""
        )

    def edit(self) -> None:
        """Type into the playground's first cell."""
        self.reader.open("playground/")
        self.reader.edit(self.reader.first_cell(), MINE)
        self.wait("JSON.stringify(localStorage).includes('mine')")

    def edited(self) -> str:
        self.reader.open("playground/")
        cell = self.reader.first_cell()
        expect(cell).to_contain_text("print")  # the editor takes the place of the author's text
        return self.reader.source(cell)

    def marks(self) -> list[str]:
        """What the site says of its release in three places: a page, a script's file, Python's."""
        self.page.goto(self.host.url)
        return self.held()

    def held(self) -> list[str]:
        """What it says of it to the page that is open."""
        where: Any = [self.host.url, PAGE, PYTHON]
        return [str(mark) for mark in self.page.evaluate(MARKS, where)]

    def update(self, has_come: str) -> None:
        """Ask for the new release and wait for it; `has_come` is true of the registration then."""
        self.ask()
        self.wait(f"navigator.serviceWorker.getRegistration().then((one) => Boolean({has_come}))")

    def ask(self) -> None:
        """Ask for the new release."""
        self.page.wait_for_function(
            """async () => {
              const one = await navigator.serviceWorker.getRegistration();
              void one?.update().catch(() => {});
              return true;
            }"""
        )

    def try_update(self) -> str:
        """Ask for a new release and wait for the end.

        Returns:
            `waiting`, `failed`, `none` when there is none, `no script` when it could not be had.
        """
        ended = self.page.wait_for_function(
            """async () => {
              const one = await navigator.serviceWorker.getRegistration();
              try {
                await one.update();
              } catch {
                return "no script";
              }
              const { installing } = one;
              if (!installing) return one.waiting ? "waiting" : "none";
              const ends = { installed: "waiting", redundant: "failed", activated: "active" };
              return new Promise((resolve) => {
                const look = () => ends[installing.state] && resolve(ends[installing.state]);
                installing.addEventListener("statechange", look);
                look();
              });
            }"""
        )
        return str(ended.json_value())

    def failure(self) -> Any:
        """What the service worker says of the release that could not be fetched, or nothing."""
        said = self.page.wait_for_function(
            """async () => {
              const { active } = await navigator.serviceWorker.ready;
              const heard = new Promise((resolve) => {
                navigator.serviceWorker.addEventListener("message", ({ data }) => {
                  if (data.type === "state") resolve({ failed: data.failed ?? null });
                });
              });
              active.postMessage({ type: "state" });
              return heard;
            }"""
        )
        return said.json_value()["failed"]

    def changes_to(self, title: str) -> None:
        """Go on reading until the new release answers.

        That is the next page, or the one after it while the browser still counts the last as open.
        Only waits with a limit here: `evaluate` and `title` have none, and stand still for good
        when the page changes under them.
        """
        for _ in range(5):
            self.page.wait_for_function(
                "(url) => { setTimeout(() => location.assign(url)); return true; }",
                arg=self.host.url,
            )
            with suppress(PlaywrightTimeoutError):  # the switch may ask for the page twice
                return self.page.wait_for_function(
                    "(title) => document.title.startsWith(title)", arg=title, timeout=10_000
                ).dispose()
        pytest.fail(f"the new release {title!r} never answered")

    def await_waiting(self) -> None:
        self.wait("navigator.serviceWorker.getRegistration().then((one) => Boolean(one.waiting))")

    def own_caches(self) -> list[str]:
        return [name for name in self.page.evaluate(CACHES) if OURS in name]

    def wait(self, condition: str) -> None:
        """Wait until a condition, or what it promises, is true: Playwright asks only once."""
        self.page.wait_for_function(
            f"""async () => {{
              while (!(await ({condition}))) await new Promise((again) => setTimeout(again, 50));
              return true;
            }}"""
        )


def _build_of(page: str) -> str:
    found = re.search('<meta name="livecells-build" content="([^"]+)"', page)
    assert found
    return found[1]


def go_offline(host: PagesServer) -> None:
    host.faults.insert(0, lambda _: Reply(drop=True))


def go_online(host: PagesServer) -> None:
    host.faults.clear()
