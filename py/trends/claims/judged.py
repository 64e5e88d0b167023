"""The verdicts of the judged claims, which rest on a text and not on a value."""

from trends.claims import texts
from trends.claims.model import Verdict


def judged(claim_id: str) -> Verdict:
    """The verdict written beside a judged claim's source and reason.

    Raises:
        LookupError: The claim is not judged: its verdict follows from a value.
    """
    verdict = texts.read()[claim_id].get("verdict")
    if verdict is None:
        msg = f"claim {claim_id!r} is computed, its verdict is not written anywhere"
        raise LookupError(msg)
    return verdict  # type: ignore[no-any-return]
