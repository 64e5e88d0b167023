"""Parameters of cells: what an author may write, and what the build computes ahead."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buildlib import converting, site_context
from livecells.author import controls, fence, params
from livecells.author.page import Page
from livecells.author.params import Param
from livecells.errors import PageError

SOURCE = """\
base = "django"  # @param ["django", "flask"]
share = 0.1  # @param {type: "slider", min: 0.05, max: 0.5, step: 0.05}
on = True  # @param {type: "boolean"}
since = None  # @param {type: "month"}
print(base, share, on, since)
"""

MISTAKES = {
    "a starred value": ("x = *0  # @param [0]", "is not a plain value of Python"),
    "no value": ("x  # @param [1]", "is not a parameter"),
    "indented": ("if 1:\n    x = 1  # @param [1]", "is not a parameter"),
    "not a form": ("x = 1  # @param 1, 2", "type must be one of"),
    "broken list": ("x = 1  # @param [1", "is not a list of values"),
    "unknown type": ('x = 1  # @param {type: "colour"}', "type must be one of"),
    "no value of the list": ("x = 3  # @param [1, 2]", "not one of its choices"),
    "not a literal": ("x = f()  # @param [1, 2]", "is not a plain value"),
    "two lines": ("x = (1 +  # @param [1, 2]\n1)", "is not a parameter"),
    "another type": ("x = True  # @param [1, 2]", "not one of its choices"),
    "twice": ("x = 1  # @param [1]\nx = 1  # @param [1]", "declared twice"),
}


def page(folder: Path) -> Page:
    made = Page(site_context(folder / "cache"), "page/", folder / "page.md")
    made.enter("python")
    return made


def test_every_form_is_read() -> None:
    base, share, on, since = params.parse(SOURCE)
    after = '  # @param ["django", "flask"]'
    choices = ('"django"', '"flask"')
    assert base == Param("base", 0, "base = ", '"django"', after, choices=choices)
    assert (share.literal, share.kind) == ("0.1", "slider")
    assert share.limits == (("min", 0.05), ("max", 0.5), ("step", 0.05))
    assert (on.kind, since.kind, since.literal) == ("boolean", "month", "None")
    assert params.parse("x = 1  # a comment\n") == []


@pytest.mark.parametrize(
    ("line", "literal", "choices"),
    [
        ("x = 'a'  # @param ['b', 'a']", "'a'", ('"b"', "'a'")),
        ('x = "a" #@param ["b", "a"]', '"a"', ('"b"', '"a"')),
        ("x = 1_000  # @param [10, 1000]", "1_000", ("10", "1_000")),
        ("x = 1  # months  # @param [1, 2]", "1", ("1", "2")),
        ("x = 'a'  # @param ['a', 'b'] {allow-input: true}", "'a'", ("'a'", '"b"')),
        ("x=2 # @param [1, 2]", "2", ("1", "2")),
    ],
)
def test_a_choice_is_known_by_its_value(line: str, literal: str, choices: tuple[str, ...]) -> None:
    (param,) = params.parse(line)
    assert (param.literal, param.choices) == (literal, choices)
    assert param.others == tuple(choice for choice in choices if choice != literal)
    assert param.before + param.literal + param.after == line


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("b = True  #@param {type:'boolean'}", "boolean"),
        ('x = 3 # @param {"type": "integer"}', "integer"),
        ('label = "a  # b"  # @param {type: "string"}', "string"),
        ('d = "2025-07-01"  # @param {type: "date"}', "date"),
        ('ä = "ö"  # @param {type: "string"}', "string"),
    ],
)
def test_colabs_spellings_are_read(line: str, kind: str) -> None:
    (param,) = params.parse(f"import os\n{line}")
    assert (param.kind, param.line) == (kind, 1)
    assert param.chosen(f"import os\n{line}", param.literal) == f"import os\n{line}"


def test_a_mark_in_a_text_or_beside_pip_is_no_hindrance() -> None:
    assert params.parse('x = "# @param [1]"') == []
    (param,) = params.parse("%pip install cowsay\nx = 1  # @param [1, 2]")
    assert param.line == 1


@pytest.mark.parametrize(
    "form", ['["a", "b"] {label: "Compare by"}', '{type: "string", label: "Compare by"}']
)
def test_a_label_stands_beside_the_control(form: str) -> None:
    (found,) = params.parse(f'x = "a"  # @param {form}')
    assert found.label == "Compare by"
    assert ">Compare by<" in controls.form("cell", [found], {})


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_names_the_line(name: str) -> None:
    source, message = MISTAKES[name]
    with pytest.raises(ValueError, match=message):
        params.parse(source)


def test_a_mistake_stops_the_build_with_page_and_line(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text('\n```python cell="a"\nx = 3  # @param [1, 2]\n```\n')
    with pytest.raises(PageError, match=r'page.md:2: cell "a": .*not one of its choices'):
        page(tmp_path).try_out("a", "x = 3  # @param [1, 2]")


def test_a_choice_that_raises_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text('```python cell="a"\n```\n')
    source = "x = 1  # @param [1, 0]\n1 / x"
    with pytest.raises(PageError, match=r'cell "a" with x = 0 raised ZeroDivisionError'):
        page(tmp_path).try_out("a", source)


@given(st.one_of(st.text(st.characters(codec="utf-8")), st.integers(), st.booleans(), st.none()))
def test_any_value_goes_into_its_line_and_nowhere_else(value: object) -> None:
    literal = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    changed = params.parse(SOURCE)[0].chosen(SOURCE, literal)
    assert (
        ast.literal_eval(changed.split("\n")[0].split(" = ", 1)[1].rsplit("  # @param", 1)[0])
        == value
    )
    assert changed.split("\n")[1:] == SOURCE.split("\n")[1:]


def test_only_short_lists_are_computed_ahead() -> None:
    long = f"x = 1  # @param {list(range(params.MOST_PRECOMPUTED + 1))}"
    assert [literal for _, literal, _ in params.variants(SOURCE)] == ['"flask"', "False"]
    assert list(params.variants(long)) == []


def test_choices_are_computed_beside_the_page(tmp_path: Path) -> None:
    """The namespace stays the author's, also when results come from the cache."""
    for _ in range(2):
        one = page(tmp_path)
        one.run("above", "x = 10")
        source = "x = x + 1; step = 1  # @param [1, 2]\nx".replace("; step", "\nstep")
        declared, precomputed = one.try_out("a", source)
        rendered = one.run("a", source)
        assert [param.name for param in declared] == ["step"]
        assert rendered
        assert rendered.outputs[0]["data"]["text/plain"] == "11"  # type: ignore[typeddict-item]
        (name,) = precomputed["step"].values()
        shown = json.loads(one.site.precomputed[name])["outputs"]
        assert shown[0]["data"]["text/plain"] == "11"


def test_the_form_has_a_control_for_each(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("")
    md = converting(page(tmp_path))
    html = fence.format_cell(SOURCE, "python", "", {"cell": "a"}, md)
    assert 'select name="base" data-before="base = " data-after="  # @param [&quot;' in html
    assert 'data-value="&quot;django&quot;" selected>django</option>' in html
    assert 'type="range"' in html
    assert 'step="0.05"' in html
    assert 'type="checkbox" data-kind="boolean" checked>' in html
    assert 'type="month" data-kind="month">' in html
    assert "cell-params" not in fence.format_cell("1", "python", "", {"cell": "b"}, md)
