"""`python -m trends.datasets.refresh`: fetch the extracts again and report what changed."""

import sys
from datetime import UTC, datetime

from livecells.datasets.refresh import web
from trends import data
from trends.datasets.refresh import run


def main() -> int:
    """Refresh the data folder and print the report."""
    today = datetime.now(UTC).date()
    report = run.refresh(data.folder(), run.sources(data.folder()), web.get, today=today)
    sys.stdout.write(report.text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
