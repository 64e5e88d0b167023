"""Author's mistakes stop the build with page and line; results are cached; settings are checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from buildlib import convert, site_context
from livecells.author.prerender import Prerenderer
from livecells.errors import BuildError
from livecells.figures import draw
from livecells.settings import Settings

MISTAKES = {
    "raising cell": (
        'Text.\n\n```python cell="bad"\nx = 1\nx / 0\n```\n',
        r'page.md:5: cell "bad" raised ZeroDivisionError: division by zero',
    ),
    "syntax error": ('```python cell="bad"\nx = = 1\n```\n', r"page.md:2: (.|\n)*SyntaxError"),
    "id used twice": (
        '```python cell="a"\n1\n```\n\n```python cell="a"\n2\n```\n',
        r'page.md:5: cell id "a" is used twice',
    ),
    "unknown option": (
        '\n```python cell="a" autorun="yes"\n1\n```\n',
        r'page.md:2: cell "a": unknown option autorun',
    ),
    "sql of no table": (
        'Text.\n\n```sql cell="a"\nSELECT *\nFROM nowhere\n```\n',
        r'page.md:5: cell "a" raised SQLInterfaceError: relation .nowhere. was not found',
    ),
    "solution that fails": (
        '```exercise cell="a"\nx = 1\n# %% solution\nx = 2\n# %% check Is x 3?\nx == 3\n```\n',
        r'page.md:5: exercise "a": the solution fails the check .Is x 3\?.',
    ),
    "solution that raises": (
        '```exercise cell="a"\nx = 1\n# %% solution\nx = 2\n1 / 0\n# %% check So?\nx == 3\n```\n',
        r'page.md:5: exercise "a": the solution raised ZeroDivisionError',
    ),
    "exercise that asks nothing": (
        '```exercise cell="a"\nx = 3\n# %% solution\nx = 3\n# %% check Is x 3?\nx == 3\n```\n',
        r'page.md:2: exercise "a": the first text passes all checks',
    ),
    "exercise without solution": (
        '```exercise cell="a"\nx = 3\n# %% check Is x 3?\nx == 3\n```\n',
        r'page.md:1: exercise "a": needs one .# %% solution., not 0',
    ),
    "exercise without checks": (
        '```exercise cell="a"\nx = 3\n# %% solution\nx = 3\n```\n',
        r'page.md:1: exercise "a": needs a .# %% check. at least',
    ),
    "check without words": (
        '```exercise cell="a"\nx = 1\n# %% solution\nx = 3\n# %% check\nx == 3\n```\n',
        r'page.md:5: exercise "a": say in the line of this check what helps',
    ),
    "unknown part": (
        '```exercise cell="a"\nx = 1\n# %% answer\nx = 3\n```\n',
        r'page.md:3: exercise "a": a part is one of solution, check, hint, not .answer.',
    ),
    "exercise without id": (
        "\n```exercise\nx = 1\n```\n",
        r'page.md:2: cell id "" must match',
    ),
    "misspelt language": (
        "\n```pyton\n1\n```\n",
        r"page.md:2: no block is called pyton: did you mean",
    ),
    "misspelt try": ('\n```tyr cell="a"\n1\n```\n', r"page.md:2: .* not a cell: write ```try cell"),
    "hidden without id": (
        "\n```python hide\n1\n```\n",
        r"page.md:2: hide is an option of cells: write ```python cell hide",
    ),
    "nothing raised": (
        '```python cell="a" raises="KeyError"\n1\n```\n',
        r"page.md:1: cell \"a\" raised nothing, not KeyError: take 'raises' out",
    ),
    "raised another": (
        '```python cell raises="KeyError"\n1 / 0\n```\n',
        r'page.md:2: cell "page-1" raised ZeroDivisionError: .*, not KeyError',
    ),
    "raised what": ("```python cell raises\n1\n```\n", r'page.md:1: .*as in raises="ValueError"'),
    "misspelt flag": (
        '```python cell="a" alnoe\n1\n```\n',
        r'page.md:1: cell "a": unknown option alnoe: did you mean alone',
    ),
    "flag with value": (
        '```python cell="a" alone="yes"\n1\n```\n',
        r'page.md:1: cell "a": alone takes no value',
    ),
    "name of a cell alone": (
        "```python cell alone\nx = 1\n```\n\n{= x =}\n",
        r"page.md:5: .*no cell of this page gives x a value",
    ),
    "bad id": ('```python cell="No Good"\n1\n```\n', r'page.md:1: cell id "No Good" must match'),
    "chart without words": (
        '```python cell="mute"\nimport altair as alt\nalt.Chart().mark_point()\n```\n',
        r'page.md:1: cell "mute": a chart has no text alternative',
    ),
    "invalid chart": (
        '```python cell="c"\nfrom altair import Chart, X\nChart().encode(x=X(bin="no"))\n```\n',
        r'page.md:\d: cell "c" raised SchemaValidationError',
    ),
    "try without its line": (
        '```python cell="a"\n1\n```\n\n```try cell="a"\n- 2\n+ 3\nEffect.\n```\n',
        r"page.md:5: try of cell \"a\": the cell has no line '2'",
    ),
    "try without effect": (
        '```python cell="a"\n1\n```\n\n```try cell="a"\n- 1\n+ 3\n```\n',
        r'page.md:5: try of cell "a": needs three parts',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_stops_the_build_with_page_and_line(tmp_path: Path, name: str) -> None:
    text, message = MISTAKES[name]
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(BuildError, match=message):
        convert(page, tmp_path / "cache")


DOCUMENTATION = """
```python
import json
x = 1
```

