"""What stops a build. Each error says where, and what to do."""

from collections.abc import Sequence


class BuildError(Exception):
    """An author's mistake, or a missing part of the set-up."""


class PageError(BuildError):
    """A mistake on a page.

    Attributes:
        page: Source file of the page, as the author knows it.
        line: Line in that file, from 1; 0 when unknown.
    """

    def __init__(self, page: str, line: int, message: str) -> None:
        super().__init__(f"{page}:{line}: {message}")
        self.page = page
        self.line = line


def report(errors: Sequence[BuildError]) -> BuildError:
    """Make one error of all mistakes of a build, in the order in which they were found."""
    messages = list(dict.fromkeys(str(error) for error in errors))
    head = f"{len(messages)} mistakes:\n\n" if len(messages) > 1 else ""
    return BuildError(head + "\n".join(messages))
