"""The page of the data: an entry for each dataset, made of what `datasets.toml` says."""

from typing import get_args

from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.kernel.display.tables import frame_html
from livecells.markup import Markup, element, fill, join
from trends import claims, data
from trends.data import Dataset, Name
from trends.pages import cards, downloads, sources, uses

PREVIEW_ROWS = 5
CHOOSER = (
    '<div class="open-table"><open-table><label><span>Table </span><select>{options}</select>'
    '</label> <button type="button" class="md-button">Put it into the cell</button> '
    '<span role="status"></span></open-table></div>'
)


def entry(page: Page, name: str) -> Markup:
    """Write what is known of a dataset, its columns, and its first rows.

    Raises:
        BuildError: There is no such dataset.
    """
    if name not in get_args(Name):
        raise BuildError(str(data.DatasetUnknownError(name)))
    dataset = data.describe(name)  # type: ignore[arg-type]
    facts = (join(element("dt", k), element("dd", v)) for k, v in _facts(dataset) if v)
    return element(
        "div",
        element("p", dataset.title, ". ", element("code", f'data.load("{name}")')),
        _actions(page, dataset),
        element("dl", *facts),
        _listed("What to know before counting", dataset.caveats),
        _box(f"Columns of {name}", _columns(dataset)),
        _box(f"First rows of {name}", _preview(dataset)),
        _uses(page, dataset),
        class_="dataset",
    )


def _box(label: str, table: object) -> Markup:
    return element("div", table, class_="table-box", tabindex=0, role="region", aria_label=label)


def chooser() -> Markup:
    """Write the control that puts a table into the page's first cell."""
    options = (element("option", name, value=name) for name in data.NAMES)
    return fill(CHOOSER, options=join(*options))


def _facts(dataset: Dataset) -> list[tuple[str, object]]:
    return [
        ("How it was made", dataset.method),
        ("Publisher", dataset.publisher),
        ("Source", sources.home(dataset)),
        ("Address of a row", dataset.address and element("code", dataset.address)),
        ("Licence", dataset.licence),
        ("To be named", join(*(element("p", text) for text in dataset.attribution))),
        ("Retrieved", dataset.retrieved),
        ("Span", dataset.span),
        ("Size", f"{dataset.rows:,} rows, {len(dataset.columns)} columns, {dataset.bytes:,} bytes"),
        ("One row for each", ", ".join(dataset.key)),
        ("Sorted by", ", ".join(dataset.sort)),
    ]


def _actions(page: Page, dataset: Dataset) -> Markup:
    name = dataset.name
    root = page.link_to("") or ""
    parquet = element("a", "Parquet", href=f"{root}data/{dataset.file}", download=True)
    csv: object = "no CSV: as text it would be tens of megabytes"
    if downloads.has_csv(name):
        csv = element("a", "CSV", href=f"{root}data/{name}.csv", download=True)
    parts = [join("Download: ", parquet, ", ", csv)]
    if playground := page.link_to("playground/"):
        parts.append(element("a", "Open in a cell", href=f"{playground}?open={name}"))
    cite = cards.cite(
        data_id=name,
        data_title=f"{name}: {dataset.title}",
        data_source=f"{dataset.publisher}; {dataset.licence}",
        data_as_of=dataset.span.rpartition(" to ")[2],
        data_quote=f"{dataset.title}.",
    )
    actions = (*(element("span", part) for part in parts), cite)
    return element("p", *actions, class_="dataset-actions")


def _listed(title: str, texts: tuple[str, ...]) -> Markup:
    if not texts:
        return Markup()
    items = element("ul", *(element("li", text) for text in texts))
    return join(element("p", element("b", title)), items)


def _columns(dataset: Dataset) -> Markup:
    heads = (element("th", name, scope="col") for name in ("Column", "Type", "Unit", "Meaning"))
    rows = [element("thead", element("tr", *heads))]
    body = (
        element(
            "tr",
            element("th", element("code", column.name), scope="row"),
            *(element("td", said) for said in (column.type, column.unit, _meaning(column))),
        )
        for column in dataset.columns
    )
    caption, kind = element("caption", "Columns"), "frame dataset-columns"
    return element("table", caption, *rows, element("tbody", *body), class_=kind)


def _meaning(column: data.Column) -> str:
    values = f": {', '.join(column.values)}" if column.values else ""
    return f"{column.meaning}{values}"


def _preview(dataset: Dataset) -> Markup:
    rows = data.scan(dataset.name).head(PREVIEW_ROWS).collect()
    return frame_html(rows, title=f"First {rows.height} of {dataset.rows:,} rows")


def _uses(page: Page, dataset: Dataset) -> Markup:
    ledger = page.link_to("claims/")
    cells: list[object] = [
        element("a", cell, href=f"{page.link_to(url)}#{cell}")
        for url, cell in uses.cells_with(dataset.name, page.site.pages)
    ]
    proven: list[object] = [
        element("a", claim.id, href=f"{ledger}#claim-{claim.id}") if ledger else claim.id
        for claim in claims.all_claims()
        if dataset.name in claim.tables
    ]
    if not cells and not proven:
        return element("p", "Not used by a cell or a claim of its own.", class_="dataset-uses")
    used = {"Cells: ": cells, "Claims: ": proven}
    lists = (
        element("p", name, *sources.between(links, ", ")) for name, links in used.items() if links
    )
    summary = f"Used by {_count(len(cells), 'cell')} and {_count(len(proven), 'claim')}"
    return element("details", element("summary", summary), *lists, class_="dataset-uses")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
