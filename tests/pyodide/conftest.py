"""Python in the real Pyodide under Node, from the very files that ship."""

from __future__ import annotations

import inspect
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import pytest

from buildlib import project_settings
from livecells.runtime.bundle import assemble
from livecells.runtime.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

SCRIPT = Path(__file__).with_name("session.mjs")
SITE_VARIABLE = "LIVECELLS_SITE"
TIMEOUT_S = 180


class PyodideError(Exception):
    """Python in Pyodide raised, or did not come up; the message is the traceback."""


@dataclass(frozen=True)
class BuiltSite:
    """A folder laid out as the site is, and the manifest in it."""

    folder: Path
    manifest_path: Path

    @property
    def manifest(self) -> Manifest:
        return cast("Manifest", json.loads(self.manifest_path.read_text(encoding="utf-8")))

    def copy(self, target: Path) -> BuiltSite:
        """Copy by links, so that single files can be replaced in the copy; never write into one."""
        shutil.copytree(self.folder, target, copy_function=_link)
        return BuiltSite(target, target / self.manifest_path.relative_to(self.folder))


class Session:
    """One Pyodide; every run has a namespace of its own."""

    def __init__(self, site: BuiltSite, log: Path, *, is_restored: bool = False) -> None:
        self.site = site
        self.reads: list[str] = []
        self.milliseconds = 0.0
        self._log = log
        command = ["node", str(SCRIPT), str(site.folder), str(site.manifest_path)]
        command += ["restored"] * is_restored
        with log.open("w") as stderr:
            self._node = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
            )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert self._node.stdout is not None
        pump = threading.Thread(target=_pump, args=(self._node.stdout, self._lines), daemon=True)
        pump.start()
        try:
            self.timings: dict[str, int] = self._receive()["timings"]
        except PyodideError:
            self.close()
            raise

    def run(self, source: str) -> Any:
        """Run Python and give the value of its last expression, which JSON must be able to hold.

        Raises:
            PyodideError: The code raised, or Node ended or hangs.
        """
        assert self._node.stdin is not None
        self._node.stdin.write(json.dumps({"id": 0, "source": source}) + "\n")
        self._node.stdin.flush()
        reply = self._receive()
        self.reads, self.milliseconds = reply["reads"], reply["ms"]
        if "error" in reply:
            raise PyodideError(reply["error"])
        return reply["value"]

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of a module that imports nothing of ours, there as it is here."""
        module: ModuleType | None = inspect.getmodule(function)
        assert module is not None
        written = ", ".join(map(repr, arguments))
        return self.run(f"{inspect.getsource(module)}\n{function.__name__}({written})")

    @property
    def is_alive(self) -> bool:
        """Whether Node still runs."""
        return self._node.poll() is None

    def log(self) -> str:
        return self._log.read_text()

    def close(self) -> None:
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.kill()
        self._node.wait()
        self._node.stdin.close()

    def _receive(self) -> Any:
        try:
            line = self._lines.get(timeout=TIMEOUT_S)
        except queue.Empty:
            self._node.kill()
            line = ""
        if not line:
            raise PyodideError(f"Node ended or hangs:\n{self.log()}")
        return json.loads(line)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The built site that LIVECELLS_SITE names, or the runtime alone, laid out as in a site."""
    if built := os.environ.get(SITE_VARIABLE):
        (manifest,) = Path(built).glob("livecells/*/manifest.json")
        return BuiltSite(Path(built), manifest)
    bundle = assemble(project_settings())
    folder = tmp_path_factory.mktemp("site")
    for path, source in bundle.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        _link(source, folder / path)
    (folder / "manifest.json").write_text(json.dumps(bundle.manifest), encoding="utf-8")
    return BuiltSite(folder, folder / "manifest.json")


@pytest.fixture(scope="session", params=["boot", "snapshot"])
def shared_session(
    site: BuiltSite, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Session]:
    """One Python from a plain boot, and one from a memory snapshot: both must do the same."""
    log = tmp_path_factory.mktemp("node") / "stderr.txt"
    session = Session(site, log, is_restored=request.param == "snapshot")
    yield session
    session.close()


@pytest.fixture
def pyodide(shared_session: Session) -> Iterator[Session]:
    """The Pyodides that all tests share; what one wrote meanwhile is shown when the test fails."""
    before = len(shared_session.log())
    yield shared_session
    sys.stderr.write(shared_session.log()[before:])


@pytest.fixture
def boot(tmp_path: Path) -> Iterator[Callable[[BuiltSite], Session]]:
    """Boots Pyodides of one's own, from any site."""
    sessions: list[Session] = []

    def start(site: BuiltSite, *, is_restored: bool = False) -> Session:
        log = tmp_path / f"stderr-{len(sessions)}.txt"
        sessions.append(Session(site, log, is_restored=is_restored))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


def _pump(stream: TextIO, lines: queue.SimpleQueue[str]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
