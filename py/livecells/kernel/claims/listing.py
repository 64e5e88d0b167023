"""Claims as a reader sees them: verdicts with word and shape."""

from collections import Counter

import polars as pl

from livecells.kernel.claims.model import VERDICTS, Verdict
from livecells.markup import Markup, element, join

SHAPES: dict[Verdict, str] = {
    "supported": "✔",
    "partly": "◐",
    "contradicted": "✖",
    "untestable": "○",
}

HEADS = {  # columns of the ledger that a listing shows, and how they are called
    "verdict": "Verdict",
    "claim": "Claim",
    "claimed_value": "Claimed",
    "value": "Found",
    "unit": "Unit",
    "as_of": "As of",
}


def badge(verdict: Verdict) -> Markup:
    """Write a verdict as shape and word."""
    shape = element("span", SHAPES[verdict], aria_hidden="true")
    return element("span", shape, " ", verdict, class_=f"verdict verdict-{verdict}")


class Listing:
    """Rows of the ledger as a table with badges, their number by verdict above it."""

    def __init__(self, chosen: pl.DataFrame) -> None:
        self._rows = chosen.select(*HEADS).rows(named=True)

    def __repr__(self) -> str:
        """One line a claim."""
        lines = [f"{SHAPES[row['verdict']]} {row['verdict']}: {row['claim']}" for row in self._rows]
        return "\n".join([self.summary, *lines])

    def _repr_html_(self) -> str:
        heads = [element("th", name, scope="col") for name in HEADS.values()]
        rows = [element("tr", *(_cell(*item) for item in row.items())) for row in self._rows]
        return element(
            "table",
            element("caption", self.summary),
            element("thead", element("tr", *heads)),
            element("tbody", *rows),
            class_="frame",
        )

    @property
    def summary(self) -> str:
        """How many there are, and how many of each verdict."""
        found = Counter(row["verdict"] for row in self._rows)
        return count_text(found)


listing = Listing


def count_text(found: Counter[Verdict]) -> str:
    """`84 claims: 35 supported, 29 partly, ...`; verdicts that nothing has are left out."""
    total = found.total()
    parts = [f"{found[verdict]} {verdict}" for verdict in VERDICTS if found[verdict]]
    head = f"{total} {'claim' if total == 1 else 'claims'}"
    return f"{head}: {', '.join(parts)}" if parts else head


def _cell(name: str, value: str) -> Markup:
    if name == "verdict":
        return element("td", badge(value))  # type: ignore[arg-type]
    return element("td", join(value))
