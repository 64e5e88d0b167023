"""What a site's prose and charts say, under lock: no figure changes unread."""

import json
from collections.abc import Sequence
from pathlib import Path

from livecells.errors import BuildError, PageError

Values = Sequence[tuple[str, int, str, str]]
"""File, line, expression, and what it gives."""

ACCEPT = "LIVECELLS_ACCEPT"
"""Environment variable: with any value, the build writes the lock instead of comparing."""


def differences(lock: Path, values: Values) -> list[BuildError]:
    """Compare the values of a build with those that the author has accepted.

    Args:
        lock: JSON file: by page, by expression, what it gave.
        values: Of this build.

    Returns:
        An error for each value that is new, changed or gone.
    """
    accepted = json.loads(lock.read_text(encoding="utf-8")) if lock.is_file() else {}
    errors: list[BuildError] = []
    for (page, line, expression, text), key in zip(values, _keys(values), strict=True):
        before = accepted.get(page, {}).pop(key, None)
        if before != text:
            change = f"gives {text!r}" + (f", not {before!r}" if before is not None else "")
            errors.append(PageError(page, line, f"{expression} {change}"))
    for page, rest in accepted.items():
        errors += [PageError(page, 0, f"{key} is gone") for key in rest]
    if errors:
        errors.append(BuildError(f"Read these sentences again, then build with {ACCEPT}=1."))
    return errors


def write(lock: Path, values: Values) -> None:
    """Accept the values of a build."""
    accepted: dict[str, dict[str, str]] = {}
    for (page, _, _, text), key in zip(values, _keys(values), strict=True):
        accepted.setdefault(page, {})[key] = text
    content = json.dumps(accepted, ensure_ascii=False, indent=1, sort_keys=False)
    lock.write_text(content + "\n", encoding="utf-8")


def _keys(values: Values) -> list[str]:
    """Name each value on its page: by its expression, and a number where that comes again."""
    seen: dict[tuple[str, str], int] = {}
    keys = []
    for page, _, expression, _ in values:
        count = seen[page, expression] = seen.get((page, expression), 0) + 1
        keys.append(expression if count == 1 else f"{expression} #{count}")
    return keys
