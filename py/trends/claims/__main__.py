"""`python -m trends.claims`: check all computed claims; with `--receipt`, print the receipt."""

import argparse
import sys
from datetime import UTC, datetime

from trends.claims.receipt import recheck


def main() -> int:
    """Check the claims.

    Returns:
        1 where one does not agree with the ledger.
    """
    parser = argparse.ArgumentParser(prog="python -m trends.claims", description=__doc__)
    parser.add_argument("--receipt", action="store_true", help="print the receipt as JSON")
    as_receipt = parser.parse_args().receipt
    receipt = recheck()
    made = {"on": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    sys.stdout.write(receipt.file(made) if as_receipt else f"{receipt!r}\n")
    return int(bool(receipt.differing))


if __name__ == "__main__":
    sys.exit(main())
