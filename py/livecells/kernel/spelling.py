"""Names that are spelled nearly like another; `difflib` is imported when one is asked for."""

from __future__ import annotations

from collections.abc import Iterable


def near(word: str, known: Iterable[str], *, most: int = 3, least: float = 0.6) -> list[str]:
    """Return the known names that are most like a word, the most like first.

    Args:
        word: What was written.
        known: The names that there are.
        most: How many to return at most.
        least: How like a name must be, from 0 to 1 (equal).
    """
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=most, cutoff=least)