{= x =}

```python title="an option of ordinary blocks"
x + 1
```

```python plain
this is not Python
```

```python network
json.loads(fetch("https://example.org"))
```

```python raises="ZeroDivisionError"
x / 0
```

```python alone
"x" in globals()
```

```python cell="named" hide
x + 40
```
"""


def test_the_options_of_documentation(tmp_path: Path) -> None:
    page = tmp_path / "guide.md"
    page.write_text(DOCUMENTATION)
    html = convert(page, tmp_path / "cache", is_all=True)
    cells = re.findall(r'<code-cell id="([^"]+)".*?</code-cell>', html, re.DOTALL)
    assert cells == ["guide-1", "guide-2", "guide-3", "guide-4", "guide-5", "named"]
    outputs = dict(
        zip(cells, re.findall(r"<section [^>]*>(.*?)</section>", html, re.DOTALL), strict=True)
    )
    assert ">1</span>" in html
    assert ">2</pre>" in outputs["guide-2"]
    assert outputs["guide-3"] == "", "only readers run it"
    assert "ZeroDivisionError" in outputs["guide-4"]
    assert ">False</pre>" in outputs["guide-5"]
    assert ">41</pre>" in outputs["named"]
    assert 'data-raises="ZeroDivisionError"' in html
    assert 'data-page="guide/#guide-5"' in html
    assert "this is not Python" in re.sub("<[^>]+>", "", html)
    assert convert(page, tmp_path / "cache", is_all=True) == html, "kept, the error too"


def test_a_page_says_which_blocks_are_cells(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"livecells.cells is 'al', expected marked or all"):
        Settings.read(tmp_path, {"cells": "al"})


def test_cells_above_run_again_only_when_a_later_one_must(tmp_path: Path) -> None:
    made = site_context(tmp_path).prerenderer
    first, second = "print('ran')\nx = 1", "x + 1"
    session = made.session("page")
    session.run("a", first)
    session.run("b", second)

    again = made.session("page")
    again.run("a", first)
    assert again.run("b", second).outputs[0]["output_type"] == "execute_result"
    changed = made.session("page")
    changed.run("a", first)
    result = changed.run("b", "x + 41").outputs[0]
    assert result["data"]["text/plain"] == "42"  # type: ignore[typeddict-item]


def test_a_change_above_is_a_change_below(tmp_path: Path) -> None:
    made = site_context(tmp_path).prerenderer
    for value in (1, 2):
        session = made.session("page")
        session.run("a", f"x = {value}")
        output = session.run("b", "x").outputs[0]
        assert output["data"]["text/plain"] == str(value)  # type: ignore[typeddict-item]


def test_changed_code_is_noticed(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("one")
    made = Prerenderer(cache=tmp_path / "cache", code=[code])
    made.refresh()
    made.session("page").run("a", "import random; random.random()")
    before = list((tmp_path / "cache").iterdir())
    code.write_text("two")
    made.refresh()
    made.session("page").run("a", "import random; random.random()")
    assert len(list((tmp_path / "cache").iterdir())) == len(before) + 1


def test_errors_are_not_cached(tmp_path: Path) -> None:
    made = site_context(tmp_path).prerenderer
    assert made.session("page").run("a", "1 / 0").error
    assert list(tmp_path.iterdir()) == []


def test_pictures_have_words_and_ids_of_their_own() -> None:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "A <line>",
        "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 1}]},
        "mark": {"type": "line", "clip": True},
        "encoding": {"x": {"field": "a"}, "y": {"field": "b"}},
    }
    picture = draw.draw(spec)
    for svg in (picture.wide, picture.narrow):
        assert svg.startswith('<svg role="img" aria-label="A &lt;line&gt;" ')
        assert svg.count("aria-") == 1
    assert 'id="clip' not in picture.wide
    assert picture.wide.split('id="')[1].split('"')[0] not in picture.narrow


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"pakages": ["py/trends"]}, "no setting pakages: did you mean packages"),
        ({"zzz": 1}, "no setting zzz: it has after_build, app"),
        ({"data": "data/*.csv"}, r"livecells.data is 'data/\*.csv', expected a list, such as"),
        ({"data": ["/data/*.csv"]}, "relative to mkdocs.yml"),
        ({"offline": "no"}, "livecells.offline is 'no', expected true or false"),
    ],
)
def test_settings_say_what_to_write(tmp_path: Path, written: dict[str, Any], said: str) -> None:
    with pytest.raises(BuildError, match=said):
        Settings.read(tmp_path, written)


def test_what_charts_are_made_of_is_not_searched(tmp_path: Path) -> None:
    """The theme's search skips by tag: within a marked element no other may have its tag."""
    html = convert(Path("tests/golden/pages/chart.md"), tmp_path)
    skipped = html.partition("data-search-exclude")[2]
    assert "<template" in skipped
    assert "<section" not in skipped
