"""Where the parts are that no author makes: the wheel has them, a checkout makes them with npm."""

import hashlib
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
"""The engine's own folder."""

FOLDER = PACKAGE / "parts"
"""Written by `livecells.package` on the way into the wheel; a checkout has none."""


@cache
def recipe() -> str:
    """Hash the Python that makes everything: this engine's, and what runs it."""
    files = (path.read_bytes() for path in sorted(PACKAGE.rglob("*.py")))
    return hashlib.sha256(b"".join([sys.version.encode(), *files])).hexdigest()


def ready() -> Path | None:
    """Return the folder of the ready-made parts, or None where npm and pip make them."""
    return FOLDER if FOLDER.is_dir() else None
