"""The article's claims, in the order of its parts, and their checks for a present and a rule."""

from collections.abc import Iterable

import polars as pl

from livecells.kernel.claims.cells import Scan
from livecells.kernel.claims.ledger import CHECK_COLUMNS, CLAIM_COLUMNS, Ledger
from livecells.kernel.claims.model import Claim, Finding
from trends import data
from trends.claims.rules import USUAL, Rule
from trends.frames import PRESENT

PARTS = ("introduction", "frameworks", "libraries", "tooling", "outlook", "recommendations")

OPENED = ("frameworks", "libraries", "tooling")
"""Parts whose own page makes no claim and stands before their chapters."""

LAST = ("about",)
"""Chapters without claims that follow all others."""

GIVEN = {
    "present": f'"{PRESENT}"',
    "rule": 'rules.Rule()  # or rules.Rule(band=0.1, needed=5, baseline="listed")',
    "claim": 'claims.get("{claim_id}")',
}
"""What cells get for their present, their rule and their claim, as one that runs alone says it."""

LEDGER = Ledger("trends.claims", PARTS, data.files.scan, GIVEN)
get = LEDGER.get


def all_claims() -> tuple[Claim, ...]:
    """All claims, in the order of the article's parts; raises `ClaimFileError`."""
    return LEDGER.claims


def chapter_claims(chapter: str) -> tuple[Claim, ...]:
    """The claims that stand in a chapter, such as `frameworks/modern-web`."""
    return tuple(claim for claim in all_claims() if claim.chapter == chapter)


def chapter_url(chapter: str) -> str:
    """Return the address of a chapter's page: `part/index` stands at `part/`."""
    return f"{chapter.removesuffix('index').rstrip('/')}/"


def page_claims(url: str) -> tuple[Claim, ...]:
    """The claims of the chapter whose page has that address."""
    return tuple(claim for claim in all_claims() if chapter_url(claim.chapter) == url)


def chapters() -> tuple[str, ...]:
    """Return the chapters in the order of the article."""
    found: list[str] = []
    for claim in all_claims():
        part = claim.chapter.partition("/")[0]
        if part in OPENED:
            found.append(f"{part}/index")
        found.append(claim.chapter)
    return tuple(dict.fromkeys([*found, *LAST]))


def check(
    claim_id: str, *, present: str = PRESENT, rule: Rule = USUAL, scan: Scan = data.files.scan
) -> Finding:
    """Measure a claim and derive its verdict.

    Args:
        claim_id: As in `texts/`.
        present: The month that counts as the article's present, for the checks that have one.
        rule: How growth is judged, for the checks that judge growth.
        scan: Opens a dataset by name; for tests and for data that is being made.

    Raises:
        ClaimUnknownError: No claim has that id.
        JudgeAnewError: The data holds what the claim's rule does not foresee.
    """
    moved = present if present != PRESENT and uses(claim_id, "present") else ""
    return LEDGER.check(claim_id, scan=scan, as_of=moved, present=present, rule=rule)


def uses(claim_id: str, *names: str) -> bool:
    """Whether the check of a claim depends on one of these names."""
    cell = LEDGER.cells.get(claim_id)
    return cell is not None and not cell.names.isdisjoint(names)


def source_code(claim_id: str) -> str:
    """The check of a claim as a cell that runs alone: Python that ends in its `Finding`.

    A judged claim without a value has one that shows what its verdict rests on.
    """
    shown = f'from trends import claims\n\nclaims.get("{claim_id}")\n'
    return LEDGER.source_code(claim_id) or shown


def frame(
    claims: Iterable[Claim] | None = None, *, present: str = PRESENT, scan: Scan = data.files.scan
) -> pl.DataFrame:
    """Claims with what their checks find, one row each; the catalogue explains the columns."""
    chosen = all_claims() if claims is None else claims
    found = {claim.id: check(claim.id, present=present, scan=scan) for claim in chosen}
    return LEDGER.frame(CLAIM_COLUMNS, found)


def checks_frame(*, present: str = PRESENT, scan: Scan = data.files.scan) -> pl.DataFrame:
    """How each claim is checked, and what the check finds, one row each."""
    found = {claim.id: check(claim.id, present=present, scan=scan) for claim in all_claims()}
    codes = [source_code(claim_id) for claim_id in found]
    return LEDGER.frame(CHECK_COLUMNS, found).with_columns(code=pl.Series(codes))
