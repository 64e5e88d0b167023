"""Write `data/datasets.toml`: the catalogue's text plus what only the files can tell."""

import json
from dataclasses import fields
from typing import Any

from livecells.datasets.catalogue import ColumnSpec, DatasetSpec
from livecells.kernel.files.described import Described

HEADER = """\
# Made from sources/catalogue.toml and the files themselves.
# Change the catalogue or an extract, not this file.
"""


def entry(spec: DatasetSpec, facts: dict[str, str | int]) -> str:
    """Write one dataset as TOML: what the catalogue says, and the facts measured."""
    said = {field.name: getattr(spec, field.name) for field in fields(Described)}
    lines = [_line(*pair) for pair in ({"file": spec.file} | facts | said).items()]
    columns = [f"{column.name} = {_column(column)}" for column in spec.columns]
    return "\n".join([f"[{spec.name}]", *lines, "", f"[{spec.name}.columns]", *columns, ""])


def _line(field: str, content: object) -> str:
    return f"{field} = {value(content)}"


def value(content: object) -> str:
    """Write a text, a whole number or a list of them as TOML, which writes them as JSON does."""
    return json.dumps(content, ensure_ascii=False)


def _column(column: ColumnSpec) -> str:
    fields: dict[str, Any] = {"type": column.type, "unit": column.unit, "meaning": column.meaning}
    if column.values:
        fields["values"] = column.values
    return "{ " + ", ".join(_line(*pair) for pair in fields.items()) + " }"
