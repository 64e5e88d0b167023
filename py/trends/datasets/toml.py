"""Write `data/datasets.toml`: the catalogue's text plus what only the files can tell."""

import json
from typing import Any

from trends.datasets.catalogue import ColumnSpec, DatasetSpec

HEADER = """\
# Made by `python -m trends.datasets` from data/sources/catalogue.toml and the files themselves.
# Change the catalogue or an extract, not this file.
"""
TEXT_FIELDS = ("title", "publisher", "source", "licence", "retrieved", "method")
LIST_FIELDS = ("attribution", "caveats", "key", "sort")


def entry(spec: DatasetSpec, facts: dict[str, str | int]) -> str:
    """One dataset as TOML.

    Args:
        spec: The catalogue's entry.
        facts: What is measured: `sha256`, `rows`, `bytes`, `span`.
    """
    lines = [f"[{spec.name}]", _line("file", spec.file)]
    lines += [_line(field, fact) for field, fact in facts.items()]
    lines += [_line(field, getattr(spec, field)) for field in TEXT_FIELDS]
    lines += [_line(field, list(getattr(spec, field))) for field in LIST_FIELDS]
    lines += ["", f"[{spec.name}.columns]"]
    lines += [f"{column.name} = {_column(column)}" for column in spec.columns]
    return "\n".join(lines) + "\n"


def _line(field: str, content: object) -> str:
    return f"{field} = {value(content)}"


def value(content: object) -> str:
    """Write a text, a whole number or a list of them as TOML, which writes them as JSON does."""
    return json.dumps(content, ensure_ascii=False)


def _column(column: ColumnSpec) -> str:
    fields: dict[str, Any] = {"type": column.type, "unit": column.unit, "meaning": column.meaning}
    if column.values:
        fields["values"] = list(column.values)
    return "{ " + ", ".join(_line(key, value) for key, value in fields.items()) + " }"
