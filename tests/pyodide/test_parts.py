"""Polars and the core come in two parts: what the pages call, and the rest when it is called.

That no page calls the rest is for the whole story to say (browser/test_story.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyodide import everyday, mistakes
from pyodide.conftest import BuiltSite, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    Boot = Callable[..., Session]

AVRO = """
import io
import polars as pl

file = io.BytesIO()
pl.DataFrame({"a": [1, 2], "b": ["x", "y"]}).write_avro(file)
file.seek(0)
[list(row) for row in pl.read_avro(file).rows()]
"""
"""Avro is in no cell and no common query."""
ENCODED = '"\u6f22".encode("gb18030").hex()'
"""No cell needs a Chinese encoding."""


@pytest.mark.parametrize("is_restored", [False, True], ids=["boot", "snapshot"])
def test_a_rest_comes_when_it_is_called(boot: Boot, site: BuiltSite, *, is_restored: bool) -> None:
    session = boot(site, is_restored=is_restored)
    assert session.run("import polars as pl\npl.Series([1, 2]).sum()") == 3
    assert session.reads == []
    assert session.run(ENCODED) == "\u6f22".encode("gb18030").hex()
    assert rests(session) == ["pyodide.asm.wasm.rest"]
    assert session.run(AVRO) == [[1, "x"], [2, "y"]]
    assert rests(session) == ["polars.abi3.so.rest"]
    session.run(f"{AVRO}\n{ENCODED}")
    assert rests(session) == []


def test_a_common_mistake_needs_no_rest(boot: Boot, site: BuiltSite) -> None:
    session = boot(site)
    for mistake in mistakes.MISTAKES:
        session.call(mistakes.told, mistake)
        assert (mistake, rests(session)) == (mistake, [])


def test_everyday_code_needs_no_rest(boot: Boot, site: BuiltSite) -> None:
    session = boot(site)
    for step in everyday.steps():
        session.run(step)
        assert (step, rests(session)) == (step, [])


def rests(session: Session) -> list[str]:
    """Return the rests that the last run has read."""
    return [name for name in session.reads if name.endswith(".rest")]
