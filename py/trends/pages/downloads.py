"""Files that the site hands out beside its pages: the ledger, the tables as CSV, own scripts."""

import shutil
from pathlib import Path

from livecells.kernel.claims.ledger import CLAIM_COLUMNS
from livecells.kernel.files.described import Table
from trends import data
from trends.charts.parts import theme
from trends.claims.ledger import LEDGER
from trends.pages import cards, changes, explorer, linked

WEB = Path(__file__).parent / "web"
"""Scripts of the story's own pages; the engine has none of them."""

STYLES = ("reading", "code", "fields", "ledger", "data", "explorer", "home")
"""The story's stylesheet, by its parts in the order of the cascade."""

LARGEST_CSV_ROWS = 100_000
"""Longer tables are handed out as Parquet only: as text they are tens of megabytes."""


def write(site: Path, name: str, url: str) -> None:
    """Write all of them into a built site that is called and lies so."""
    assets = site / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    (assets / "charts.css").write_text(theme.stylesheet(), encoding="utf-8")
    parts = [(WEB / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    (assets / "site.css").write_text("\n".join(parts), encoding="utf-8")
    for script in sorted(WEB.glob("*.js")):
        shutil.copyfile(script, assets / script.name)
    explorer.write_names(assets)
    findings, receipt = cards.results()
    ledger = LEDGER.frame(CLAIM_COLUMNS, findings)
    ledger.write_csv(site / "claims.csv")
    ledger.write_json(site / "claims.json")
    (site / "claims-receipt.json").write_text(receipt.file({}), encoding="utf-8")
    tables = site / "data"
    tables.mkdir(exist_ok=True)
    for table in data.NAMES:
        if has_csv(data.describe(table)):
            data.load(table).write_csv(tables / f"{table}.csv")
    changes.write_feeds(site, name=name, url=url)
    linked.write(site, name, url)


def has_csv(table: Table) -> bool:
    """Whether a table is handed out as CSV too."""
    return table.rows <= LARGEST_CSV_ROWS
