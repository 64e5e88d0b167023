"""What the columns of a text file mean, by their values: numbers, dates, codes, missing values.

Each finder looks at the columns, adds to the options of `pl.read_csv` or to the conversions that
follow, and returns the point that the reader may choose otherwise.
"""

import json
import re
from collections.abc import Mapping
from typing import Literal, TypedDict, cast

MISSING = frozenset({"NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "nan", "NaN", "-", "."})

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
DIGITS = re.compile(r"-?\d+")
COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
WHOLE = re.compile(rf"{THOUSANDS.pattern}|-?\d+")
"""Numbers whose commas may stand between thousands or before decimals."""

NOT_A_NUMBER = re.compile(r"0\d+|\+\d+")
"""Digits whose first sign a number would lose: postcodes, telephone numbers."""

ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
LARGEST = 2**63

ORDERS = {"day first": ("%d", "%m"), "month first": ("%m", "%d")}

Chosen = Mapping[str, str]


Columns = dict[str, list[str]]


class Point(TypedDict):
    """One point of how a file was read, which the reader may choose otherwise.

    `columns` are those it is about; none where it is about the whole file.
    """

    name: Literal["encoding", "separator", "decimal", "dates", "zeros", "missing", "sheet"]
    value: str
    choices: list[str]
    columns: list[str]


def quoted(text: str) -> str:
    """Write a text as Python."""
    return json.dumps(text, ensure_ascii=False)


def _column(name: str) -> str:
    return f"pl.col({quoted(name)})"


def point_of(
    name: str, value: str, choices: "tuple[str, ...]", columns: list[str] | None = None
) -> Point:
    """Make a point; a value that is not among the usual choices joins them."""
    known = list(choices) if value in choices else [value, *choices]
    return cast("Point", {"name": name, "value": value, "choices": known, "columns": columns or []})


def _all(values: list[str], pattern: re.Pattern[str]) -> bool:
    return bool(values) and all(pattern.fullmatch(value) for value in values)


def _missing(
    columns: Columns, chosen: Chosen, options: dict[str, str], _: list[str]
) -> Point | None:
    """Find words that stand for a missing number, and leave them out of what is looked at."""
    found: set[str] = set()
    about = []
    for name, values in columns.items():
        words = MISSING & set(values)
        rest = [value for value in values if value not in words]
        if words and rest and all(_is_number(value) or ISO.fullmatch(value) for value in rest):
            found |= words
            about.append(name)
    if not found:
        return None
    listed = " ".join(sorted(found))
    value = chosen.get("missing", listed)
    if value:
        options["null_values"] = json.dumps(sorted(found))
        for name in about:
            columns[name] = [one for one in columns[name] if one not in found]
    return point_of("missing", value, (listed, ""), about)


def _is_number(value: str) -> bool:
    return any(kind.fullmatch(value) for kind in (NUMBER, COMMA, THOUSANDS))


def _decimal(
    columns: Columns, chosen: Chosen, options: dict[str, str], changes: list[str]
) -> Point | None:
    """Find numbers with a decimal comma, and those with signs between thousands."""
    comma = [
        name
        for name, values in columns.items()
        if any(COMMA.fullmatch(value) for value in values)
        and all(COMMA.fullmatch(value) or DIGITS.fullmatch(value) for value in values)
    ]
    both = [
        name for name in comma if _all(columns[name], re.compile(f"{THOUSANDS.pattern}|-?\\d+"))
    ]
    thousands = [
        name
        for name, values in columns.items()
        if any(THOUSANDS.fullmatch(value) for value in values)
        and all(THOUSANDS.fullmatch(value) or NUMBER.fullmatch(value) for value in values)
    ]
    if not comma and not thousands:
        return None
    usual = "," if set(comma) - set(both) or (comma and options.get("separator") == '";"') else "."
    sign = chosen.get("decimal", usual)
    if sign == "," and any("." in value for name in comma for value in columns[name]):
        changes += [_number(name, ".", ",") for name in comma]
    elif sign == ",":
        options["decimal_comma"] = "True"
    else:
        changes += [_number(name, ",", "") for name in thousands]
    return point_of("decimal", sign, (".", ","), comma if sign == "," else thousands)


def _number(name: str, thousands: str, decimal: str) -> str:
    text = f'{_column(name)}.str.replace_all("{thousands}", "", literal=True)'
    if decimal:
        text += f'.str.replace("{decimal}", ".", literal=True)'
    return f"{text}.cast(pl.Float64)"


def _zeros(columns: Columns, chosen: Chosen, options: dict[str, str], _: list[str]) -> Point | None:
    """Find columns of digits that are codes: with a zero or plus in front, or too many digits."""
    digits = {n: v for n, v in columns.items() if _all(v, re.compile(r"[+-]?\d+"))}
    lost = [name for name, values in digits.items() if any(map(NOT_A_NUMBER.fullmatch, values))]
    large = [n for n, values in digits.items() if any(abs(int(v)) >= LARGEST for v in values)]
    value = chosen.get("zeros", "text")
    texts = [*(lost if value == "text" else []), *large]
    if texts:
        entries = (f"{quoted(name)}: pl.String" for name in dict.fromkeys(texts))
        options["schema_overrides"] = f"{{{', '.join(entries)}}}"
    return point_of("zeros", value, ("text", "number"), lost) if lost else None


def _dates(
    columns: Columns, chosen: Chosen, options: dict[str, str], changes: list[str]
) -> Point | None:
    """Find dates. Those in which day and month cannot be told apart stay text."""
    iso = [name for name, values in columns.items() if _all(values, ISO)]
    if iso:
        options["try_parse_dates"] = "True"
    found = {
        name: shape
        for name, values in columns.items()
        for shape in (DOTTED, SLASHED)
        if _all(values, shape)
    }
    if not found:
        return None
    value = chosen.get("dates") or _order(columns, found)
    if options.pop("try_parse_dates", ""):  # which takes the day to be first without a word
        changes += [f"{_column(name)}.str.to_datetime(strict=False)" for name in iso]
    if value in ORDERS:
        first, second = ORDERS[value]
        for name in found:
            sign = re.sub(r"\d", "", columns[name][0])[0]
            form = f"{first}{sign}{second}{sign}%Y"
            changes.append(f'{_column(name)}.str.to_date("{form}")')
    return point_of("dates", value, ("text", *ORDERS), list(found))


def _order(columns: Columns, found: Mapping[str, re.Pattern[str]]) -> str:
    """Tell whether days or months come first: by a number above 12, or by dots between them."""
    orders: set[str] = set()
    for name, shape in found.items():
        pairs = [match for value in columns[name] if (match := shape.fullmatch(value))]
        if shape is DOTTED or any(int(match[1]) > 12 for match in pairs):
            orders.add("day first")
        elif any(int(match[2]) > 12 for match in pairs):
            orders.add("month first")
        else:
            orders.add("text")
    return orders.pop() if len(orders) == 1 else "text"


FINDERS = (_missing, _decimal, _zeros, _dates)
"""In the order in which they have to look."""
