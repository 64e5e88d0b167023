"""Pip's magic lines become Python, and nothing else does."""

from __future__ import annotations

import pytest

from livecells.kernel.remote.packages import MAGIC, translated
from livecells.kernel.runner import parse


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("%pip install polars-ds", "micropip.install(['polars-ds'], verbose=1)"),
        ("!pip3 install -q 'a>=1' b  # both", "micropip.install(['a>=1', 'b'], verbose=1)"),
        ("%uv pip install -U a", "micropip.install(['a'], verbose=1)"),
        ("%pip install a -i https://h/s", "install(['a'], verbose=1, index_urls='https://h/s')"),
        ("%pip install --index-url=https://h/s a", "index_urls='https://h/s')"),
    ],
)
def test_a_magic_line_is_a_call(line: str, call: str) -> None:
    assert call in translated(line)
    parse(f"x = 1\n{line}\n", "cell")


def test_lines_keep_their_numbers() -> None:
    source = "# first\n%pip install a\n\nx = a.b\n"
    assert len(translated(source).splitlines()) == len(source.splitlines())
    assert parse(source, "cell").body[-1].lineno == 4


@pytest.mark.parametrize("source", ["text = '''\n%pip install a\n'''", "x = 7\\\n%pip", "%run a"])
def test_other_text_stays(source: str) -> None:
    if MAGIC.search(source):  # what is Python already is never translated
        assert "micropip" not in repr(parse(source, "cell").body[0].__dict__)
    else:
        assert translated(source) == source


def test_a_mistake_elsewhere_is_still_a_mistake() -> None:
    with pytest.raises(SyntaxError):
        parse("%pip install a\nx = = 1", "cell")
