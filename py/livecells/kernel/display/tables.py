"""Polars frames as tables: accessible HTML whose values are written by Polars.

Python's own types cannot hold every value: no nanoseconds, no years beyond 9999.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from livecells.markup import Markup, element

MAX_ROWS = 20
"""Rows shown: the first and the last ten of a longer frame; `pl.Config` may say otherwise."""

MAX_COLUMNS = 20

MOST_CELLS = 20_000
"""Values of one table, whatever `pl.Config` says."""

MAX_TEXT = 120
"""Characters of one value; longer text is cut with an ellipsis."""

MOST_TEXT = 2_000
"""Characters of the whole value, which is shown when asked for."""

MOST_ITEMS = 50
"""Items shown of a list in one value."""

FLOAT_DIGITS = 6
"""Decimals shown of a float."""

ROWS_VARIABLE, COLUMNS_VARIABLE = "POLARS_FMT_MAX_ROWS", "POLARS_FMT_MAX_COLS"
TEXT_VARIABLE, ITEMS_VARIABLE = "POLARS_FMT_STR_LEN", "POLARS_FMT_TABLE_CELL_LIST_LEN"


class Text(NamedTuple):
    """A value as it is shown; `whole` is all of it, where that is more."""

    shown: str
    whole: str = ""


def frame_html(frame: Any, *, title: str = "") -> Markup:
    """Draw a frame as a table: a caption with its size, column heads with their types.

    Args:
        frame: A `polars.DataFrame` of any shape; the caption says how much of it is shown.
        title: The caption, where the size of `frame` is not what matters.
    """
    most_rows, most_columns = _limits(frame)
    part = frame[:, :most_columns]
    numeric = [is_numeric(dtype) for dtype in part.dtypes]
    heads = [
        element(
            "th",
            name,
            element("small", type_name(dtype)),
            scope="col",
            class_="n" if right else None,
        )
        for name, dtype, right in zip(part.columns, part.dtypes, numeric, strict=True)
    ]
    body = element("tbody", *_body(part, most_rows, numeric))
    is_cut = frame.height > most_rows or frame.width > most_columns
    return element(
        "table",
        element("caption", title or _caption(frame, most_rows, most_columns)),
        element("thead", element("tr", *heads)),
        # Tab stops at the first shortened value; arrows lead on (web/output/frame-table.js).
        Markup(body.replace('tabindex="-1"', 'tabindex="0"', 1)),
        class_="frame is-cut" if is_cut else "frame",
    )


def texts(column: Any) -> list[Text | None]:
    """Write the values of a `polars.Series` as Polars does; `None` where one is missing.

    Text, floats and nested values may be cut or rounded, and then have their whole beside them.
    """
    import polars as pl

    column = column.alias("")  # Polars would take a name such as ^a$ for a pattern
    is_null = column.is_null().to_list()
    most = _chosen(TEXT_VARIABLE, MAX_TEXT)
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        values = column.cast(pl.String).to_list()
        found: Iterator[Text] = (_cut(value or "", most) for value in values)
    elif column.dtype.is_float():
        found = _floats(column)
    else:
        found = (_cut(value, most) for value in _formatted(column))
    return [None if missing else text for missing, text in zip(is_null, found, strict=True)]


def _floats(column: Any) -> Iterator[Text]:
    import polars as pl

    exact = column.cast(pl.String).to_list()
    is_ours = not _is_format_chosen()
    shown = map(_rounded, column.to_list(), exact) if is_ours else _formatted(column)
    for text, whole in zip(shown, exact, strict=True):
        yield Text(text, "" if whole in (None, text) else whole)


def _rounded(value: float | None, exact: str | None) -> str:
    if value is None or exact is None:
        return ""
    if "e" in exact or len(exact.partition(".")[2]) <= FLOAT_DIGITS:
        return exact
    text = f"{value:.{FLOAT_DIGITS}f}".rstrip("0")
    return exact if text.strip("-0.") == "" else text + "0" * text.endswith(".")


def _is_format_chosen() -> bool:
    """Return whether the reader has told Polars how to write numbers."""
    import polars as pl

    state = pl.Config.state()
    usual = {"set_fmt_float": "mixed", "set_float_precision": None, "set_thousands_separator": ""}
    return any(state.get(name, value) != value for name, value in usual.items())


def _formatted(column: Any) -> Iterator[str]:
    """Write values as Polars' own tables do, but for digits of floats and items of lists."""
    import polars as pl

    more: dict[str, Any] = {}
    if not pl.Config.state().get(ITEMS_VARIABLE):
        more["fmt_table_cell_list_len"] = MOST_ITEMS
    if column.dtype.is_nested() and not _is_format_chosen():
        more["fmt_float"] = "full"
    with pl.Config(**more):
        return iter([column._s.get_fmt(place, MOST_TEXT) for place in range(len(column))])


