"""Whatever an author writes: a page that has it, or an error that names the line."""

from __future__ import annotations

import ast
import base64
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buildlib import convert
from livecells.author import params
from livecells.errors import BuildError
from livecells.kernel.display import rows
from livecells.kernel.runner import parse

HEADERS = st.lists(
    st.sampled_from(
        [
            *("cell=", 'cell="a"', 'cell="b"', "a", "b-1", "B", '"', "'", " ", "{", "}", ".x"),
            *("#i", 'title="t"', 'linenums="1"', 'hl_lines="1"', "=", "\t", "é", ":", "<b>", "&"),
        ]
    ),
    max_size=6,
).map("".join)
CELL_LINES = ["x = 1", "print('<b>')", "1 / 0", "x +", "x = 1  # @param [1]", "x = 2  # @param [1]"]
TRY_LINES = ["- x = 1", "+ x = 2", "It is two."]
LINES = st.sampled_from([*CELL_LINES, *TRY_LINES, "<script>", "~~~", "    x", "é\u2028", "\t"])
BODIES = st.lists(LINES, max_size=4).map("\n".join)
REFUSED = (BuildError, ValueError)
FENCES = st.tuples(st.sampled_from(["python", "try"]), HEADERS, BODIES)


T = TypeVar("T")


def attempt(do: Callable[[], T]) -> tuple[T | None, Exception | None]:
    try:
        return do(), None
    except REFUSED as error:
        return None, error


@given(st.lists(FENCES, max_size=3))
@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_fence_is_on_the_page_or_its_line_is_named(
    tmp_path: Path, fences: list[tuple[str, str, str]]
) -> None:
    text, lines = "", []
    for kind, header, body in fences:
        lines.append(text.count("\n") + 1)
        text += f"```{kind} {header}\n{body}\n```\n\nProse.\n\n"
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    written, error = attempt(lambda: convert(page, tmp_path / "cache"))
    if error or written is None:
        named = re.findall(r"^page\.md:(\d+): ", str(error), re.MULTILINE)
        assert named, error
        assert any(line <= int(at) <= line + 6 for line in lines for at in named)
        return
    plain = html.unescape(re.sub(r"<[^>]+>", "", written))
    assert plain.count("Prose.") == len(fences)
    for kind, header, body in fences:
        asks = re.findall(r'(?:^|\s|")cell="([^"]*)"', header)  # of an option twice the last counts
        if re.search(r"=(?![\"'])", header):
            continue  # an option without quotes: to Markdown this is no fence at all
        if asks and kind == "python":
            assert f'<code-cell id="{asks[-1]}"' in written
            assert all(line.strip() in plain for line in body.splitlines())
        assert kind != "try" or not asks or written.count("<cell-try")


ONE_LINE = st.characters(exclude_categories=["C", "Zl", "Zp"])


@given(
    st.lists(
        st.tuples(
            st.text("ab_1", max_size=2),
            st.one_of(st.text(ONE_LINE, max_size=6), st.integers(0, 2).map(str)),
            st.one_of(st.text(ONE_LINE, max_size=12), st.just("[0, 1, 2]")),
        )
    )
)
@settings(max_examples=300)
def test_a_parameter_is_read_as_written_or_its_line_is_quoted(
    lines: list[tuple[str, str, str]],
) -> None:
    written = "\n".join(f"{name} = {value}  # @param {form}" for name, value, form in lines)
    found, error = attempt(lambda: params.parse(written))
    try:
        parse(written, "<cell>")
    except SyntaxError:
        assert found == []
        return
    if error or found is None:
        own = [repr(line.strip()) for line in written.split("\n") if "@param" in line]
        assert any(text in str(error) for text in [*own, *(name for name, *_ in lines)])
        return
    assert [param.name for param in found] == [name for name, *_ in lines]
    for param in found:
        for literal in param.others:
            ast.literal_eval(literal)


VALUES: dict[Any, st.SearchStrategy[Any]] = {
    pl.Int64: st.integers(-(2**63), 2**63 - 1),
    pl.Float64: st.floats(),
    pl.String: st.text(max_size=4),
    pl.Boolean: st.booleans(),
    pl.Date: st.dates(),
    pl.Datetime("us"): st.datetimes(),
    pl.List(pl.Int8): st.lists(st.integers(-9, 9), max_size=2),
    pl.Binary: st.binary(max_size=3),
}


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    height = draw(st.integers(0, 12))
    names = draw(st.lists(st.text(max_size=3), unique=True, min_size=1, max_size=4))
    columns = []
    for name in names:
        dtype = draw(st.sampled_from(list(VALUES)))
        one = st.one_of(st.none(), VALUES[dtype])
        values = draw(st.lists(one, min_size=height, max_size=height))
        columns.append(pl.Series(name, values, dtype=dtype))
    return pl.DataFrame(columns)


@given(frames(), st.integers(0, 14), st.integers(1, 5), st.booleans(), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_pages_of_rows_are_the_whole_frame_in_order(
    frame: pl.DataFrame,
    start: int,
    count: int,
    is_descending: bool,  # noqa: FBT001  Hypothesis gives it
    data: st.DataObject,
) -> None:
    by = data.draw(st.sampled_from(["", *frame.columns]))
    whole = rows.page(frame, 0, rows.MOST_ROWS, by, is_descending=is_descending)
    assert whole["height"] == frame.height == len(whole["rows"])
    part = rows.page(frame, start, count, by, is_descending=is_descending)
    assert part["rows"] == whole["rows"][start : start + count]
    json.dumps(whole, allow_nan=False)
    for form in ("csv", "parquet"):
        base64.b64decode(rows.export(frame, form)["base64"])


def test_a_fence_that_markdown_cannot_read_stops_the_build(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('\n```python cell="a" cell=\nx = 1\n```\n')
    with pytest.raises(BuildError, match=r"page\.md:2: this fence is not read as a cell"):
        convert(page, tmp_path / "cache")
    page.write_text('````markdown\n```python cell="a" cell=\n```\n````\n')
    assert "<code-cell" not in convert(page, tmp_path / "cache")
