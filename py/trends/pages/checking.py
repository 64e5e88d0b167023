"""The reader's own check of all claims: its button, its cell, and the receipt to compare with."""

from functools import cache

from livecells.author import fence
from livecells.author.page import Page
from livecells.markup import Markup, element
from trends import claims

CELL = "ledger-recheck"

SOURCE = """\
from trends import claims

shown = display("Nothing is checked yet.", display_id=True)
claims.recheck(report=shown.update, present="2025-07")
"""


def controls(page: Page) -> Markup:
    """Write the controls; without JavaScript only the cell with its receipt is there.

    Raises:
        PageError: The check raised, or the page has its cell already.
    """
    live = element(
        "div",
        _button("Check it yourself", "start", class_="md-button md-button--primary"),
        _button("Stop", "stop", class_="md-button", hidden=True),
        _button("Download the receipt", "take", class_="md-button", hidden=True),
        element("progress", hidden=True, aria_label="Claims checked"),
        element(
            "label",
            element("span", "Compare a receipt: choose its file, or drop it here"),
            element("input", type="file", accept=".json,application/json"),
        ),
        class_="check-controls",
    )
    cell = element(
        "details",
        element("summary", "The Python that does it, and what it found when this page was made"),
        fence.own_cell(page, CELL, SOURCE),
    )
    ours = element("template", receipt().text)
    return element("claim-check", live, element("p", data_part="said", role="status"), cell, ours)


@cache
def receipt() -> claims.Receipt:
    """Check all claims, once for the page and for its file."""
    return claims.recheck()


def _button(label: str, part: str, **attributes: str | bool) -> Markup:
    return element("button", label, type="button", data_part=part, **attributes)
