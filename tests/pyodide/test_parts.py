"""Polars comes in two parts: what the pages call, and the rest when it is called.

That no page calls the rest is for the whole story to say (browser/test_story.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyodide.conftest import BuiltSite, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    Boot = Callable[..., Session]

REST = "polars.abi3.so.rest"
AVRO = """
import io
import polars as pl

file = io.BytesIO()
pl.DataFrame({"a": [1, 2], "b": ["x", "y"]}).write_avro(file)
file.seek(0)
[list(row) for row in pl.read_avro(file).rows()]
"""
"""Avro is in no cell and no common query."""


@pytest.mark.parametrize("is_restored", [False, True], ids=["boot", "snapshot"])
def test_the_rest_comes_when_it_is_called(
    boot: Boot, site: BuiltSite, *, is_restored: bool
) -> None:
    session = boot(site, is_restored=is_restored)
    assert session.run("import polars as pl\npl.Series([1, 2]).sum()") == 3
    assert session.reads == []
    assert session.run(AVRO) == [[1, "x"], [2, "y"]]
    assert session.reads == [REST]
    session.run(AVRO)
    assert session.reads == []
