"""The ledger of claims: what the article says, what the data shows, and the rule between them.

from trends import claims

claims.get("fastapi-9m").claim
claims.check("fastapi-9m").verdict
claims.check("fastapi-9m", present="2026-03")
"""

from trends.claims.ledger import (
    all_claims,
    chapter_claims,
    chapters,
    check,
    checks_frame,
    frame,
    get,
    source_code,
)
from trends.claims.listing import SHAPES, badge, count_text, listing, recheck
from trends.claims.model import (
    KINDS,
    VERDICTS,
    Claim,
    ClaimFileError,
    ClaimUnknownError,
    Finding,
    JudgeAnewError,
    Kind,
    Value,
    Verdict,
)
from trends.claims.packages import worst_verdicts
from trends.claims.windows import by_window

__all__ = [
    "KINDS",
    "SHAPES",
    "VERDICTS",
    "Claim",
    "ClaimFileError",
    "ClaimUnknownError",
    "Finding",
    "JudgeAnewError",
    "Kind",
    "Value",
    "Verdict",
    "all_claims",
    "badge",
    "by_window",
    "chapter_claims",
    "chapters",
    "check",
    "checks_frame",
    "count_text",
    "frame",
    "get",
    "listing",
    "recheck",
    "source_code",
    "worst_verdicts",
]
