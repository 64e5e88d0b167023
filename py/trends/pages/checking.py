"""The reader's own check of all claims: its button, its cell, and the receipt to compare with."""

from livecells.author import fence
from livecells.author.page import Page
from livecells.markup import Markup, fill
from trends.pages import cards

CELL = "ledger-recheck"

SOURCE = """\
from trends import claims

shown = display("Nothing is checked yet.", display_id=True)
claims.recheck(report=shown.update, present="2025-07")
"""


CONTROLS = """
<claim-check><div class="check-controls">
<button type="button" data-part="start" class="md-button md-button--primary">Check it yourself
</button>
<button type="button" data-part="stop" class="md-button" hidden>Stop</button>
<button type="button" data-part="take" class="md-button" hidden>Download the receipt</button>
<progress hidden aria-label="Claims checked"></progress>
<label><span>Compare a receipt: choose its file, or drop it here</span>
<input type="file" accept=".json,application/json"></label></div>
<p data-part="said" role="status"></p>
<details><summary>The Python that does it, and what it found when this page was made</summary>{cell}
</details><template>{receipt}</template></claim-check>
"""


def controls(page: Page) -> Markup:
    """Write the controls; without JavaScript only the cell with its receipt is there.

    Raises:
        PageError: The check raised, or the page has its cell already.
    """
    cell = fence.own_cell(page, CELL, SOURCE)
    return fill(CONTROLS, cell=cell, receipt=cards.results()[1].text)
