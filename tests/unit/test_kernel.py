"""The kernel under CPython: values, text, display, errors, namespaces, the notebook format."""

from __future__ import annotations

import asyncio
import json
import sys
import tracemalloc
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livecells import kernel
from livecells.kernel import Emitted, Kernel
from livecells.kernel.coalesce import coalesce
from livecells.kernel.outputs import VEGALITE, ExecuteReply
from livecells.kernel.process import interrupts
from livecells.kernel.process.streams import MOST_TEXT, Transcript


class Session:
    """A page of cells for one test."""

    def __init__(self) -> None:
        self.kernel = Kernel()
        self.reply: ExecuteReply = {"status": "ok", "execution_count": 0}

    def run(self, source: str, *, page: str = "page", cell: str = "cell") -> list[Any]:
        outputs: list[Emitted] = []
        request: Any = {"page": page, "cell": cell, "source": source}
        self.reply = asyncio.run(self.kernel.execute(request, outputs.append))
        return outputs


@pytest.fixture
def session() -> Session:
    return Session()


def plain(outputs: list[Any]) -> str:
    return str(outputs[-1]["data"]["text/plain"])


def test_the_last_expression_is_the_result(session: Session) -> None:
    outputs = session.run("x = 20\nx + 1")
    assert outputs == [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "data": {"text/plain": "21"},
            "metadata": {},
        }
    ]


@pytest.mark.parametrize(
    "source", ["x = 1", "None", "1;", "1;  # quiet", "", "# nothing", "def f(): ..."]
)
def test_nothing_to_show_shows_nothing(session: Session, source: str) -> None:
    assert session.run(source) == []


def test_cells_of_a_page_share_variables_and_pages_do_not(session: Session) -> None:
    session.run("shared = 5")
    assert plain(session.run("shared")) == "5"
    assert session.run("shared", page="other")[0]["ename"] == "NameError"


def test_reset_forgets_a_page(session: Session) -> None:
    session.run("x = 1")
    session.kernel.reset("page")
    assert session.run("x")[0]["ename"] == "NameError"


def test_await_works_at_the_top_level(session: Session) -> None:
    assert plain(session.run("import asyncio\nawait asyncio.sleep(0, 'slept')")) == "'slept'"


def test_text_and_values_keep_their_order(session: Session) -> None:
    outputs = session.run(
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\ndisplay(1)\nprint('c')\n2"
    )
    kinds = [(out["output_type"], out.get("name"), out.get("text")) for out in outputs]
    assert kinds == [
        ("stream", "stdout", "a\n"),
        ("stream", "stderr", "b\n"),
        ("display_data", None, None),
        ("stream", "stdout", "c\n"),
        ("execute_result", None, None),
    ]


def test_a_million_prints_are_few_messages(session: Session) -> None:
    outputs = session.run("for i in range(100_000): print(i)")
    assert len(outputs) < 200
    assert "".join(out["text"] for out in outputs).count("\n") == 100_000


