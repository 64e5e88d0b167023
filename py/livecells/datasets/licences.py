"""Writes `data/LICENCES.md`: what each licence asks, and which datasets it holds for."""

from pathlib import Path

from livecells.datasets.catalogue import Catalogue

FILE = "LICENCES.md"
NOTICES = Path("sources/notices.md")  # inside the data folder; texts that must travel along

HEAD = """\
# Licences of the data

Made from `sources/catalogue.toml` and `sources/notices.md`.

The licence of the code does not hold for the tables: each keeps the licence of its source, named
with its attribution in `datasets.toml` (fields `licence` and `attribution`). What must travel with
the files:

| licence | files | what it asks |
|---|---|---|
"""
CHANGES = """
Changes: tables were made from the sources as `sources/catalogue.toml` says for each (`method`,
`caveats`).
"""


def page(known: Catalogue, folder: Path) -> str:
    """Write the page; a licence that no dataset has is left out."""
    rows = []
    for licence, asks in known.terms.items():
        names = [f"`{name}`" for name, spec in known.datasets.items() if licence in spec.terms]
        if names:
            rows.append(f"| {licence} | {', '.join(names)} | {asks} |\n")
    notices = folder / NOTICES
    text = f"\n{notices.read_text(encoding='utf-8')}" if notices.is_file() else ""
    return f"{HEAD}{''.join(rows)}{CHANGES}{text}"
