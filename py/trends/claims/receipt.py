"""All computed claims checked again in one Python."""

from collections.abc import Callable
from functools import partial

from livecells.kernel.claims import receipt
from livecells.kernel.claims.receipt import Receipt, Result
from trends import data
from trends.claims.ledger import all_claims, check
from trends.frames import PRESENT

CODE = {
    "livecells": (
        "kernel/claims",
        "kernel/files/described.py",
        "kernel/files/tables.py",
        "kernel/records.py",
        "kernel/spelling.py",
    ),
    "trends": ("claims", "frames", "data.py", "names.py"),
}
"""What a verdict depends on: all that `trends.claims` imports, but what only writes HTML."""


def recheck(*, present: str = PRESENT, report: Callable[[Result], object] | None = None) -> Receipt:
    """Run the check of every computed claim again and compare it with the ledger that ships.

    Args:
        present: The month that counts as the article's present.
        report: Called with each result.
    """
    return receipt.recheck(
        [claim for claim in all_claims() if claim.kind == "computed"],
        partial(check, present=present),
        data.files,
        receipt.code_sha256(CODE),
        present=present,
        report=report,
    )
