"""What every page says of a claim: claimed, found, why, and how it is checked."""

import pickle
import sys
from functools import cache
from pathlib import Path

import polars as pl

from livecells.author import fence
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.kernel.claims.model import show
from livecells.kernel.claims.receipt import code_sha256
from livecells.markup import Markup, element, join
from livecells.store import Made, Store, digest, file_sha256
from trends import claims, data, wording
from trends.claims.receipt import CODE
from trends.pages import sources

CACHE = Path(__file__).parents[3] / ".cache" / "claims"

WORDLESS_UNITS = frozenset({"count", "date", "month", "rank", "version"})
"""Units that the name of the quantity already says."""


def known(claim_id: str) -> claims.Claim:
    """Return the claim that a page names, or raise BuildError with the nearest ids."""
    try:
        return claims.get(claim_id)
    except claims.ClaimUnknownError as error:
        raise BuildError(str(error)) from error


def of_page(page: Page, claim_id: str) -> claims.Claim:
    """Return a claim of the page's own chapter, or raise BuildError."""
    claim = known(claim_id)
    if page.url != claims.chapter_url(claim.chapter):
        msg = f"claim {claim_id} belongs to chapter {claim.chapter}"
        raise BuildError(msg)
    return claim


def claimed(claim: claims.Claim) -> str:
    """Write the claimed value with its unit."""
    return f"{claim.claimed} {claim.claimed_unit}".strip()


def measured(claim: claims.Claim, finding: claims.Finding) -> str:
    """Write what was measured, its value and unit; nothing where there is no value."""
    if finding.value is None:
        return ""
    unit = "" if claim.unit in WORDLESS_UNITS else f" {claim.unit}"
    return f"{claim.quantity}: {show(finding.value)}{unit}"


def as_of(claim: claims.Claim, finding: claims.Finding) -> str:
    """Write the date the finding speaks of."""
    return finding.as_of or claim.as_of


def evidence(claim: claims.Claim, finding: claims.Finding) -> Markup:
    """Write what was claimed and what was found, in full."""
    rows = [("Claimed", claimed(claim)), ("Found", found(claim, finding))]
    return element("dl", *(join(element("dt", name), element("dd", value)) for name, value in rows))


def found(claim: claims.Claim, finding: claims.Finding) -> str:
    """Return what was found: measured value with unit and date, then the evidence."""
    date = as_of(claim, finding)
    dated = f" ({date})" if date else ""
    if finding.value is None:
        return f"{claim.evidence}{dated}"
    return f"{measured(claim, finding)}{dated}. {claim.evidence}"


def check(page: Page, claim: claims.Claim) -> tuple[Markup, ...]:
    """Write how a claim is checked: rule, sources, and the check as a live cell.

    Raises:
        CellError: The check raised, or the page has it already.
    """
    kind = "recomputed from data" if claim.kind == "computed" else "judged from documents"
    words = element("p", f"Verdict {kind}. Rule: {claim.rule}.")
    own = fence.own_cell(page, f"check-{claim.id}", claims.source_code(claim.id))
    return words, sources.of_claim(page, claim), own


@cache
def _turned() -> pl.DataFrame:
    return claims.turned(data.load("claim_checks"))


def steadiness(claim: claims.Claim) -> str:
    """Say under which of the rules tried the verdict is another one, or that it holds under all."""
    turned = _turned().filter(claim_id=claim.id).group_by("turned", maintain_order=True)
    turns = turned.agg(pl.col("rule").str.join("; ")).iter_rows()
    said = ", ".join(f"to {verdict} ({rules})" for verdict, rules in turns)
    return f"Changes {said}." if said else "Holds under every rule tried."


@cache
def results() -> tuple[dict[str, claims.Finding], claims.Receipt]:
    """Check all claims, or take what the same code has found in the same data before.

    Returns:
        Findings by claim, and the receipt of the recheck.
    """

    def make() -> Made:
        findings = {claim.id: claims.check(claim.id) for claim in claims.all_claims()}
        return Made(pickle.dumps((findings, claims.recheck())), 0)

    folder = data.folder()
    read = [*sorted(folder.rglob("*.parquet")), folder / "datasets.toml"]
    code = code_sha256(CODE)
    key = digest(sys.version, pl.__version__, code, *(file_sha256(path) for path in read))
    kept = Store(CACHE).keep("results", key, make)
    found: tuple[dict[str, claims.Finding], claims.Receipt]
    found = pickle.loads(kept.path.read_bytes())  # noqa: S301  our own, checked by its hash
    return found


def finding(claim_id: str) -> claims.Finding:
    """Return what the check of a claim finds."""
    return results()[0][claim_id]


def cite_claim(claim: claims.Claim, finding: claims.Finding, sentence: str) -> Markup:
    """Write the button that says how to cite a claim, and how to show it elsewhere."""
    verdict = wording.capital(finding.verdict)
    return cite(
        data_id=f"claim-{claim.id}",
        data_title=f"“{claim.claim}” {verdict}.",
        data_sentence=f"“{claim.claim}” {verdict}: {sentence}".removesuffix("."),
        data_quote=claim.claim,
        data_as_of=as_of(claim, finding),
        data_embed=f"claim-{claim.id}",
    )


def cite(**about: str) -> Markup:
    """Write the button that says how to cite what the attributes name (web/share/cite-this.js)."""
    button = element("button", "Cite", type="button", class_="md-button")
    return element("cite-this", button, **about)
