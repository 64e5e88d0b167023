"""Habits of a notebook's users, as far as CPython shows them: streams, displays, errors, idioms."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from livecells.kernel import Kernel


class Page:
    """Cells of one page."""

    def __init__(self) -> None:
        self.kernel = Kernel()

    def run(self, source: str, cell: str = "cell") -> list[Any]:
        outputs: list[Any] = []
        request: Any = {"page": "page", "cell": cell, "source": source}
        asyncio.run(self.kernel.execute(request, outputs.append))
        return outputs

    def last(self, source: str, cell: str = "cell") -> str:
        last = self.run(source, cell)[-1]
        if last["output_type"] == "error":
            return f"{last['ename']}: {last['evalue']}"
        return str(last["text"] if "text" in last else last["data"]["text/plain"])


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("sys.stdout.write(b'a')", "TypeError: write() argument must be str, not bytes"),
        ("sys.stderr.writelines([b'a'])", "TypeError: write() argument must be str, not bytes"),
        ("sys.stdout.encoding.lower(), sys.stdout.errors", "('utf-8', 'strict')"),
        ("sys.stdout.isatty(), sys.stdout.writable()", "(False, True)"),
        ("sys.stdout.buffer.write('h\\xe9'.encode());", "h\xe9"),
        ("sys.stdout.fileno()", "UnsupportedOperation: fileno"),
        ("sys.stdout.reconfigure(encoding='ascii', errors='replace'); print('\\xe9')", "?\n"),
        ("sys.stdout.reconfigure(encoding='utf-8', errors='strict'); print('\\xe9')", "\xe9\n"),
        ("sys.stdout.close(); print(1)", "ValueError: I/O operation on closed file."),
        ("print('healed')", "healed\n"),
        ("sys.stdout.detach().write(b'bytes');", "bytes"),
    ],
)
def test_streams_have_the_whole_interface(page: Page, source: str, said: str) -> None:
    assert page.last(f"import sys\n{source}") == said


def test_context_variables_last_from_cell_to_cell(page: Page) -> None:
    page.run("from decimal import *\ngetcontext().prec = 50")
    assert page.last("len(str(Decimal(1) / 3))") == "52"
    page.run("import contextvars\nown = contextvars.ContextVar('own')\ntoken = own.set(1)")
    assert page.last("own.reset(token); own.get(0)") == "0"


def test_a_handle_updates_under_the_cell_that_showed_it(page: Page) -> None:
    sent: list[Any] = []
    first: Any = {"page": "page", "cell": "a", "source": "h = display(1, display_id=True)"}
    asyncio.run(page.kernel.execute(first, sent.append))
    assert page.run("h.update(2)", "b") == []
    assert sent[-1]["output_type"] == "update_display_data"
    assert sent[-1]["data"]["text/plain"] == "2"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("def _repr_mimebundle_(self, include, exclude, **kw): return {'text/html': 'h'}", "h"),
        ("def _repr_mimebundle_(self): return {'text/html': 'h'}, {'text/html': {'a': 1}}", "h"),
        ("def _repr_html_(self): return 'h', {'a': 1}", "h"),
        ("def _repr_html_(self): raise ValueError('no')", None),
        ("def _repr_mimebundle_(self, **kw): return 5", None),
        ("def __getattr__(self, name): return lambda *a, **k: 'magic'", None),
    ],
)
def test_what_an_object_offers_is_used_or_left_out(page: Page, body: str, shown: str) -> None:
    outputs = page.run(f"class A:\n    {body}\n    def __repr__(self): return 'plain'\nA()")
    data = outputs[-1]["data"]
    assert (data.get("text/html"), data["text/plain"]) == (shown, "plain")


def test_a_mock_is_shown(page: Page) -> None:
    assert "MagicMock" in page.last("from unittest.mock import MagicMock\nMagicMock()")


@pytest.mark.parametrize(
    ("source", "count"), [("'a;'", 1), ("1  # ;", 1), ("1; # x", 0), ("'#';", 0), ("';'\n;", 1)]
)
def test_a_semicolon_silences_as_a_token(page: Page, source: str, count: int) -> None:
    assert len(page.run(source)) == count


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (">>> x = 1\n>>> if x:\n...     x += 1\n...\n>>> x\n2", "2"),
        ("    x = 3\n    if x:\n        x += 1\n    x", "4"),
    ],
)
def test_pasted_code_runs(page: Page, source: str, said: str) -> None:
    assert page.last(source) == said


@pytest.mark.parametrize(
    ("source", "name", "instead"),
    [
        ("%timeit 1", "%timeit", "timeit.timeit"),
        ("%%time\n1", "%%time", "perf_counter"),
        ("!ls -l", "!ls", "os.listdir"),
        ("files = !ls", "!ls", "os.listdir"),
        ("%matplotlib inline", "%matplotlib", ""),
    ],
)
def test_commands_are_answered(page: Page, source: str, name: str, instead: str) -> None:
    (hint,) = page.run(source)[-1]["details"]["hints"]
    assert (hint["kind"], hint["name"]) == ("command", name)
    assert instead in hint["instead"]


def test_a_coroutine_in_the_last_line_is_told_to_be_awaited(page: Page) -> None:
    assert (
        page.last("async def main(): return 5\nmain()")
        == "main() has not run: write await main(…)\n"
    )
    assert page.last("_ if '_' in globals() else 'nothing'") == "'nothing'"


def test_a_function_keeps_the_text_that_defined_it(page: Page) -> None:
    page.run("def f(x):\n    return 1 / x\ng = f")
    (error,) = page.run("# another\n# text\ng(0)")
    own, old = error["details"]["frames"]
    assert (own["line"], own.get("is_old", False)) == (3, False)
    assert (old["code"], old["is_old"]) == ("return 1 / x", True)


def test_lines_are_counted_as_python_counts(page: Page) -> None:
    (error,) = page.run("x = '\x0c \u2028 \x85'\n\x0c\ny = 1\n1 / 0")
    assert (error["details"]["frames"][0]["line"], error["details"]["frames"][0]["code"]) == (
        4,
        "1 / 0",
    )


def test_what_led_to_an_error_is_described(page: Page) -> None:
    source = "try: 1 / 0\nexcept ZeroDivisionError as e: raise KeyError('k') from e"
    (cause,) = page.run(source)[-1]["details"]["related"]
    assert (cause["relation"], cause["message"]) == ("cause", "ZeroDivisionError: division by zero")
    assert page.run(source.replace("from e", "from None"))[-1]["details"]["related"] == []
    group = page.run("raise ExceptionGroup('g', [ValueError('a'), TypeError('b')])")[-1]
    assert [one["relation"] for one in group["details"]["related"]] == ["member", "member"]


def test_names_of_the_site_cannot_be_lost(page: Page) -> None:
    page.run("display = progress = 5")
    page.run("del display, progress")
    assert page.last("display(7)") == "7"
    assert page.last("list(progress([1], 'x'))") == "[1]"


def test_a_name_of_an_earlier_text_has_no_giver(page: Page) -> None:
    page.run("x = 1", "a")
    assert page.kernel.namespace("page").given() == {"x": "a"}
    page.run("y = 1", "a")
    assert page.kernel.namespace("page").given() == {"x": "", "y": "a"}
