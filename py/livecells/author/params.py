"""Parameters of a cell: lines that a reader may change by a control instead of by typing.

The convention is that of Colab's forms, so that the same text is a form there too:

    base = "django"  # @param ["django", "flask"]
    tolerance = 0.1  # @param {type: "slider", min: 0.05, max: 0.5, step: 0.05}

A control rewrites its line and nothing else: the code in the cell always says what is chosen.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from livecells.kernel import Output
from livecells.markup import Markup, element, join
from livecells.messages import ENGLISH, Words
from livecells.store import digest

FOLDER = "precomputed"
"""Where the outputs for the choices of a list are published, below the site's root."""

MOST_ANSWERS = 8
"""Lists with more choices are not computed ahead: they ask for Python."""

LINE = re.compile(r"^(?P<name>[A-Za-z_]\w*) = (?P<literal>.+?)  # @param (?P<form>.+)$", re.M)
KEY = re.compile(r"([{,]\s*)(\w+)\s*:")
FIELDS = {
    "boolean": "checkbox",
    "slider": "range",
    "number": "number",
    "integer": "number",
    "string": "text",
    "month": "month",  # not Colab's: there it is a plain field
}
LIMITS = ("min", "max", "step")


@dataclass(frozen=True)
class Param:
    """One line that a control may rewrite.

    Attributes:
        name: The variable.
        literal: Its value as the author wrote it, in Python.
        kind: `list`, or a key of `FIELDS`.
        choices: For a list, the values to choose from, in Python.
        limits: `min`, `max` and `step` of a number, as far as given.
    """

    name: str
    literal: str
    kind: str
    choices: tuple[str, ...] = ()
    limits: tuple[tuple[str, float], ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The choices that can be computed ahead: few, and not the author's own."""
        known = ("True", "False") if self.kind == "boolean" else self.choices
        return (
            tuple(one for one in known if one != self.literal) if len(known) <= MOST_ANSWERS else ()
        )


def parse(source: str) -> list[Param]:
    """Find the parameters of a cell, in the order of their lines.

    Raises:
        ValueError: A line with `# @param` is not of the form; the message quotes it.
    """
    found = list(LINE.finditer(source))
    if len(found) != len(re.findall(r"#\s*@param\b", source)):
        named = [line for line in source.split("\n") if "@param" in line]
        wrong = next((line for line in named if not LINE.match(line)), named[0])
        form = "name = value  # @param [...] or {type: ...}"
        msg = f"{wrong.strip()!r} is not a parameter: write {form}"
        raise ValueError(msg)
    params = [_param(**match.groupdict()) for match in found]
    names = [param.name for param in params]
    if twice := next((name for name in names if names.count(name) > 1), None):
        msg = f"parameter {twice} is declared twice"
        raise ValueError(msg)
    return params


def chosen(source: str, name: str, literal: str) -> str:
    """Write another value into the line of a parameter."""

    def line(match: re.Match[str]) -> str:
        if match["name"] != name:
            return match[0]
        return f"{name} = {literal}  # @param {match['form']}"

    return LINE.sub(line, source)


def variants(source: str) -> Iterator[tuple[Param, str, str]]:
    """Each single choice that is computed ahead: parameter, value in Python, the cell's text."""
    for param in parse(source):
        for literal in param.others:
            yield param, literal, chosen(source, param.name, literal)


def answer_file(cell: str, outputs: list[Output]) -> tuple[str, bytes]:
    """Write the outputs of a choice: name of the file below `FOLDER`, and its content."""
    content = json.dumps({"outputs": outputs}, separators=(",", ":")).encode()
    return f"{cell}-{digest(content)[:10]}.json", content


def form(
    cell: str,
    params: list[Param],
    answers: dict[str, dict[str, str]],
    words: Words = ENGLISH,
) -> Markup:
    """Write the controls of a cell; the stylesheet hides them where no script can make them work.

    Args:
        cell: Its id.
        params: Its parameters.
        answers: For each parameter, the published file of each value computed ahead.
        words: In the page's language.
    """
    fields = (element("label", element("span", param.name), " ", _field(param)) for param in params)
    return element(
        "cell-params",
        element("div", *fields, class_="params-fields"),
        element("span", class_="params-status", role="status"),
        data_cell=cell,
        data_answers=json.dumps(answers, separators=(",", ":")),
        role="group",
        aria_label=words.parameters_of.format(cell),
    )


def _param(name: str, literal: str, form: str) -> Param:
    try:
        value = ast.literal_eval(literal)
        asked = (
            json.loads(KEY.sub(r'\1"\2":', form))
            if form.startswith("{")
            else ast.literal_eval(form)
        )
    except (ValueError, SyntaxError) as error:
        msg = f"parameter {name}: {form!r} cannot be read: {error}"
        raise ValueError(msg) from error
    if isinstance(asked, list):
        if value not in asked:
            msg = f"parameter {name}: {literal} is not one of its choices {form}"
            raise ValueError(msg)
        return Param(name, literal, "list", tuple(_literal(choice) for choice in asked))
    kind = asked.get("type") if isinstance(asked, dict) else None
    if kind not in FIELDS:
        msg = f"parameter {name}: type must be one of {', '.join(FIELDS)}, or a list of values"
        raise ValueError(msg)
    limits = tuple((limit, float(asked[limit])) for limit in LIMITS if limit in asked)
    return Param(name, literal, str(kind), limits=limits)


def _field(param: Param) -> Markup:
    if param.kind == "list":
        options = (
            element("option", _shown(choice), value=choice, selected=choice == param.literal)
            for choice in param.choices
        )
        return element("select", *options, name=param.name)
    value = ast.literal_eval(param.literal)
    kind = FIELDS[param.kind]
    limits = {limit: f"{number:g}" for limit, number in param.limits}
    field = element(
        "input",
        name=param.name,
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


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
