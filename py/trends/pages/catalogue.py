"""The page of the data: an entry for each dataset, made of what `datasets.toml` says."""

from typing import get_args

from livecells.author import described
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.kernel.files.described import Table
from livecells.markup import Markup, element, fill, join
from trends import claims, data
from trends.data import Name
from trends.pages import cards, downloads, uses

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
        raise BuildError(str(data.DatasetUnknownError(name, data.NAMES)))
    dataset = data.files.describe(name)
    rows = data.scan(name).head(PREVIEW_ROWS).collect()  # type: ignore[arg-type]
    return element(
        "div",
        element("p", dataset.title, ". ", element("code", f'data.load("{name}")')),
        _actions(page, dataset),
        described.facts(dataset),
        described.caveats(dataset),
        described.columns(dataset),
        described.preview(dataset, rows),
        _uses(page, dataset),
        class_="dataset",
    )


def chooser() -> Markup:
    """Write the control that puts a table into the page's first cell."""
    options = (element("option", name, value=name) for name in data.NAMES)
    return fill(CHOOSER, options=join(*options))


def _actions(page: Page, dataset: Table) -> Markup:
    name = dataset.name
    root = page.link_to("") or ""
    parquet = element("a", "Parquet", href=f"{root}data/{dataset.file}", download=True)
    csv: object = "no CSV: as text it would be tens of megabytes"
    if downloads.has_csv(dataset):
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


def _uses(page: Page, dataset: Table) -> Markup:
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
        element("p", name, join(*links, separator=", ")) for name, links in used.items() if links
    )
    summary = f"Used by {_count(len(cells), 'cell')} and {_count(len(proven), 'claim')}"
    return element("details", element("summary", summary), *lists, class_="dataset-uses")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
