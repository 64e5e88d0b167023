"""What is wrong with an entry of a TOML file that becomes a record."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from typing import Any

from livecells.kernel import spelling


def mistake(
    entry: Mapping[str, Any],
    record: type,
    *,
    made: Collection[str] = (),
    also: Collection[str] = (),
) -> str:
    """Say which field an entry lacks, has too many, or holds in another form; empty if none.

    Args:
        entry: As TOML gives it.
        record: The dataclass it becomes; a field that is a tuple there is a list here.
        made: Fields of the record that do not come from the entry.
        also: Fields that an entry may have and the record has not.
    """
    known = {field.name: field for field in fields(record) if field.name not in made}
    for name in sorted(entry.keys() - known.keys() - set(also)):
        near = spelling.near(name, [*known, *also], most=1)
        return f"has an unknown field {name!r}" + (f": did you mean {near[0]!r}?" if near else "")
    for name, field in known.items():
        if name not in entry and field.default is MISSING and field.default_factory is MISSING:
            return f"has no {name!r}"
    for name, value in entry.items():
        kind = str(known[name].type) if name in known else ""
        if "tuple" in kind and not isinstance(value, list | tuple):
            return f"{name!r} has to be a list, not {value!r}"
        if kind == str(str) and not isinstance(value, str):
            return f"{name!r} has to be a text, not {value!r}"
    return ""


def frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry with tuples in place of lists, as records have them."""
    return {name: tuple(one) if isinstance(one, list) else one for name, one in entry.items()}
