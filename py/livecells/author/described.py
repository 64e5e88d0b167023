"""A described table on a page: what is known of it, its columns, and its first rows."""

import polars as pl

from livecells.kernel.display.tables import frame_html
from livecells.kernel.files.described import Column, Table
from livecells.markup import Markup, element, join


def facts(table: Table) -> Markup:
    """Write what is known of a table as a list of terms; what is empty is left out."""
    size = f"{table.rows:,} rows, {len(table.columns)} columns, {table.bytes:,} bytes"
    known = {
        "How it was made": table.method,
        "Publisher": table.publisher,
        "Source": element("a", table.source, href=table.home) if table.home else table.source,
        "Address of a row": table.address and element("code", table.address),
        "Licence": table.licence,
        "To be named": join(*(element("p", text) for text in table.attribution)),
        "Retrieved": table.retrieved,
        "Span": table.span,
        "Size": size,
        "One row for each": ", ".join(table.key),
        "Sorted by": ", ".join(table.sort),
    }
    pairs = (join(element("dt", k), element("dd", v)) for k, v in known.items() if v)
    return element("dl", *pairs)


def caveats(table: Table) -> Markup:
    """Write what to know before counting; nothing where there are no caveats."""
    if not table.caveats:
        return Markup()
    items = element("ul", *(element("li", text) for text in table.caveats))
    return join(element("p", element("b", "What to know before counting")), items)


def columns(table: Table) -> Markup:
    """Write the columns as a table that can be scrolled by keys."""
    heads = (element("th", name, scope="col") for name in ("Column", "Type", "Unit", "Meaning"))
    body = (
        element(
            "tr",
            element("th", element("code", column.name), scope="row"),
            *(element("td", said) for said in (column.type, column.unit, _meaning(column))),
        )
        for column in table.columns
    )
    parts = (
        element("caption", "Columns"),
        element("thead", element("tr", *heads)),
        element("tbody", *body),
    )
    whole = element("table", *parts, class_="frame dataset-columns")
    return _box(f"Columns of {table.name}", whole)


def preview(table: Table, rows: pl.DataFrame) -> Markup:
    """Write the first rows of a table; it can be scrolled by keys."""
    title = f"First {rows.height} of {table.rows:,} rows"
    return _box(f"First rows of {table.name}", Markup(frame_html(rows, title=title)))


def _box(label: str, table: object) -> Markup:
    return element("div", table, class_="table-box", tabindex=0, role="region", aria_label=label)


def _meaning(column: Column) -> str:
    values = f": {', '.join(column.values)}" if column.values else ""
    return f"{column.meaning}{values}"
