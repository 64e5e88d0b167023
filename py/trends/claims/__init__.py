"""The ledger of claims: what the article says, what the data shows, and the rule between them.

from trends import claims

claims.get("fastapi-9m").claim
claims.check("fastapi-9m").verdict
claims.check("fastapi-9m", present="2026-03")
"""

from livecells.kernel.claims.listing import SHAPES as SHAPES
from livecells.kernel.claims.listing import badge as badge
from livecells.kernel.claims.listing import count_text as count_text
from livecells.kernel.claims.listing import listing as listing
from livecells.kernel.claims.model import KINDS as KINDS
from livecells.kernel.claims.model import VERDICTS as VERDICTS
from livecells.kernel.claims.model import Claim as Claim
from livecells.kernel.claims.model import ClaimFileError as ClaimFileError
from livecells.kernel.claims.model import ClaimUnknownError as ClaimUnknownError
from livecells.kernel.claims.model import Finding as Finding
from livecells.kernel.claims.model import JudgeAnewError as JudgeAnewError
from livecells.kernel.claims.model import Verdict as Verdict
from livecells.kernel.claims.receipt import Receipt as Receipt
from trends.claims.ledger import all_claims as all_claims
from trends.claims.ledger import chapter_claims as chapter_claims
from trends.claims.ledger import chapter_url as chapter_url
from trends.claims.ledger import chapters as chapters
from trends.claims.ledger import check as check
from trends.claims.ledger import checks_frame as checks_frame
from trends.claims.ledger import frame as frame
from trends.claims.ledger import get as get
from trends.claims.ledger import page_claims as page_claims
from trends.claims.ledger import source_code as source_code
from trends.claims.receipt import recheck as recheck
from trends.claims.rules import Rule as Rule
from trends.claims.tried import rules_tried as rules_tried
from trends.claims.tried import turned as turned
