"""`python -m trends.datasets.refresh`: fetch the extracts again and report what changed."""

import sys
from datetime import UTC, datetime

from trends import data
from trends.datasets.refresh import run, source, web


def main() -> int:
    """Refresh the data folder and print the report."""
    today = datetime.now(UTC).date()
    report = run.refresh(data.folder(), source.known(data.folder()), web.get, today=today)
    sys.stdout.write(report.text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
