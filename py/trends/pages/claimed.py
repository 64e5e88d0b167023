"""What became of a claim in one sentence, and a line from the claimed figure to the found one."""

import re
from dataclasses import dataclass

from livecells.kernel.claims.model import show
from livecells.markup import Markup, element
from trends import claims, wording
from trends.pages.cards import WORDLESS_UNITS, as_of

FIGURE = re.compile(r"[\d.]+(-[\d.]+)?")
"""A claimed number, or a range."""

NAMELESS = frozenset({"downloads", "share", "change"})
"""Quantities that the claimed unit already says."""

WIDTH, HEIGHT, MIDDLE, INSET = 300, 44, 22, 8
"""Pixels of the small line: its picture, where it lies, and what stays free at both ends."""


@dataclass(frozen=True)
class Pair:
    """A claimed figure, or the ends of a range (`low`, `high`), and the found one, in one unit."""

    low: float
    high: float
    found: float
    unit: str


def pair(claim: claims.Claim, finding: claims.Finding) -> Pair | None:
    """Return the two figures where both are numbers of one unit."""
    is_figure = FIGURE.fullmatch(claim.claimed) and isinstance(finding.value, int | float)
    if not is_figure or claim.unit in WORDLESS_UNITS:
        return None
    unit = re.sub(r" an? (month|year)$", "", claim.unit)
    if not claim.claimed_unit.startswith(unit):
        return None
    low, _, high = claim.claimed.partition("-")
    return Pair(float(low), float(high or low), float(finding.value), unit)  # type: ignore[arg-type]


def sentence(claim: claims.Claim, finding: claims.Finding) -> str:
    """Write why the verdict is what it is; first both figures, where there are two to compare."""
    figures = pair(claim, finding)
    if figures is None:
        return claim.reason
    found = f"{show(finding.value)} {figures.unit}"
    quantity = "" if claim.quantity in NAMELESS else f" ({claim.quantity})"
    dated = "" if re.search(r"\d", claim.quantity) else f" in {_date(as_of(claim, finding))}"
    claimed = f"Claimed {claim.claimed.replace('-', ' to ')} {claim.claimed_unit}"
    return f"{claimed}; found {found}{quantity}{dated}: {finding.verdict}. {claim.reason}"


def _date(known: str) -> str:
    """Write a date as far as it is known: a month, or a year alone."""
    return wording.month_name(known[:7]) if "-" in known else known


def line(claim: claims.Claim, finding: claims.Finding) -> Markup | str:
    """Draw both figures on an axis from zero; nothing where they are not numbers of one unit.

    The sentence beside it says the same, so it is hidden from screen readers.
    """
    figures = pair(claim, finding)
    if figures is None:
        return ""
    scale = (WIDTH - 2 * INSET) / max(figures.high, figures.found)
    low, high, found = (INSET + scale * v for v in (figures.low, figures.high, figures.found))
    middle = (low + high) / 2
    return element(
        "svg",
        _rule(INSET, WIDTH - INSET, "claim-axis"),
        _rule(min(middle, found), max(middle, found), "claim-way"),
        _rule(low - 4, high + 4, "claim-claimed"),
        element("circle", cx=f"{found:.0f}", cy=MIDDLE, r=5, class_="claim-found"),
        _label(middle, MIDDLE - 9, f"claimed {claim.claimed}"),
        _label(found, MIDDLE + 18, f"found {show(finding.value)}"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="claim-line",
        aria_hidden="true",
    )


def _rule(start: float, end: float, name: str) -> Markup:
    at = {"x1": f"{start:.0f}", "x2": f"{end:.0f}"}
    return element("line", y1=MIDDLE, y2=MIDDLE, class_=name, **at)


def _label(x: float, y: float, words: str) -> Markup:
    third = WIDTH / 3
    anchor = "start" if x < third else "middle" if x < 2 * third else "end"
    shift = {"start": -INSET / 2, "middle": 0, "end": INSET / 2}[anchor]
    return element("text", words, x=f"{x + shift:.0f}", y=f"{y:.0f}", text_anchor=anchor)
