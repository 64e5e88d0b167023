"""The HTML of the controls that change a cell's parameters."""

import ast
import json

from livecells.author.params import FIELDS, Param, Precomputed
from livecells.markup import Markup, element, join
from livecells.messages import ENGLISH, Words


def form(
    cell: str, params: list[Param], precomputed: Precomputed, words: Words = ENGLISH
) -> Markup:
    """Write the controls of a cell; the stylesheet hides them where no script can make them work.

    Args:
        cell: Its id.
        params: Its parameters.
        precomputed: For each parameter, the published file of each value computed ahead.
        words: In the page's language.
    """
    fields = (element("label", _name(param), " ", _field(param)) for param in params)
    return element(
        "cell-params",
        element("div", *fields, class_="params-fields"),
        element("span", class_="params-status", role="status"),
        data_cell=cell,
        data_precomputed=json.dumps(precomputed, separators=(",", ":")),
        role="group",
        aria_label=words.parameters_of.format(cell),
    )


def _name(param: Param) -> Markup:
    """Write the label of a control; without one the name of the variable, as code."""
    return element("span", param.label) if param.label else element("code", param.name)


def _field(param: Param) -> Markup:
    """Write one control, with what stands before and after its value in its line of the cell."""
    where = {"name": param.name, "data_before": param.before, "data_after": param.after}
    if param.kind == "list":
        options = (
            element(
                "option",
                _shown(choice),
                value=choice,
                data_value=json.dumps(ast.literal_eval(choice)),
                selected=choice == param.literal,
            )
            for choice in param.choices
        )
        return element("select", *options, **where)
    value = ast.literal_eval(param.literal)
    kind = FIELDS[param.kind]
    limits = {limit: f"{number:g}" for limit, number in param.limits}
    field = element(
        "input",
        **where,
        type=kind,
        data_kind=param.kind,
        value=None if kind == "checkbox" or value is None else str(value),
        checked=kind == "checkbox" and bool(value),
        **limits,
    )
    return join(field, " ", element("output", str(value))) if kind == "range" else field


def _shown(literal: str) -> str:
    value = ast.literal_eval(literal)
    return "none" if value is None else str(value)
