"""What a release is called, what it changed, and the id of its build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from livecells.errors import BuildError
from livecells.runtime.errors import InputMissingError
from livecells.store import digest, file_sha256

if TYPE_CHECKING:
    from pathlib import Path

BUILD_TOKEN = "livecells-build-id"  # noqa: S105  no secret
"""Stands in pages until all of the site is there, from which the id is made."""

_HEADING = re.compile(r"## \[?(?P<version>[^]\s,]+)\]?[\s,(-]+(?P<date>\d{4}-\d\d-\d\d)\)?\s*")
_NOTE = re.compile(r"[-*] (?P<text>.+)")

NOT_CONTENT = ("sw.js", "sitemap.xml", "sitemap.xml.gz")
"""What is written after the id is known, and what only tells search engines a date."""


class Change(TypedDict):
    """What one version changed; `date` is ISO, `notes` are lines of plain text."""

    version: str
    date: str
    notes: list[str]


@dataclass(frozen=True)
class Release:
    """A release of a site.

    Attributes:
        changes: Newest first; may be empty.
        build: Hash over everything that the site serves; equal sites have equal ids.
    """

    changes: tuple[Change, ...] = ()
    build: str = BUILD_TOKEN

    @property
    def version(self) -> str:
        """The newest version, or nothing where there is no changelog."""
        return self.changes[0]["version"] if self.changes else ""


def read_changes(changelog: Path) -> tuple[Change, ...]:
    """Read a changelog: `## 1.2.0, 2026-11-25`, and below it lines that begin with a hyphen.

    Raises:
        InputMissingError: There is no such file.
        BuildError: It names no version, or one without a note.
    """
    if not changelog.is_file():
        raise InputMissingError(changelog, "it says what each version changed")
    changes: list[Change] = []
    for line in changelog.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            changes.append(Change(version=heading["version"], date=heading["date"], notes=[]))
        elif line.startswith("## "):
            msg = f"{changelog.name}: {line!r} is not '## VERSION, YYYY-MM-DD'"
            raise BuildError(msg)
        elif changes:
            _take(line, changes[-1]["notes"])
    if not changes or not all(change["notes"] for change in changes):
        msg = f"{changelog.name}: every version needs a line '- what it changed'"
        raise BuildError(msg)
    return tuple(changes)


def _take(line: str, notes: list[str]) -> None:
    """Add a line to the notes; an indented one continues the note before it."""
    if note := _NOTE.fullmatch(line):
        notes.append(note["text"].strip())
    elif line.startswith("  ") and notes:
        notes[-1] += f" {line.strip()}"


def build_id(site: Path) -> str:
    """Hash all files of a site whose pages still have the token."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    names = [(path.relative_to(site).as_posix(), path) for path in files]
    content = [(name, file_sha256(path)) for name, path in names if name not in NOT_CONTENT]
    return digest(*(part for pair in content for part in pair))[:12]


def stamp(site: Path, values: dict[str, str]) -> None:
    """Replace tokens by values, in every page of a site."""
    for page in site.rglob("*.html"):
        before = page.read_bytes()
        after = before
        for token, value in values.items():
            after = after.replace(token.encode(), value.encode())
        if after != before:
            page.unlink()  # it may be a link to a file that is kept
            page.write_bytes(after)
