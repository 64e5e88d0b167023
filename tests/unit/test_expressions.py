"""Expressions in prose: what may stand between `{=` and `=}`, and what is said of mistakes."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from livecells.kernel import expressions
from livecells.kernel.expressions import ExpressionError, evaluate, evaluate_all, read

WORDING = "made_up_wording"


@pytest.fixture(autouse=True)
def _wording(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType(WORDING)
    vars(module)["percent"] = lambda value, digits=1: f"{100 * value:.{digits}f} percent"
    vars(module)["listed"] = lambda values, last="and": f" {last} ".join(values)
    monkeypatch.setitem(sys.modules, WORDING, module)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1 + 1", "2"),
        ("share | percent", "12.5 percent"),
        ("share | percent(0)", "12 percent"),
        ("share|percent(digits)", "12.50 percent"),
        ("(3 | 4)", "7"),
        ("[3 | 4][0]", "7"),
        ("'a | b'", "a | b"),
        ("names | listed('or')", "x or y"),
        ("[name for name in names if name != 'x'][0]", "y"),
        ("f'{share:.0%}'", "12%"),
        ("share\n  | percent(\n 0)", "12 percent"),
    ],
)
def test_an_expression_is_written(text: str, written: str) -> None:
    variables = {"share": 0.125, "digits": 2, "names": ["x", "y"]}
    before = dict(variables)
    assert evaluate(text, variables, WORDING) == written
    assert variables == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        (" | percent", "nothing before the first"),
        ("1 +", "not valid Python"),
        ("x = 1", "not valid Python"),
        ("(1", "not valid Python"),
        ("1 | 2", "'2' is not a formatter"),
        ("1 | percent(", "not valid Python|is not a formatter"),
        ("1 | percnt", "no formatter called percnt: did you mean percent"),
        ("[1]", "gives list, not a number or text"),
        ("None", "gives NoneType"),
        ("float('nan')", "gives nan"),
    ],
)
def test_a_mistake_is_said(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        evaluate(text, {}, WORDING)


def test_names_are_those_of_the_page() -> None:
    text = "[one for one in rows if one > least][0] | percent(digits)"
    assert read(text).names == {"rows", "least", "digits"}


def test_a_value_is_taken_only_where_the_right_cell_gave_the_names() -> None:
    requests: list[expressions.Request] = [
        {"expression": "x | percent", "names": {"x": "a"}},
        {"expression": "y", "names": {"y": "b"}},
        {"expression": "x[0]", "names": {"x": "a"}},
    ]
    values = evaluate_all(requests, {"x": 0.5, "y": 2}, {"x": "a", "y": "c"}, WORDING)
    assert values[:2] == [{"text": "50.0 percent"}, {}]
    assert values[2]["problem"].startswith("TypeError: ")
