"""The sentences that the build writes into pages; the script's own are in `web/strings/`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What the build says in one language; `{}` stands for a cell's id."""

    output_of: str
    parameters_of: str
    insert: str
    try_this: str
    chart_rows: str
    hint: str
    solution: str


WORDS = {
    "en": Words(
        "Output of {}",
        "Parameters of {}",
        "Open in a cell",
        "Try this.",
        "Data of the chart",
        "Hint {}",
        "Solution",
    ),
    "de": Words(
        "Ausgabe von {}",
        "Parameter von {}",
        "In einer Zelle öffnen",
        "Zum Ausprobieren.",
        "Daten des Diagramms",
        "Hinweis {}",
        "Lösung",
    ),
}
ENGLISH = WORDS["en"]


def language_of(theme: str) -> str:
    """Choose the engine's language for a theme's: English where it has no other."""
    wanted = theme.partition("-")[0].lower()
    return wanted if wanted in WORDS else "en"
