"""Whatever a cell does, the kernel gives a reply and outputs that a notebook can keep."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from livecells.kernel import Kernel
from livecells.kernel.coalesce import coalesce
from livecells.kernel.editor.complete import complete
from livecells.kernel.editor.hover import explain
from livecells.kernel.namespace import Namespace
from livecells.kernel.outputs import ExecuteReply
from livecells.kernel.process import streams
from livecells.kernel.requests import PageRequest, reply

WORDS = """
    x y _ print display progress int str len 0 1 2.5 'a' "b" b'c' f'{x}' None True ( ) [ ] { } , :
    ; . = == + - * / % @ := -> ~ < > \\ if else for in def return yield await async with lambda
    class try except finally raise import from as global nonlocal del pass assert not and or is
    match case type # ! ? ` $ ä 数 🐍
"""
TOKENS = [*WORDS.split(), "\n", "\n\n", "\t", "\x00", "\u2028"]
"""No `while`, no powers, no shifts: what comes of them ends by itself."""

TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from(TOKENS)).map(" ".join),
)

VALUES = [
    "None",
    "5",
    "float('nan')",
    "b'\\xff'",
    "'text'",
    "'\\ud800'",
    "('a', {})",
    "()",
    "{}",
    "[1]",
    "{'text/plain': 3}",
    "{'text/html': b'x', 7: 'y'}",
    "{'application/json': {'a': {1, 2}}}",
    "({'text/html': 'x'}, {'m': 1})",
    "self",
    "object()",
    "1 / 0",
    "sys.exit(3)",
    "(_ for _ in ()).throw(KeyboardInterrupt)",
    "(_ for _ in ()).throw(BaseException('base'))",
    "repr(self)",
    "10 ** 5000",
]
SLOTS = [
    "__repr__",
    "__str__",
    "__len__",
    "__bool__",
    "__eq__",
    "__hash__",
    "__format__",
    "__dir__",
    "_repr_html_",
    "_repr_markdown_",
    "_repr_svg_",
    "_repr_png_",
    "_repr_json_",
    "_repr_mimebundle_",
    "__getattr__",
    "__class__",
]
USES = [
    "X()",
    "display(X())",
    "display(X(), display_id=True)",
    "display(1, display_id=True).update(X())",
    "display(1, display_id=X())",
    "print(X())",
    "progress(X())",
    "list(progress([1, 2], X()))",
    "raise X()",
    "raise ValueError(X())",
    "raise ValueError from X()",
    "raise ExceptionGroup('g', [X()])",
    "X",
    "X().name",
    "import sys; sys.stdout = X()",
    "globals()[X()] = 1",
]

OBJECTS = st.builds(
    lambda base, slots, use: "\n".join(
        [
            "import sys",
            f"class X({base}):",
            "    def __init__(self, *_): pass",
            *(
                f"    {'@property' if slot == '__class__' else ''}\n"
                f"    def {slot}(self, *_, **__): return {value}"
                for slot, value in slots.items()
            ),
            use,
        ]
    ),
    st.sampled_from(["object", "Exception", "BaseException", "str", "int", "dict", "type"]),
    st.dictionaries(st.sampled_from(SLOTS), st.sampled_from(VALUES), max_size=4),
    st.sampled_from(USES),
)
"""A class whose methods misbehave, and a use of it."""


def run(
    source: str, kernel: Kernel | None = None, page: str = "page"
) -> tuple[ExecuteReply, list[Any]]:
    sent: list[str] = []
    request: Any = {"page": page, "cell": "cell", "source": source}

    def emit(output: Any) -> None:
        sent.append(json.dumps(output, allow_nan=False, default=str))

    reply = asyncio.run((kernel or Kernel()).execute(request, emit))
    return reply, [json.loads(text) for text in sent]


def check(source: str) -> None:
    reply, outputs = run(source)
    assert reply["status"] in ("ok", "error")
    is_error = [output["output_type"] == "error" for output in outputs]
    assert is_error == [False] * (len(outputs) - 1) + [reply["status"] == "error"] or not outputs
    notebook: Any = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {
                "cell_type": "code",
                "id": "a",
                "source": source,
                "execution_count": None,
                "metadata": {},
                "outputs": coalesce(outputs),
            }
        ],
    }
    nbformat.validate(notebook)


@pytest.mark.filterwarnings("ignore")
@given(TEXTS)
@settings(max_examples=500)
def test_any_text_gives_a_reply_and_valid_outputs(source: str) -> None:
    check(source)


@pytest.mark.filterwarnings("ignore")
@given(OBJECTS)
@example(
    "import sys\nclass X(BaseException):\n    @property\n"
    "    def __class__(self): sys.exit(3)\nraise X()"
)
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
def test_an_object_whose_methods_misbehave_is_shown_or_an_error(source: str) -> None:
    check(source)


@given(st.lists(st.tuples(st.sampled_from(["out", "err", "show"]), st.text(max_size=5))))
def test_outputs_come_in_the_order_in_which_they_were_made(steps: list[tuple[str, str]]) -> None:
    lines = ["import sys"]
    for kind, text in steps:
        shown = f"display({text!r})" if kind == "show" else f"print({text!r}, file=sys.std{kind})"
        lines.append(shown)
    _, outputs = run("\n".join(lines))
    found = "".join(
        output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]
        for output in outputs
    )
    assert found == "".join(repr(text) if kind == "show" else f"{text}\n" for kind, text in steps)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12))
def test_pages_share_nothing_and_count_for_themselves(steps: list[tuple[str, int]]) -> None:
    kernel = Kernel()
    counts = dict.fromkeys("abc", 0)
    for page, number in steps:
        counts[page] += 1
        reply, _ = run(f"seen = [*globals().get('seen', []), {number}]", kernel, page)
        assert reply["execution_count"] == counts[page]
    for page in "abc":
        _, outputs = run("globals().get('seen', [])", kernel, page)
        assert outputs[-1]["data"]["text/plain"] == repr([n for p, n in steps if p == page])


VARIABLES = [
    "import polars as pl; frame = pl.DataFrame({'a': [1]}); lazy = frame.lazy().select('zz')",
    "class Bad:\n    def __getattribute__(self, name): raise OSError(name)\nbad = Bad()",
    "class Odd:\n    __class__ = property(lambda self: 1 / 0)\nodd = Odd()",
    "class Many(int):\n    def __repr__(self): raise OSError\nmany = Many(); big = 10 ** 5000",
    "globals()[7] = 8; globals()[None] = None",
    "class Lies:\n    def __dir__(self): return [1, None]\nlies = Lies()",
    "def call(a: 'NoSuch | None' = 10 ** 5000, *, b: 3 = 4) -> 'Self': ...",
    "call.__module__ = 6",
    "__builtins__ = {}",
]


@pytest.fixture(scope="module")
def hostile() -> Namespace:
    """The variables of a page whose cells have misbehaved."""
    kernel = Kernel()
    for source in VARIABLES:
        assert run(source, kernel)[0]["status"] == "ok"
    return kernel.namespace("page")


NAMES = ["frame", "lazy", "bad", "odd", "many", "big", "lies", "call", "globals", "pl"]
CODE = st.lists(
    st.one_of(
        st.sampled_from([*NAMES, *"().,['\"]={}:+\n", "f'", '"""', "# ", "a", "b=", "def "]),
        st.text(max_size=3),
    )
).map("".join)


