"""Where the parts are that no author makes: the wheel has them, a checkout makes them with npm."""

from pathlib import Path

PACKAGE = Path(__file__).parent
"""The engine's own folder."""

FOLDER = PACKAGE / "parts"
"""Written by `livecells.package` on the way into the wheel; a checkout has none."""


def ready() -> Path | None:
    """Return the folder of the ready-made parts, or None where npm and pip make them."""
    return FOLDER if FOLDER.is_dir() else None
