"""The story's own fence: ```` ```claims ```` with one claim id a line becomes claim cards."""

from typing import Any

from livecells.build import fence
from livecells.build.errors import BuildError
from livecells.markup import Markup, element, join
from trends import claims
from trends.claims.model import show
from trends.pages.verdicts import badge


def format_claims(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the cards of the claims named, in the order of the lines.

    Raises:
        SuperFencesException: A claim is unknown or another chapter's, or its check raised.
    """
    return fence.guarded(lambda: join(*(_card(line.strip()) for line in source.split())))


def _card(claim_id: str) -> Markup:
    try:
        claim = claims.get(claim_id)
    except claims.ClaimUnknownError as error:
        raise BuildError(str(error)) from error
    page = fence.current_page()
    if claim.chapter not in (page.url.strip("/"), page.url.removesuffix("/")):
        msg = f"{page.source.name}: claim {claim_id} belongs to chapter {claim.chapter}"
        raise BuildError(msg)
    finding = claims.check(claim_id)
    rows = [
        ("Claimed", f"{claim.claimed} {claim.claimed_unit}".strip()),
        ("Found", _found(claim, finding)),
        ("Why", claim.reason),
    ]
    return element(
        "section",
        element("p", badge(finding.verdict), " ", claim.claim, class_="claim-head"),
        element("dl", *(join(element("dt", name), element("dd", value)) for name, value in rows)),
        element("details", element("summary", "How it is checked"), *_check(claim)),
        class_="claim",
        id=f"claim-{claim_id}",
        data_verdict=finding.verdict,
        aria_label=f"Claim: {claim.claim}",
    )


def _found(claim: claims.Claim, finding: claims.Finding) -> str:
    """Say what was found: the measured value with its unit and date, then the evidence in words."""
    as_of = f" ({finding.as_of or claim.as_of})" if finding.as_of or claim.as_of else ""
    if finding.value is None:
        return f"{claim.evidence}{as_of}"
    return f"{claim.quantity}: {show(finding.value)} {claim.unit}{as_of}. {claim.evidence}"


def _check(claim: claims.Claim) -> tuple[Markup, ...]:
    kind = "recomputed from data" if claim.kind == "computed" else "judged from a text"
    words = element("p", f"Verdict {kind}. Rule: {claim.rule}.")
    sources = [element("p", "Sources: ", "; ".join(claim.sources))] if claim.sources else []
    return words, *sources, fence.own_cell(f"check-{claim.id}", claims.source_code(claim.id))