def test_an_error_keeps_earlier_output_and_names_the_line(session: Session) -> None:
    outputs = session.run("print('before')\ndef f():\n    1 / 0\nf()", cell="maths")
    assert outputs[0]["text"] == "before\n"
    error = outputs[1]
    assert (error["ename"], error["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert '  File "<cell maths>", line 3, in f' in error["traceback"]
    assert "    1 / 0" in error["traceback"]
    assert not any("runner.py" in line for line in error["traceback"])
    assert session.reply["status"] == "error"
    assert session.reply["line"] == 3


def test_an_error_of_the_engine_has_its_bare_name(session: Session) -> None:
    """With its module it would tell the reader of machinery."""
    source = "from livecells.kernel.remote.packages import PackageError\nraise PackageError('no')"
    error = session.run(source)[-1]
    assert error["traceback"][-1] == "PackageError: no"
    assert error["details"]["message"] == "PackageError: no"


def test_a_syntax_error_runs_nothing(session: Session) -> None:
    outputs = session.run("print('never')\nx = = 1")
    assert [out["output_type"] for out in outputs] == ["error"]
    assert (session.reply["line"], session.reply["column"]) == (2, 5)


@pytest.mark.parametrize("error", ["SystemExit(2)", "KeyboardInterrupt()", "BaseException('odd')"])
def test_nothing_a_cell_raises_leaves_the_kernel(session: Session, error: str) -> None:
    assert session.run(f"raise {error}")[-1]["output_type"] == "error"
    assert plain(session.run("1 + 1")) == "2"


def test_endless_recursion_is_an_error(session: Session) -> None:
    assert session.run("def f(): f()\nf()")[-1]["ename"] == "RecursionError"


def test_dataclasses_and_pickle_find_the_page(session: Session) -> None:
    source = (
        "import pickle\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Point:\n    x: int\n\npickle.loads(pickle.dumps(Point(3))).x"
    )
    assert plain(session.run(source)) == "3"


def test_a_frame_is_an_accessible_table(session: Session) -> None:
    html = session.run("import polars as pl\npl.DataFrame({'<n>': range(30), 'b': ['&'] * 30})")[
        -1
    ]["data"]["text/html"]
    assert "<caption>30 rows, 2 columns (first and last 10 rows shown)</caption>" in html
    assert '<th scope="col" class="n">&lt;n&gt;<small>Int64</small></th>' in html
    assert html.count("<tr>") == 1 + 20
    assert "<td>&amp;</td>" in html


def test_a_chart_is_vega_lite_under_the_registered_type(session: Session) -> None:
    source = (
        "import altair as alt, polars as pl\n"
        "c = alt.Chart(pl.DataFrame({'a': [1]})).mark_point().encode(x='a:Q')\n"
        "display(c, c | c, c + c)"
    )
    outputs = session.run(source)
    assert len(outputs) == 3
    for output in outputs:
        assert output["data"][VEGALITE]["$schema"].endswith("v6.4.1.json")


def test_an_invalid_chart_is_an_error_of_its_cell(session: Session) -> None:
    source = "import altair as alt\nalt.Chart().mark_bar().encode(x=alt.X(aggregate='nonsense'))"
    assert session.run(source)[-1]["ename"] == "SchemaValidationError"


@pytest.mark.parametrize(
    ("expression", "mime", "content"),
    [
        ("HTML('<b>x</b>')", "text/html", "<b>x</b>"),
        ("Markdown('*x*')", "text/markdown", "*x*"),
        ("SVG('<svg/>')", "image/svg+xml", "<svg/>"),
        ("JSON({'a': 1})", "application/json", {"a": 1}),
    ],
)
def test_wrappers_say_what_text_is(
    session: Session, expression: str, mime: str, content: object
) -> None:
    session.run("from livecells.kernel import HTML, JSON, Markdown, SVG")
    assert session.run(expression)[-1]["data"][mime] == content


def test_objects_describe_themselves_as_for_jupyter(session: Session) -> None:
    source = (
        "class Thing:\n"
        "    def _repr_html_(self): return '<i>thing</i>'\n"
        "    def _repr_png_(self): return b'PNG'\n"
        "    def _repr_svg_(self): return None\n"
        "Thing()"
    )
    data = session.run(source)[-1]["data"]
    assert data["text/html"] == "<i>thing</i>"
    assert data["image/png"] == "UE5H"
    assert "image/svg+xml" not in data


def test_outputs_are_a_valid_notebook(session: Session) -> None:
    outputs = session.run(
        "import altair as alt, polars as pl\nprint('x')\nframe = pl.DataFrame({'a': [1, 2]})\n"
        "display(frame)\nalt.Chart(frame).mark_bar().encode(x='a:Q')"
    ) + session.run("1 / 0")
    cell = {
        "cell_type": "code",
        "id": "cell",
        "metadata": {},
        "source": "",
        "execution_count": 1,
        "outputs": coalesce(outputs),
    }
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    nbformat.validate(notebook)


@given(st.text(max_size=80))
def test_any_text_as_source_gives_a_reply(source: str) -> None:
    session = Session()
    session.run(f"if False:\n    pass\n{source!r}\n")
    assert session.reply["status"] == "ok"


@given(st.text(alphabet="ab(['\"\\:\n #=;{", max_size=30))
def test_broken_source_is_an_error_output_never_an_exception(source: str) -> None:
    session = Session()
    outputs = session.run(source)
    assert session.reply["status"] == "ok" or outputs[-1]["output_type"] == "error"


def test_execute_speaks_json() -> None:
    sent: list[str] = []
    request = json.dumps({"page": "json", "cell": "c", "source": "float('nan'), {1}"})
    reply = json.loads(asyncio.run(kernel.execute(request, sent.append)))
    kernel.reset("json")
    assert reply == {"status": "ok", "execution_count": 1}
    assert json.loads(sent[0])["data"]["text/plain"] == "(nan, {1})"


def test_a_waiting_cell_is_interrupted_and_the_kernel_goes_on() -> None:
    session = Session()
    outputs: list[Emitted] = []
    request: Any = {"page": "page", "cell": "cell", "source": WAITS}

    async def stopped() -> ExecuteReply:
        running = asyncio.ensure_future(session.kernel.execute(request, outputs.append))
        while not outputs:
            await asyncio.sleep(0.01)
        kernel.interrupt()
        return await running

    reply = asyncio.run(stopped())
    assert (reply["status"], reply.get("line")) == ("error", 3)
    assert outputs[-1]["ename"] == "KeyboardInterrupt"  # type: ignore[typeddict-item]
    assert plain(session.run("kept")) == "1"


WAITS = """import asyncio
print('waiting', flush=True); kept = 1
await asyncio.sleep(60)
"""


def test_text_appears_while_the_cell_waits(session: Session) -> None:
    source = "import asyncio\nprint('a')\nprint('b')\nawait asyncio.sleep(0.3)\ndisplay(1)"
    first, second, third = session.run(source)
    assert (first["text"], second["text"], third["output_type"]) == ("a\n", "b\n", "display_data")


def test_a_loop_that_prints_for_ever_keeps_nothing() -> None:
    transcript = Transcript(lambda _: None)
    transcript.write("stdout", "x" * (MOST_TEXT + 1))
    tracemalloc.start()
    for _ in range(20_000):
        transcript.write("stdout", "more")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 20_000


def test_of_updates_in_a_tight_loop_few_are_sent_and_the_last_one(session: Session) -> None:
    source = "shown = display(0, display_id=True)\nfor n in range(3000): shown.update(n)"
    outputs = session.run(source)
    assert plain(outputs) == "2999"
    assert len(outputs) < 1000


def test_what_no_page_could_show_is_cut_and_said(session: Session) -> None:
    text = plain(session.run("'x' * 3_000_000"))
    assert text.endswith("… 2,000,002 more characters")
    (shown,) = session.run("class H:\n    def _repr_html_(self): return 'x' * 50_000_001\nH()")
    assert list(shown["data"]) == ["text/plain"]
    assert shown["data"]["text/plain"].startswith("text/html of 50,000,001 characters is too large")
    (error,) = session.run("raise ValueError('x' * 3_000_000)")
    assert len(json.dumps(error)) < 500_000


def test_a_signal_between_two_steps_ends_the_cell_and_not_the_loop() -> None:
    """A question is stopped: Python goes on in the loop, and there the signal is seen."""
    ended: list[bool] = []
    interrupts._running = SimpleNamespace(cancel=lambda: ended.append(True))  # type: ignore[assignment]
    code = SimpleNamespace(co_filename="/lib/python3.14/pyodide/webloop.py")
    try:
        interrupts._on_signal(2, SimpleNamespace(f_code=code, f_back=None))  # type: ignore[arg-type]
    finally:
        interrupts._running, interrupts._is_asked = None, False
    assert ended == [True]


def test_a_signal_does_not_break_off_the_end_of_a_waiting_cell() -> None:
    """The flag of Stop is seen where Python runs next: in what ends the cell."""

    class Task:
        def cancel(self) -> None:
            interrupts._on_signal(2, None)

    interrupts._running = Task()  # type: ignore[assignment]
    try:
        interrupts.interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupts._on_signal(2, sys._getframe())
    finally:
        interrupts._running, interrupts._is_asked = None, False
