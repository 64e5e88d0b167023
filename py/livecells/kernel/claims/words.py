"""The editorial text of the claims: one TOML file for each part of the text that makes them."""

import tomllib
from dataclasses import dataclass
from typing import Any

from livecells.kernel.claims.model import ClaimFileError


@dataclass(frozen=True)
class Words:
    """The words of one claim.

    Attributes:
        file: Where they stand.
        line: Of their heading, from 1.
        fields: As they stand there.
    """

    file: str
    line: int
    fields: dict[str, Any]

    def mistake(self, what: str) -> ClaimFileError:
        """Make an error that names their file and line."""
        return ClaimFileError(self.file, self.line, what)


def parse(file: str, text: str) -> dict[str, Words]:
    """Read the words of one file by the ids of their claims.

    Raises:
        ClaimFileError: The text is not valid TOML.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Words(file, 0, {}).mistake(f"not valid TOML: {error}") from None
    lines = text.splitlines()
    return {
        name: Words(file, lines.index(f"[{name}]") + 1, entry) for name, entry in entries.items()
    }
