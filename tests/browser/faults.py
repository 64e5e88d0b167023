"""The table of faults: what can go wrong, how it is made to, and what the reader must then find.

`KINDS` is what issue 7 asks for. Each test of a fault carries the mark `fault` with a kind of it;
`pytest -m fault --collect-only -q` counts them by kind (conftest.py), and a kind without a test
fails there. The rows below are worked through by the tests that import them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from browser.releases import HOME, PYTHON
from browser.server import PagesServer, Reply

KINDS = {
    "missing": "a file of the runtime is not there",
    "cut": "a file of the runtime ends too early",
    "altered": "a file of the runtime has other bytes",
    "wrong type": "a file of the runtime comes as something else",
    "stalled": "a file of the runtime begins or does not begin, and then nothing comes",
    "page's file": "a file of the page's own is missing",
    "worker killed": "the worker ends or falls silent, at each stage of its life",
    "storage denied": "the browser keeps nothing",
    "storage full": "the browser keeps no more",
    "storage corrupt": "what the browser kept is damaged",
    "offline": "the network goes in the middle",
    "hidden and frozen": "the tab is frozen and thawed",
    "two tabs": "two tabs do the same at once",
    "clock": "the clock jumps",
    "memory": "there is no more of it: in Python, in Rust, in JavaScript",
    "panic": "Polars gives up",
    "recursion": "calls without an end",
    "display": "a loop or a recursion of displays",
    "outputs": "more outputs than a page can hold",
    "large": "one output larger than a page can hold",
    "endless": "a cell that does not end, whether it hears a Stop or not",
    "processes": "what a browser does not have: processes, threads, signals",
    "exit": "a cell that ends Python",
    "sabotage": "a cell that takes apart what Python or the kernel stands on",
    "release": "a new release of the site comes wrong",
}
"""By name, what each means."""


@dataclass(frozen=True)
class CellFault:
    """A cell that does something bad.

    Attributes:
        kind: One of `KINDS`.
        source: The cell.
        said: What its output says, or the page's bar where Python has broken down.
        state: In which the cell must end.
        way_on: `run`: the next run works. `restart`: after a Restart it does. `stop`: the reader
            has to stop the cell first.
    """

    kind: str
    source: str
    said: str
    state: Literal["ok", "error", "failed", "static"] = "error"
    way_on: Literal["run", "restart", "stop"] = "run"


CELL_FAULTS = {
    "Python's memory": CellFault(
        "memory",
        "import polars\nkept = []\nwhile True: kept.append(bytes(500_000_000))",
        "run out of memory",
    ),
    "Rust's memory": CellFault(
        "memory",
        "import polars as pl\n[pl.zeros(250_000_000, eager=True) for _ in range(3)]",
        "unreachable",
        "failed",
        "restart",
    ),
    "JavaScript's memory": CellFault(
        "memory", "import js\njs.ArrayBuffer.new(2**50)", "Invalid array buffer length"
    ),
    "Polars panics": CellFault(
        "panic",
        "import polars as pl\npl.Series([10**9], dtype=pl.Int32).cast(pl.Date).to_list()",
        "Polars crashed in the middle of its work",
    ),
    "Polars panics over a Python error": CellFault(
        "panic",
        "import polars as pl\npl.from_epoch(pl.Series([1_700_000_000_000]), 's').to_list()",
        "ValueError: year must be in 1..9999",
    ),
    "a function that calls itself": CellFault("recursion", "def f(): return f()\nf()", "Recursion"),
    "a __repr__ that calls itself": CellFault(
        "recursion", "class R:\n    def __repr__(self): return repr(self)\nR()", "RecursionError"
    ),
    "recursion without a limit": CellFault(
        "recursion",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
        "RecursionError",
    ),
    "an expression nested too deep": CellFault(
        "recursion", "eval('-' * 200_000 + '1')", "too complex to parse"
    ),
    "brackets nested too deep": CellFault("recursion", "eval('[' * 1_000)", "too complex to parse"),
    "JSON nested too deep": CellFault(
        "recursion", "import json\njson.loads('[' * 1_000_000)", "RecursionError"
    ),
    "display in a loop": CellFault(
        "display", "while True: display(1)", "more outputs were made", way_on="stop"
    ),
    "displays that display": CellFault(
        "display",
        "class D:\n    def _repr_html_(self): display(D(), D())\ndisplay(D())",
        "RecursionError",
    ),
    "updates in a loop": CellFault(
        "display",
        "shown, n = display(0, display_id=True), 0\nwhile True: n += 1; shown.update(n)",
        "Stopped at",
        way_on="stop",
    ),
    "print in a loop": CellFault(
        "display", "while True: print('again')", "Stopped at", way_on="stop"
    ),
    "10,000 outputs": CellFault(
        "outputs", "for n in range(10_000): display(n)", "9,000 more outputs were made", "ok"
    ),
    "10,000 errors on stderr": CellFault(
        "outputs",
        "import sys\nfor n in range(10_000): print(n, file=[sys.stderr, sys.stdout][n % 2])",
        "9999",
        "ok",
    ),
    "200 MB as a result": CellFault("large", "'x' * 200_000_000", "more characters", "ok"),
    "200 MB printed": CellFault(
        "large", "print('x' * 200_000_000)", "195,000,001 more characters were printed", "ok"
    ),
    "200 MB of HTML": CellFault(
        "large",
        "class H:\n    def _repr_html_(self): return 'x' * 200_000_000\nH()",
        "too large to show",
        "ok",
    ),
    "200 MB in an exception": CellFault(
        "large", "raise ValueError('x' * 200_000_000)", "more characters"
    ),
    "os.fork": CellFault("processes", "import os\nos.fork()", "Error"),
    "subprocess": CellFault("processes", "import subprocess\nsubprocess.run(['ls'])", "OSError"),
    "a thread": CellFault(
        "processes",
        "import threading\nthreading.Thread(target=print, args=('ran',)).start()",
        "ran",
        "ok",
    ),
    "multiprocessing": CellFault(
        "processes", "import multiprocessing\nmultiprocessing.Pool(2)", "_multiprocessing"
    ),
    "a signal": CellFault(
        "processes", "import signal\nsignal.raise_signal(signal.SIGINT)", "Stopped at"
    ),
    "sys.exit": CellFault("exit", "import sys\nsys.exit(3)", "SystemExit: 3"),
    "quit": CellFault("exit", "raise SystemExit", "SystemExit"),
    "os._exit": CellFault("exit", "import os\nos._exit(1)", "exit(1)", "failed", "restart"),
    "os.abort": CellFault("exit", "import os\nos.abort()", "unreachable", "failed", "restart"),
    "the worker closed from within": CellFault(
        "worker killed", "import js\njs.close()\nimport time\ntime.sleep(60)", "", "static", "stop"
    ),
    "an error thrown past Python": CellFault(
        "worker killed",
        "import js, asyncio\njs.setTimeout(js.eval('() => { throw Error(1) }'), 0)\n"
        "await asyncio.sleep(9)",
        "Uncaught Error: 1",
        "failed",
        "restart",
    ),
    "print deleted": CellFault(
        "sabotage", "import builtins\ndel builtins.print\nprint()", "NameError", way_on="restart"
    ),
    "all builtins deleted": CellFault(
        "sabotage", "import builtins\nvars(builtins).clear()", "", "static", "stop"
    ),
    "no __builtins__": CellFault("sabotage", "__builtins__ = {}\nlen", "NameError"),
    "standard output closed": CellFault(
        "sabotage", "import sys\nsys.stdout.close()\nprint('still')", "closed file"
    ),
    "standard output gone": CellFault("sabotage", "import sys\nsys.stdout = None\n1", "1", "ok"),
    "descriptors closed": CellFault(
        "sabotage", "import os\nfor n in range(9): os.close(n) if n < 3 else None", "", "ok"
    ),
    "modules forgotten": CellFault(
        "sabotage", "import sys\nsys.modules.clear()\n1 / 0", "ZeroDivisionError", way_on="restart"
    ),
    "json broken": CellFault("sabotage", "import json\njson.dumps = None", "", "ok", "restart"),
    "the library deleted": CellFault(
        "sabotage",
        "import shutil\nshutil.rmtree('/lib')\nimport wave",
        "Error",
        way_on="restart",
    ),
    "the event loop closed": CellFault(
        "sabotage", "import asyncio\nasyncio.get_running_loop().close()\n1", "1", "ok", "restart"
    ),
    "its own task cancelled": CellFault(
        "sabotage",
        "import asyncio\nasyncio.current_task().cancel()\nawait asyncio.sleep(1)",
        "CancelledError",
    ),
    "Date set back by 50 years": CellFault(
        "clock",
        "import js, time\nnow = js.Date.now()\njs.eval('Date.now = () => 0')\n"
        "time.sleep(0.1)\nprint(time.time() < 9e8)",
        "True",
        "ok",
        "restart",
    ),
}

PORTAL = Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"})

LOGIN = Reply(302, headers={"Location": "404.html"})


@dataclass(frozen=True)
class FileFault:
    """One file of the new release comes wrong, every time it is asked for.

    Attributes:
        path: The file.
        reply: What comes instead.
        said: The cause that the service worker names.
    """

    path: str
    reply: Reply
    said: str


FILE_FAULTS = {
    "page altered": FileFault(HOME, Reply(body=b"x" * 2_000_000), "altered"),
    "page of an older release": FileFault(HOME, Reply(body=b"<title>Zeroth"), "cut"),
    "page cut off on the way": FileFault(HOME, Reply(body=b"<html>", cut=True), "network"),
    "page gone (404)": FileFault(HOME, Reply(404), "status"),
    "page forbidden (403)": FileFault(HOME, Reply(403), "status"),
    "server busy (503)": FileFault(HOME, Reply(503, headers={"Retry-After": "1"}), "status"),
    "server broken (500)": FileFault(HOME, Reply(500), "status"),
    "connection dropped": FileFault(HOME, Reply(drop=True), "network"),
    "empty answer": FileFault(HOME, Reply(), "cut"),
    "sent to a login page": FileFault(HOME, LOGIN, "page"),
    "wasm altered": FileFault(PYTHON, Reply(body=b"Second" + b"!" * 200_000), "altered"),
    "wasm cut short": FileFault(PYTHON, Reply(body=b"Second"), "cut"),
    "wasm cut off on the way": FileFault(PYTHON, Reply(body=b"Second", cut=True), "network"),
    "HTML in place of wasm": FileFault(PYTHON, PORTAL, "page"),
    "wasm gone (404)": FileFault(PYTHON, Reply(404), "status"),
    "wasm never begins": FileFault(PYTHON, Reply(stall=True), "stalled"),
    "wasm begins and stalls": FileFault(PYTHON, Reply(body=b"Second", stall=True), "stalled"),
}

SCRIPT_FAULTS = {
    "worker's script gone (404)": Reply(404),
    "worker's script unavailable (503)": Reply(503),
    "HTML in place of the worker's script": PORTAL,
    "worker's script cut off": Reply(body=b"self.PRECACHE = {", cut=True),
    "worker's script cut short": Reply(
        body=b"self.PRECACHE = {", headers={"Content-Type": "text/javascript"}
    ),
    "no network": Reply(drop=True),
}
"""The browser itself refuses these: the release before is not even told."""


def once(path: str, reply: Reply) -> Callable[[str], Reply | None]:
    """Make a fault that goes away after the first time."""
    left = [reply]
    return lambda asked: left.pop() if asked == path and left else None


def always(path: str, reply: Reply) -> Callable[[str], Reply | None]:
    return lambda asked: reply if asked == path else None


PASSING_FAULTS: dict[str, Callable[[PagesServer], None]] = {
    "stale copy of a page once": lambda host: host.faults.append(
        once(HOME, Reply(body=b"<title>First"))
    ),
    "busy once": lambda host: host.faults.append(once(PYTHON, Reply(503))),
    "dropped once": lambda host: host.faults.append(once(PYTHON, Reply(drop=True))),
    "stalls once": lambda host: host.faults.append(once(PYTHON, Reply(body=b"S", stall=True))),
    "server's clock ten years slow": lambda host: host.headers.update(
        {"Date": "Wed, 01 Nov 2006 00:00:00 GMT", "Expires": "Wed, 01 Nov 2106 00:00:00 GMT"}
    ),
    "server's clock ten years fast": lambda host: host.headers.update(
        {"Date": "Wed, 01 Nov 2036 00:00:00 GMT", "Expires": "Wed, 01 Nov 2006 00:00:00 GMT"}
    ),
    "host that keeps files for ever": lambda host: host.headers.update(
        {"Cache-Control": "max-age=31536000, immutable"}
    ),
}
"""A release comes through these by itself, in one go."""
