"""The page of the data: an entry for each dataset, made of what `datasets.toml` says."""

from typing import get_args

from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.kernel.display.tables import frame_html
from livecells.markup import Markup, element, join
from trends import claims, data
from trends.data import Dataset, Name
from trends.pages import cards, downloads, uses

PREVIEW_ROWS = 5


def entry(page: Page, name: str) -> Markup:
    """Write what is known of a dataset, its columns, and its first rows.

    Raises:
        BuildError: There is no such dataset.
    """
    if name not in get_args(Name):
        raise BuildError(str(data.DatasetUnknownError(name)))
    dataset = data.describe(name)  # type: ignore[arg-type]
    facts = [pair for pair in _facts(dataset) if pair[1]]
    return element(
        "div",
        element("p", dataset.title, ". ", element("code", f'data.load("{name}")')),
        _actions(page, dataset),
        element("dl", *(join(element("dt", k), element("dd", v)) for k, v in facts)),
        _listed("What to know before counting", dataset.caveats),
        element("div", _columns(dataset), class_="table-box", tabindex=0, role="region",
                aria_label=f"Columns of {name}"),
        element("div", _preview(dataset), class_="table-box", tabindex=0, role="region",
                aria_label=f"First rows of {name}"),
        _uses(page, dataset),
        class_="dataset",
    )  # fmt: skip


def chooser() -> Markup:
    """Write the control that puts a table into the page's first cell."""
    options = (element("option", name, value=name) for name in data.NAMES)
    label = element("label", element("span", "Table "), element("select", *options))
    button = element("button", "Put it into the cell", type="button", class_="md-button")
    status = element("span", role="status")
    live = element("open-table", label, " ", button, " ", status)
    return element("div", live, class_="open-table")


def _facts(dataset: Dataset) -> list[tuple[str, object]]:
    return [
        ("How it was made", dataset.method),
        ("Publisher", dataset.publisher),
        ("Source", dataset.source),
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
    rows = (
        element(
            "tr",
            element("th", element("code", column.name), scope="row"),
            element("td", column.type),
            element("td", column.unit),
            element("td", _meaning(column)),
        )
        for column in dataset.columns
    )
    return element(
        "table",
        element("caption", "Columns"),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="frame dataset-columns",
    )


def _meaning(column: data.Column) -> str:
    values = f": {', '.join(column.values)}" if column.values else ""
    return f"{column.meaning}{values}"


def _preview(dataset: Dataset) -> Markup:
    rows = data.scan(dataset.name).head(PREVIEW_ROWS).collect()
    return frame_html(rows, title=f"First {rows.height} of {dataset.rows:,} rows")


def _uses(page: Page, dataset: Dataset) -> Markup:
    ledger = page.link_to("claims/")
    cells = [
        element("a", cell, href=f"{page.link_to(url)}#{cell}")
        for url, cell in uses.cells_with(dataset.name, page.site.pages)
    ]
    checked = [claim for claim in claims.all_claims() if dataset.name in claim.tables]
    proven = [
        element("a", claim.id, href=f"{ledger}#claim-{claim.id}") if ledger else claim.id
        for claim in checked
    ]
    if not cells and not proven:
        return element("p", "Not used by a cell or a claim of its own.", class_="dataset-uses")
    summary = f"Used by {_count(len(cells), 'cell')} and {_count(len(proven), 'claim')}"
    return element(
        "details",
        element("summary", summary),
        *(element("p", name, _comma(links)) for name, links in
          (("Cells: ", cells), ("Claims: ", proven)) if links),
        class_="dataset-uses",
    )  # fmt: skip


def _comma(parts: list[Markup] | list[str] | list[Markup | str]) -> Markup:
    pieces: list[object] = [piece for part in parts for piece in (", ", part)]
    return join(*pieces[1:])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
