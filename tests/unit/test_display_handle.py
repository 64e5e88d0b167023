"""Displays that change, bars of progress, and limits on what one run may send."""

from __future__ import annotations

import asyncio
from typing import Any

import nbformat
import pytest

from livecells.kernel import Emitted, Kernel
from livecells.kernel.coalesce import coalesce
from livecells.kernel.outputs import PROGRESS
from livecells.kernel.process.streams import MOST_OUTPUTS, MOST_TEXT


def emitted(source: str) -> list[Any]:
    outputs: list[Emitted] = []
    request: Any = {"page": "page", "cell": "cell", "source": source}
    asyncio.run(Kernel().execute(request, outputs.append))
    return outputs


def kept(source: str) -> list[Any]:
    return list(coalesce(emitted(source)))


def test_an_update_stands_where_the_display_stood() -> None:
    outputs = kept(
        "handle = display('first', display_id=True)\nprint('between')\nhandle.update('second')"
    )
    assert [output["output_type"] for output in outputs] == ["display_data", "stream"]
    assert outputs[0]["data"]["text/plain"] == "'second'"


def test_a_name_of_ones_own_names_the_display() -> None:
    outputs = emitted("display(1, display_id='mine').update(2)")
    assert [one["metadata"] for one in outputs] == [{"display_id": "mine"}] * 2


def test_names_are_the_same_in_every_run() -> None:
    source = "display(1, display_id=True); display(2, display_id=True);"
    names = [[one["metadata"]["display_id"] for one in emitted(source)] for _ in range(2)]
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


def test_without_a_name_there_is_no_handle() -> None:
    assert kept("print(display(1))")[-1]["text"] == "None\n"


def test_progress_counts_and_passes_items_on() -> None:
    outputs = kept("print(list(progress(range(3), 'reading')))")
    assert outputs[0]["data"][PROGRESS] == {"value": 3, "max": 3, "label": "reading"}
    assert outputs[0]["data"]["text/plain"] == "reading: 3 of 3"
    assert outputs[1]["text"] == "[0, 1, 2]\n"


def test_progress_without_an_end_counts_on() -> None:
    outputs = kept("for n in progress(iter('abc')): pass")
    assert outputs[0]["data"][PROGRESS] == {"value": 3, "label": ""}


def test_progress_stays_where_the_loop_broke_off() -> None:
    outputs = kept("for n in progress(range(9)):\n    if n == 4: break")
    assert outputs[0]["data"][PROGRESS]["value"] == 4


def test_what_is_kept_is_a_notebook() -> None:
    outputs = kept("display(1, display_id=True).update(2)\nfor n in progress([1]): pass\n3")
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "source": ""}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    nbformat.validate({**notebook, "cells": [{**cell, "outputs": outputs}]})


@pytest.mark.parametrize(
    "source", ["print('x' * {0})", "for n in range({0} // 10): print('x' * 9)"]
)
def test_endless_text_is_cut_and_counted(source: str) -> None:
    outputs = kept(source.format(MOST_TEXT + 1_000))
    text = "".join(one["text"] for one in outputs if one["name"] == "stdout")
    assert len(text) == MOST_TEXT
    assert "more characters were printed, and not kept" in outputs[-1]["text"]


def test_endless_outputs_are_cut_and_counted() -> None:
    outputs = kept(f"for n in range({MOST_OUTPUTS} + 5): display(n)")
    assert sum(one["output_type"] == "display_data" for one in outputs) == MOST_OUTPUTS
    assert "5 more outputs were made, and not kept" in outputs[-1]["text"]


def test_an_error_is_shown_after_however_many_outputs() -> None:
    outputs = kept(f"for n in range({MOST_OUTPUTS} + 5): display(n)\n1 / 0")
    assert outputs[-1]["output_type"] == "stream"
    assert outputs[-2]["ename"] == "ZeroDivisionError"
