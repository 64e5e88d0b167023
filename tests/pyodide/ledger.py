"""What the ledger finds, as JSON; runs natively and, by `Session.call`, in Pyodide."""

from datetime import date
from typing import Any


def findings() -> dict[str, Any]:
    """Each claim's finding, values as JSON holds them."""
    from trends import claims

    found = {claim.id: claims.check(claim.id) for claim in claims.all_claims()}
    return {
        claim_id: {
            "value": plain(one.value),
            "verdict": one.verdict,
            "as_of": one.as_of,
            "extras": {name: plain(value) for name, value in one.extras.items()},
        }
        for claim_id, one in found.items()
    }


def plain(value: object) -> Any:
    """Give a value as JSON holds it: dates and everything unknown as text."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str | None) else str(value)


def shipped_code() -> dict[str, str]:
    """The check cells as they ship."""
    from trends import data

    table = data.load("claim_checks")
    return dict(zip(table["claim_id"], table["code"], strict=True))
