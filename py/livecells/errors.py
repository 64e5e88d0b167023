"""What stops a build. Each error says where, and what to do."""


class BuildError(Exception):
    """An author's mistake, or a missing part of the set-up."""


class CellError(BuildError):
    """A cell that cannot be built.

    Attributes:
        page: Source file of the page, as the author knows it.
        line: Line in that file, from 1; 0 when unknown.
    """

    def __init__(self, page: str, line: int, message: str) -> None:
        super().__init__(f"{page}:{line}: {message}")
        self.page = page
        self.line = line
