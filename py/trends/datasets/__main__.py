"""`python -m trends.datasets`: make the files in `data/` from `data/sources/`."""

import os
import sys
from pathlib import Path

from livecells.datasets.errors import CatalogueError, ExtractError
from livecells.datasets.make import make
from trends.claims import JudgeAnewError
from trends.datasets.derived import MAKERS


def main() -> int:
    """Make all datasets and say how many; 1 and the reason when an extract is wrong."""
    folder = Path(os.environ.get("TRENDS_DATA", "data"))
    try:
        specs = make(folder, MAKERS)
    except (CatalogueError, ExtractError, JudgeAnewError) as error:
        sys.stderr.write(f"make data: {error}\n")
        return 1
    size = sum((folder / spec.file).stat().st_size for spec in specs)
    sys.stdout.write(f"{len(specs)} datasets, {size:,} bytes in {folder}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