@given(CODE, st.integers(-3, 200))
@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow])
def test_help_is_given_at_any_place_of_any_text(hostile: Namespace, text: str, cursor: int) -> None:
    found = complete(text, cursor, hostile.variables)
    assert 0 <= found["start"] <= len(text)
    json.dumps(found, allow_nan=False)
    json.dumps(explain(text, cursor, hostile.variables), allow_nan=False)
    for what in ("check", "dependencies"):
        request: PageRequest = {"what": what, "page": "page", "cell": "c", "source": text}
        json.dumps(reply(request, hostile), allow_nan=False)


@given(
    st.lists(st.tuples(st.sampled_from(["stdout", "stderr"]), st.text(max_size=40)), max_size=30)
)
def test_text_beyond_the_most_is_counted_not_sent(
    writes: list[tuple[streams.StreamName, str]],
) -> None:
    most = 100
    sent: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "MOST_TEXT", most)
        transcript = streams.Transcript(sent.append)
        for name, text in writes:
            transcript.write(name, text)
        transcript.close()
    whole = "".join(text for _, text in writes)
    found = "".join(output["text"] for output in sent)
    assert found.startswith(whole[:most])
    if len(whole) > most:
        assert f"{len(whole) - most:,} more characters" in found
    else:
        assert found == whole
