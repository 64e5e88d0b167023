"""Which names pass from cell to cell: what a mark of staleness rests on."""

from __future__ import annotations

import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chapters
from livecells.kernel.dependencies import dependencies
from livecells.kernel.runner import parse
from trends import data


def passing(source: str) -> tuple[set[str], set[str]]:
    found = dependencies(source, parse(source, "<cell>"))
    return set(found["uses"]), set(found["defines"])


@pytest.mark.parametrize(
    ("source", "uses", "defines"),
    [
        ("x = 1\ny = x", "", "x y"),
        ("y = x", "x", "y"),
        ("x = x + 1", "x", "x"),
        ("x += 1", "x", "x"),
        ("frame['a'] = b", "frame b", ""),
        ("frame.a.b = 1", "frame", ""),
        ("x: int = y", "int y", "x"),
        ("x: int", "int", ""),
        ("for i in items: total += i", "items total", "i total"),
        ("for x in x: pass", "x", "x"),
        ("with open(name) as file: file.read()", "open name", "file"),
        ("import a.b, c as d\nfrom e import f, g as h", "", "a d f h"),
        ("(a, *b), c = z", "z", "a b c"),
        ("if (n := len(items)) > 1: n", "len items", "n"),
        ("[i for i in items if i > low]", "items low", ""),
        ("{k: v for k, v in pairs}", "pairs", ""),
        ("rows = [[c for c in row if c in seen] for row in table]", "seen table", "rows"),
        ("f = lambda a, b=c: a + b + d", "c d", "f"),
        ("def f(a=b):\n    return a + c + f(1) + len(a)", "b c len", "f"),
        ("def f():\n    return late\nlate = 1", "", "f late"),
        ("def f():\n    x = 1\n    return lambda: x + y", "y", "f"),
        (
            "class A(Base, key=k):\n    field = other\n    def m(self): return deep",
            "Base k other deep",
            "A",
        ),
        ("@wrap\ndef f(): pass", "wrap", "f"),
        ("try: a\nexcept E as e: e", "a E", "e"),
        (
            "match p:\n case {'a': x, **rest}: x\n case [first, *more]: pass\n case q: pass",
            "p",
            "x rest first more q",
        ),
        ("rows = await fetch(url)", "fetch url", "rows"),
        ("print(f'{x:{w}}')", "print x w", ""),
        ("del x", "", "x"),
        ("global g\ng = 1", "", "g"),
        ("def f():\n    global g\n    g = h\n    return g", "g h", "f"),
        ("selected(frame, 'brush')", "selected frame selection_brush", ""),
        ("selection('pick')['x']", "selection selection_pick", ""),
    ],
)
def test_what_a_cell_uses_and_defines(source: str, uses: str, defines: str) -> None:
    expected = {name.replace("selection_", "selection ") for name in uses.split()}
    assert passing(source) == (expected, set(defines.split()))


@given(
    st.from_regex(r"(?:[abc] = [abcd]\n|[abc] \+= [abcd]\n|print\([abc]\)\n){1,6}", fullmatch=True)
)
def test_what_a_cell_uses_is_what_it_fails_without(source: str) -> None:
    """Straight code raises a NameError exactly when something that it uses is missing."""
    uses, _ = passing(source)
    given_names = dict.fromkeys(uses - {"print"}, 1)
    exec(compile(source, "<cell>", "exec"), {**given_names, "print": str})
    for missing in given_names:
        others = {name: 1 for name in given_names if name != missing}
        with pytest.raises(NameError):
            exec(compile(source, "<cell>", "exec"), {**others, "print": str})


def test_every_name_of_a_chapter_is_defined_above() -> None:
    for page in chapters.pages():
        known = {*dir(builtins), *data.NAMES}  # SQL reads datasets by name
        for cell in chapters.cells(page):
            uses, defines = passing(cell.source)
            assert uses <= known, f"{page}: {cell.id} uses {uses - known}"
            known |= defines
