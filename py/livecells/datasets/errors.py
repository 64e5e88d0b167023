"""What can be wrong with an extract."""

from pathlib import Path


class ExtractError(ValueError):
    """An extract cannot become a dataset.

    Args:
        file: The extract.
        reason: What is wrong, with the value that is wrong.
        row: Line of the file, the header being line 1; None if the whole file is meant.
    """

    def __init__(self, file: Path, reason: str, *, row: int | None = None) -> None:
        where = f"{file.name}, row {row}" if row is not None else file.name
        super().__init__(f"{where}: {reason}")
        self.row = row


class CatalogueError(ValueError):
    """The hand-written catalogue contradicts itself."""
