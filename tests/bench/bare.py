"""A browser in which nobody listens to the network.

DevTools, and so Playwright, keep the bodies of all responses in the tab, some 80 MB of a first
visit. No reader's tab has those. Here only expressions are evaluated.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from browser import chromium

READ, WRITE = 3, 4
"""Where Chromium expects the ends of two pipes."""

PATIENCE_S = 180
POLLING_S = 0.1


class Browser:
    """A Chromium with a new profile."""

    def __init__(self, profile: Path, reading: int, writing: int) -> None:
        self.profile = profile
        self._reading = reading
        self._writing = writing
        self._calls = 0
        self._received = b""

    def open(self, url: str) -> Tab:
        """Open a page."""
        target = self.call("Target.createTarget", url=url)["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        return Tab(self, target, attached["sessionId"])

    def call(self, method: str, session: str = "", **given: object) -> dict[str, Any]:
        """Call a method of the DevTools protocol."""
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": given}
        message |= {"sessionId": session} if session else {}
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            told = json.loads(self._message())
            if told.get("id") == self._calls:
                assert "error" not in told, told["error"]
                result: dict[str, Any] = told["result"]
                return result

    def _message(self) -> bytes:
        while b"\0" not in self._received:
            self._received += os.read(self._reading, 1 << 16)
        message, _, self._received = self._received.partition(b"\0")
        return message


class Tab:
    """One of its tabs."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self.browser = browser
        self._target = target
        self._session = session

    def evaluate(self, expression: str) -> Any:
        """Evaluate an expression, and wait for what it promises."""
        told = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true."""
        ends = time.monotonic() + PATIENCE_S
        while not self.evaluate(expression):
            assert time.monotonic() < ends, expression
            time.sleep(POLLING_S)

    def call(self, method: str, **given: object) -> dict[str, Any]:
        """Call a method of the tab's."""
        return self.browser.call(method, self._session, **given)

    def close(self) -> None:
        """Close it."""
        self.browser.call("Target.closeTarget", targetId=self._target)


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a browser."""
    path = chromium.find()
    assert path
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # its processes end later
        theirs, writing = os.pipe()
        reading, answers = os.pipe()
        arguments = [*chromium.ARGUMENTS, "--headless", "--remote-debugging-pipe"]
        arguments += [f"--user-data-dir={folder}", "--window-size=1280,900", "about:blank"]
        ends = [(os.POSIX_SPAWN_DUP2, theirs, READ), (os.POSIX_SPAWN_DUP2, answers, WRITE)]
        quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        process = os.posix_spawn(path, [path, *arguments], os.environ, file_actions=[*ends, quiet])
        opened = Browser(Path(folder), reading, writing)
        try:
            yield opened
            opened.call("Browser.close")
        except BaseException:
            os.kill(process, signal.SIGKILL)
            raise
        finally:
            os.waitpid(process, 0)
            for end in (theirs, writing, reading, answers):
                os.close(end)
