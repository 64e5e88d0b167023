"""Polars frames as tables: accessible HTML and plain text, without importing Polars."""

import datetime as dt
from typing import Any, Protocol

from livecells.markup import Markup, element, join

MAX_ROWS = 20
"""Rows shown: the first and the last ten of a longer frame."""

MAX_COLUMNS = 20

MAX_TEXT = 120
"""Characters of one value; longer text is cut with an ellipsis."""


class Frame(Protocol):
    """The part of `polars.DataFrame` that a table needs."""

    @property
    def height(self) -> int: ...  # noqa: D102
    @property
    def columns(self) -> list[str]: ...  # noqa: D102
    @property
    def dtypes(self) -> list[Any]: ...  # noqa: D102
    def row(self, index: int) -> tuple[Any, ...]: ...  # noqa: D102


def frame_html(frame: Frame, *, title: str = "") -> Markup:
    """Draw a frame as a table: a caption with its size, column heads with their types.

    Args:
        frame: Any shape; at most `MAX_ROWS` x `MAX_COLUMNS` values are shown
            and the caption says so.
        title: The caption, where the size of `frame` is not what matters.
    """
    columns = frame.columns[:MAX_COLUMNS]
    numeric = [is_numeric(dtype) for dtype in frame.dtypes[:MAX_COLUMNS]]
    heads = [
        element(
            "th",
            name,
            element("small", type_name(dtype)),
            scope="col",
            class_="n" if right else None,
        )
        for name, dtype, right in zip(columns, frame.dtypes, numeric, strict=False)
    ]
    return element(
        "table",
        element("caption", title or caption(frame)),
        element("thead", element("tr", *heads)),
        element("tbody", *_body(frame, numeric)),
        class_="frame",
    )


def caption(frame: Frame) -> str:
    """Return how large the frame is and how much of it is shown."""
    rows, columns = frame.height, len(frame.columns)
    size = f"{_count(rows, 'row')}, {_count(columns, 'column')}"
    cut = [f"first and last {MAX_ROWS // 2} rows"] * (rows > MAX_ROWS)
    cut += [f"first {MAX_COLUMNS} columns"] * (columns > MAX_COLUMNS)
    return f"{size} ({', '.join(cut)} shown)" if cut else size


def _body(frame: Frame, numeric: list[bool]) -> list[Markup]:
    if frame.height <= MAX_ROWS:
        return [_row(frame.row(i), numeric) for i in range(frame.height)]
    half = MAX_ROWS // 2
    gap = element("tr", element("td", "…", colspan=len(numeric)), class_="gap")
    top = [_row(frame.row(i), numeric) for i in range(half)]
    end = [_row(frame.row(i), numeric) for i in range(frame.height - half, frame.height)]
    return [*top, gap, *end]


def _row(values: tuple[Any, ...], numeric: list[bool]) -> Markup:
    return element(
        "tr",
        *(
            element("td", _value(value), class_="n" if right else None)
            for value, right in zip(values, numeric, strict=False)
        ),
    )


def _value(value: object) -> Markup:
    if value is None:
        return element("i", "null")
    return join(format_value(value))


def format_value(value: object) -> str:
    """Write one value as a reader expects it: six significant digits, ISO dates, cut text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1e6 and value.is_integer() else f"{value:.6g}"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    written = str(value)
    return written if len(written) <= MAX_TEXT else f"{written[: MAX_TEXT - 1]}…"


def type_name(dtype: Any) -> str:
    """Name a type; the categories of an enumeration would make a column as wide as a page."""
    name = str(dtype)
    return "Enum" if name.startswith("Enum(") else name


def is_numeric(dtype: Any) -> bool:
    """Return whether values of a Polars type are numbers."""
    check = getattr(dtype, "is_numeric", None)
    return bool(check and check())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