def written(column: Any) -> list[str | None]:
    """Write all of each value of a `polars.Series`, whatever `pl.Config` says, for a file."""
    import polars as pl

    everything: dict[str, Any] = {
        "fmt_table_cell_list_len": -1,
        "fmt_str_lengths": 2**31 - 1,
        "fmt_float": "full",
    }
    is_null = column.alias("").is_null().to_list()  # as in `texts`
    with pl.Config(restore_defaults=True, **everything):
        return [
            None if missing else column._s.get_fmt(place, 2**31 - 1)
            for place, missing in enumerate(is_null)
        ]


def _cut(text: str, most: int) -> Text:
    if len(text) <= most:
        return Text(text)
    whole = text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"
    return Text(f"{text[: most - 1]}…", whole)


def _chosen(variable: str, usual: int) -> int:
    """Return what `pl.Config` says; -1 stands for everything there."""
    import polars as pl

    chosen = pl.Config.state().get(variable)
    return usual if not chosen else int(chosen) if int(chosen) >= 0 else MOST_CELLS


def _limits(frame: Any) -> tuple[int, int]:
    columns = min(_chosen(COLUMNS_VARIABLE, MAX_COLUMNS), MOST_CELLS)
    shown = max(min(columns, frame.width), 1)
    return min(_chosen(ROWS_VARIABLE, MAX_ROWS), max(MOST_CELLS // shown, 1)), columns


def _caption(frame: Any, most_rows: int, most_columns: int) -> str:
    size = f"{_count(frame.height, 'row')}, {_count(frame.width, 'column')}"
    cut = []
    if frame.height > most_rows:
        first, last = most_rows - most_rows // 2, most_rows // 2
        cut.append(f"first{'' if first == last else f' {first}'} and last {last} rows")
    if frame.width > most_columns:
        cut.append(f"first {most_columns} columns")
    return f"{size} ({', '.join(cut)} shown)" if cut else size


def _body(frame: Any, most_rows: int, numeric: list[bool]) -> list[Markup]:
    if frame.height <= most_rows:
        return _rows(frame, numeric)
    half = most_rows // 2
    gap = element("tr", element("td", "…", colspan=len(numeric)), class_="gap")
    return [*_rows(frame.head(most_rows - half), numeric), gap, *_rows(frame.tail(half), numeric)]


def _rows(frame: Any, numeric: list[bool]) -> list[Markup]:
    columns = [texts(column) for column in frame.get_columns()]
    rows = zip(*columns, strict=True) if columns else [()] * frame.height
    return [element("tr", *map(_cell, row, numeric)) for row in rows]


def _cell(text: Text | None, is_number: bool) -> Markup:  # noqa: FBT001  one of a row
    shown = element("i", "null") if text is None else text.shown
    whole = text.whole if text and text.whole else None
    tab = None if whole is None else "-1"
    return element("td", shown, class_="n" if is_number else None, title=whole, tabindex=tab)


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
