"""The editorial text of the claims: one TOML file for each part of the article."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from trends.claims.model import ClaimFileError

PARTS = ("introduction", "frameworks", "libraries", "tooling", "outlook", "recommendations")


@dataclass(frozen=True)
class Words:
    """The words of one claim.

    Attributes:
        part: Name of their file.
        line: Of their heading, from 1.
        fields: As they stand there.
    """

    part: str
    line: int
    fields: dict[str, Any]

    def mistake(self, what: str) -> ClaimFileError:
        """Make an error that names their file and line."""
        return ClaimFileError(f"texts/{self.part}.toml", self.line, what)


@cache
def read() -> dict[str, Words]:
    """All claims' words by id, in the order of the article.

    Raises:
        ClaimFileError: A file is not valid TOML, or two claims have the same id.
    """
    folder = resources.files(__name__)
    found: dict[str, Words] = {}
    for part in PARTS:
        for claim_id, words in parse(part, (folder / f"{part}.toml").read_text("utf-8")).items():
            if claim_id in found:
                what = f"{claim_id!r} has words in {found[claim_id].part}.toml too"
                raise words.mistake(what)
            found[claim_id] = words
    return found


def parse(part: str, text: str) -> dict[str, Words]:
    """Read the words of one part by the ids of their claims.

    Raises:
        ClaimFileError: The text is not valid TOML.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Words(part, 0, {}).mistake(f"not valid TOML: {error}") from None
    lines = text.splitlines()
    return {
        name: Words(part, lines.index(f"[{name}]") + 1, entry) for name, entry in entries.items()
    }
