"""Expressions in prose: the value after the right cell, and every mistake with its line."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from buildlib import convert, site_context
from livecells.author import lock
from livecells.author.page import Page
from livecells.author.source import fences
from livecells.errors import BuildError, PageError

PAGE = """\
---
title: A page
---

Ahead: {= second: rows[0] | twice =}. `{= code =}` stays, and so does

```text
{= this =}
```

```python cell="first"
rows = [1, 2]
```

Here: {= rows[0] =}, {= len(rows)
   * 10 =} and {= 2 + 2 =}.

```python cell="second"
rows = [7]
base = 3
```

| a | b |
|---|---|
| {= rows[0] + base =} | **{= first: rows[-1] =}** |
"""


@pytest.fixture(autouse=True)
def _wording(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("made_up_wording")
    vars(module)["twice"] = lambda value: f"{value} and {value}"
    monkeypatch.setitem(sys.modules, "made_up_wording", module)


def built(folder: Path, text: str) -> str:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    return convert(page, folder / "cache", wording="made_up_wording")


def plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_a_value_is_that_of_its_place(tmp_path: Path) -> None:
    for _ in range(2):  # the second time from the cache
        text = plain(built(tmp_path, PAGE))
        assert "Ahead: 7 and 7. {= code =} stays" in text
        assert "{= this =}" in text
        assert "Here: 1, 20 and 4." in text
        assert re.search(r"10\s+2", text)


def test_a_value_says_on_which_cells_it_depends(tmp_path: Path) -> None:
    page = built(tmp_path, PAGE)
    spans = re.findall(r'<span class="cell-value" [^>]*data-names="([^"]*)"', page)
    names = [json.loads(html.unescape(one)) for one in spans]
    assert names[0] == {"rows": "second"}
    assert names[1] == {"rows": "first"}
    assert names[3] == {"base": "second", "rows": "second"}
    assert ">4<" in page.replace("<span>4</span>", ">4<")


def test_a_name_that_no_cell_above_gives_comes_from_the_first_below(tmp_path: Path) -> None:
    a, b, c = (f'```python cell="{name}"\nx = "{name}"\n```\n\n' for name in "abc")
    page = built(tmp_path, f"Above {{= x =}}\n\n{a}Amid {{= x =}}\n\n{b}{c}")
    assert re.search(r"Above a.*Amid a", plain(page), re.DOTALL)
    assert page.count('data-names="{&quot;x&quot;:&quot;a&quot;}"') == 2


def test_an_import_is_the_same_wherever_it_stands(tmp_path: Path) -> None:
    cells = "".join(f'```python cell="{name}"\nimport math\nx = 4\n```\n\n' for name in "ab")
    page = built(tmp_path, f"{cells}{{= math.sqrt(x) =}} and {{= math.pi | twice =}}")
    assert page.count("cell-value") == 1
    assert 'data-names="{&quot;x&quot;:&quot;b&quot;}"' in page
    assert "2.0 and 3.14" in plain(page)


MISTAKES = {
    "unknown name": ("{= rowz =}", "no cell of this page gives rowz a value: did you mean rows?"),
    "unknown cell": ("{= aa: rows =}", "this page has no cell aa: did you mean a?"),
    "raises": ("{= rows[9] =}", "IndexError: list index out of range"),
    "no text": ("{= rows =}", "it gives list, not a number or text"),
    "formatter": (
        "{= rows[0] | twise =}",
        "there is no formatter called twise: did you mean twice",
    ),
    "syntax": ("{= rows[ =}", "it is not valid Python"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_names_line_and_expression(tmp_path: Path, name: str) -> None:
    expression, message = MISTAKES[name]
    text = (
        f'# A page\n\n```python cell="a"\nrows = [1]\n```\n\nText\n{expression} here.\n\n'
        '```python cell="b"\nlater = 1\n```\n'
    )
    with pytest.raises(BuildError, match=r"page\.md:8: \{= ") as caught:
        built(tmp_path, text)
    assert message in str(caught.value)


def test_all_mistakes_of_a_page_are_in_one_report(tmp_path: Path) -> None:
    text = """\
# A page

```python cell="a"
1 / 0
```

```try cell="a"
- 1 / 0
+ 1 / 1
It divides.
```

```try cell="b"
- 1 / 0
+ 1 / 1
It divides.
```

```python cell="a"
print("not run, and told once")
```

```python cel="c"
x
```

```py cell="d"
x
```

{= nothing =}
"""
    with pytest.raises(BuildError) as caught:
        built(tmp_path, text)
    head, _, *lines = str(caught.value).splitlines()
    assert head == "6 mistakes:"
    assert [line.partition(": ")[0] for line in sorted(lines, key=place)] == [
        f"page.md:{number}" for number in (4, 13, 19, 23, 27, 31)
    ]
    raised = 'page.md:4: cell "a" raised ZeroDivisionError: division by zero; if it is on purpose'
    assert any(line.startswith(raised) for line in lines)
    assert any('did you mean cell="c"?' in line for line in lines)
    assert any('write ```python cell="d"' in line for line in lines)


def place(message: str) -> int:
    return int(message.split(":")[1])


def test_the_lock_tells_new_changed_and_gone(tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    before = [("p.md", 3, "a", "1"), ("p.md", 4, "a", "2"), ("p.md", 5, "b", "3")]
    assert len(lock.differences(path, before)) == 4
    lock.write(path, before)
    assert lock.differences(path, before) == []
    after = [("p.md", 3, "a", "1"), ("p.md", 6, "a", "9"), ("q.md", 1, "c", "4")]
    told = [str(one) for one in lock.differences(path, after)]
    assert told[:3] == [
        "p.md:6: a gives '9', not '2'",
        "q.md:1: c gives '4'",
        "p.md:0: b is gone",
    ]
    assert isinstance(lock.differences(path, after)[0], PageError)


def test_a_hidden_cell_runs_with_the_choice_above_it(tmp_path: Path) -> None:
    text = """\
```python cell="a"
n = 1  # @param [1, 2]
```

```python cell="b" hide
double = 2 * n
```

{= n =} and {= double =}
"""
    source = tmp_path / "page.md"
    source.write_text(text)
    page = Page(site_context(tmp_path / "cache"), "page/", source)
    page.expect(text)
    _, precomputed = page.try_out("a", "n = 1  # @param [1, 2]\n")
    content = json.loads(page.site.precomputed[precomputed["n"]["2"]])
    assert content["values"] == {"0": {"text": "2"}, "1": {"text": "4"}}


def test_a_header_in_braces_is_read_like_one_without() -> None:
    (braced,), (plain,) = (
        list(fences(f"``` {header}\n1\n```"))
        for header in ("{.python cell=one hide}", 'python cell="one" hide')
    )
    assert braced == plain
    assert braced.is_cell
