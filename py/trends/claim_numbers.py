"""Single values on the ledger of claims, for prose."""

from trends import claims


def claim_count(verdict: str = "", *, chapter: str = "", kind: str = "") -> int:
    """How many claims there are, of all or of some.

    Args:
        verdict: Only those with this verdict.
        chapter: Only those of a chapter, such as `outlook/forecasts`, or of a part.
        kind: Only those that are `computed` or `judged`.
    """
    chosen = [
        claim
        for claim in claims.all_claims()
        if claim.chapter.startswith(chapter)
        and kind in ("", claim.kind)
        and verdict in ("", claims.check(claim.id).verdict)
    ]
    return len(chosen)


def section_count() -> int:
    """How many sections of the article make a claim."""
    return len({claim.section for claim in claims.all_claims()})
