"""What a notebook's user does by mistake or habit: it ends no Python, and loses no output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pyodide.conftest import Session

RUN = """
import asyncio, json
from livecells import kernel

outputs = []
reply = await kernel.execute({request!r}, outputs.append)
await asyncio.sleep({seconds})
[json.loads(reply)["status"], [json.loads(one) for one in outputs]]
"""


class Page:
    """Cells of one page in one Pyodide."""

    def __init__(self, session: Session, name: str) -> None:
        self.session = session
        self.name = name

    def run(self, source: str, *, seconds: float = 0) -> list[Any]:
        """Run a cell, wait for what its tasks send, and return its outputs."""
        request = json.dumps({"page": self.name, "cell": "cell", "source": source})
        self.status, outputs = self.session.run(RUN.format(request=request, seconds=seconds))
        return list(outputs)

    def last(self, source: str, *, seconds: float = 0) -> str:
        """Run a cell and return what its last output says."""
        last = self.run(source, seconds=seconds)[-1]
        if last["output_type"] == "error":
            return f"{last['ename']}: {last['evalue']}"
        return str(last["text"] if "text" in last else last["data"]["text/plain"])


@pytest.fixture
def page(pyodide: Session, request: pytest.FixtureRequest) -> Page:
    return Page(pyodide, request.node.name)


def test_a_missing_library_is_named_and_no_panic_is_shown(page: Page) -> None:
    (error,) = page.run("import polars as pl\npl.Series([1]).to_numpy()")
    assert (error["ename"], error["evalue"]) == ("ModuleNotFoundError", "No module named 'numpy'")
    assert [hint["kind"] for hint in error["details"]["hints"]] == ["compiled"]
    assert "panic" not in json.dumps(error).lower()


DEEP = {
    "eq": "class C:\n    def __eq__(self, o): return self == o\nC() == C()",
    "repr": "class C:\n    def __repr__(self): return f'{self}'\nC()",
    "bool": "class C:\n    def __bool__(self): return not self\nbool(C())",
    "call": "class C:\n    def __call__(self): return self()\nC()()",
    "getattr": "class C:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nC().a",
    "hash": "class C:\n    def __hash__(self): return hash((self,))\nhash(C())",
    "sorted": "def f(x): return sorted([1], key=f)\nf(1)",
    "map": "def f(x): return list(map(f, [1]))\nf(1)",
    "cache": "from functools import cache\n@cache\ndef f(n): return f(n + 1)\nf(0)",
    "plain": "def f(n): return f(n + 1)\nf(0)",
    "raised limit": "import sys\nsys.setrecursionlimit(20000)\ndef f(n): return f(n + 1)\nf(0)",
    "million": "import sys\nsys.setrecursionlimit(10 ** 6)\ndef f(n): return f(n + 1)\nf(0)",
    "two": "def f(n): return g(n + 1)\ndef g(n): return f(n + 1)\nf(0)",
    "caught": "import sys\nsys.setrecursionlimit(10 ** 6)\ndef f(n): return f(n + 1)\n"
    "try: f(0)\nexcept RecursionError: pass\nf(0)",
    "list": "x = []\nfor _ in range(20_000): x = [x]\nx",
    "dict": "x = {}\nfor _ in range(20_000): x = {1: x}\nrepr(x)",
    "json": "import json\njson.loads('[' * 50_000)",
    "pickle": "import pickle\nx = []\nfor _ in range(20_000): x = [x]\npickle.dumps(x)",
}


@pytest.mark.parametrize("kind", DEEP)
def test_calls_that_go_too_deep_are_an_error_and_variables_stay(page: Page, kind: str) -> None:
    page.run("import sys; limit = sys.getrecursionlimit(); kept = 7")
    assert page.last(DEEP[kind]).startswith("RecursionError: ")
    assert page.last("sys.setrecursionlimit(limit); kept") == "7"


def test_long_chains_of_objects_are_taken_down(page: Page) -> None:
    made = "class N: pass\nx = None\nfor _ in range(50_000):\n    n = N(); n.next = x; x = n\n"
    assert page.last(made + "del n, x\n'gone'") == "'gone'"


@pytest.mark.parametrize(("n", "digits"), [(490, 103), (900, 188)])
def test_a_cached_function_goes_as_deep_as_elsewhere(page: Page, n: int, digits: int) -> None:
    source = (
        "from functools import cache\n@cache\n"
        "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
        f"len(str(fib({n}))), fib.cache_info().misses"
    )
    assert page.last(source) == f"({digits}, {n + 1})"


def test_a_recursion_is_listed_in_few_lines(page: Page) -> None:
    (error,) = page.run("def f(n): return f(n + 1)\nf(0)")
    assert len(error["details"]["frames"]) < 8
    assert sum(frame.get("more", 0) for frame in error["details"]["frames"]) > 900
    assert any("more times" in line for line in error["traceback"])


def test_streams_are_the_same_in_every_cell(page: Page) -> None:
    page.run(
        "import logging, sys\nlogging.basicConfig(level=logging.INFO, force=True)\nout = sys.stdout"
    )
    assert page.last("logging.info('second')") == "INFO:root:second\n"
    assert page.last("out is sys.stdout") == "True"
    assert (
        page.last("sys.stdout = open('log.txt', 'w'); print('kept'); sys.stdout.flush()\n0") == "0"
    )
    assert (
        page.last("print('too'); sys.stdout.close(); sys.stdout = out; print('back')") == "back\n"
    )
    assert page.last("open('log.txt').read()") == "'kept\\ntoo\\n'"
    page.run("sys.stdout = None")
    assert page.last("print('healed')") == "healed\n"
    assert page.last("sys.stdin.close(); sys.stdin.closed") == "False"


def test_a_task_speaks_under_its_own_cell_after_it_has_ended(page: Page) -> None:
    source = (
        "import asyncio\nasync def late():\n    await asyncio.sleep(0.05)\n    print('late')\n"
        "    display('shown')\n    raise ValueError('late error')\n"
        "task = asyncio.create_task(late())"
    )
    text, shown, error = page.run(source, seconds=0.3)
    assert (text["text"], shown["data"]["text/plain"]) == ("late\n", "'shown'")
    assert (error["ename"], error["evalue"]) == ("ValueError", "late error")


THREADS = {
    "thread": "import threading\nfound = []\n"
    "t = threading.Thread(target=found.append, args=(7,))\nt.start(); t.join()\n"
    "found, t.is_alive(), threading.current_thread().name",
    "executor": "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor(4) as pool: found = list(pool.map(abs, [-7]))\n"
    "found, pool.submit is None, 'MainThread'",
    "pool": "from multiprocessing.pool import ThreadPool\n"
    "with ThreadPool(2) as pool: found = pool.map_async(abs, [-7]).get()\n"
    "found, False, 'MainThread'",
}


@pytest.mark.parametrize("kind", THREADS)
def test_threads_and_pools_do_their_work(page: Page, kind: str) -> None:
    assert page.last(THREADS[kind]) == "([7], False, 'MainThread')"


def test_a_thread_prints_and_fails_under_its_cell(page: Page) -> None:
    outputs = page.run(
        "import threading\ndef work():\n    print('at work')\n    1 / 0\n"
        "t = threading.Thread(target=work); t.start(); t.join(); print('after')"
    )
    text = "".join(one["text"] for one in outputs)
    assert text.index("at work") < text.index("ZeroDivisionError") < text.index("after")


def test_a_wait_that_nothing_can_end_is_refused(page: Page) -> None:
    said = page.last("import queue\nqueue.Queue().get()")
    assert said.startswith("RuntimeError: nothing can end this wait")


def test_the_source_of_whatever_a_cell_defined_is_found(page: Page) -> None:
    page.run("class Plain:\n    size = 1\n\ndef f(x):\n    return 1 / x\ng = f")
    assert page.last("import inspect\ninspect.getsource(Plain)") == repr(
        "class Plain:\n    size = 1\n"
    )
    assert page.last("inspect.getsource(g)") == repr("def f(x):\n    return 1 / x\n")
    (error,) = page.run("# another text\n\n\n\n\ng(0)")
    frame = error["details"]["frames"][-1]
    assert (frame["code"], frame["is_old"]) == ("return 1 / x", True)


def test_charts_and_the_names_of_ipython_are_shown(page: Page) -> None:
    outputs = page.run(
        "import altair as alt, polars as pl\nfrom IPython.display import HTML, Image, display\n"
        "chart = alt.Chart(pl.DataFrame({'a': [1]})).mark_point().encode(x='a')\n"
        "chart.show(); chart.display(); display(HTML('<b>x</b>'))"
    )
    kinds = [next(iter(one["data"])) for one in outputs]
    assert kinds == ["application/vnd.vegalite.v6+json"] * 2 + ["text/html"]
