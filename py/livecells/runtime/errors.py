"""What can go wrong while the runtime is assembled, one exception per cause, with a remedy each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livecells.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class BundleError(BuildError):
    """The runtime bundle cannot be assembled."""


class InputMissingError(BundleError):
    """A file or folder that the bundle is made of is not there."""

    def __init__(self, path: Path, remedy: str) -> None:
        super().__init__(f"{path} is missing: {remedy}")


class PyodideVersionError(BundleError):
    """The installed Pyodide is not the one that package.json pins."""

    def __init__(self, found: str, pinned: str) -> None:
        super().__init__(
            f"node_modules has pyodide {found}, package.json pins {pinned}: run npm ci"
        )


class FileHashError(BundleError):
    """A file's bytes are not the recorded ones."""

    def __init__(self, path: Path, found: str, expected: Sequence[str]) -> None:
        wanted = " or ".join(expected)
        super().__init__(
            f"{path} was altered or cut short: sha256 is {found}, recorded is {wanted}; "
            "delete it and take it again from its source"
        )


class UnlistedWheelError(BundleError):
    """A committed wheel has no entry in wheels.toml."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is not listed in {path.parent / 'wheels.toml'}: add or delete it"
        )


class CoreSplitError(BundleError):
    """The parts of Pyodide's core are of another Pyodide."""

    def __init__(self, table: Path, core: Path) -> None:
        super().__init__(
            f"the parts in {table} are not those of {core}: "
            "split it again with split.py, or delete the table [core]"
        )


class WheelTagError(BundleError):
    """A wheel is neither pure Python nor built for this Pyodide."""

    def __init__(self, path: Path, abi: str) -> None:
        super().__init__(
            f"{path.name} is neither pure Python nor built for Pyodide's ABI {abi}: "
            "rebuild the wheel or pin the Pyodide that it was built for"
        )


class RequirementError(BundleError):
    """The requirements file has a line that the build cannot use."""

    def __init__(self, path: Path, line: str) -> None:
        super().__init__(f"{path}: {line!r} is not NAME==VERSION with at least one --hash=sha256:…")


class DuplicateFileError(BundleError):
    """Two parts of the bundle claim the same place."""

    def __init__(self, place: str, first: str, second: str) -> None:
        super().__init__(f"{place} comes from {first} and from {second}: exclude it in one of them")


class FileTooLargeError(BundleError):
    """A file is larger than static hosts take."""

    def __init__(self, path: str, size: int, limit: int) -> None:
        super().__init__(
            f"{path} has {size} bytes, the limit is {limit}: split it or raise the limit"
        )


class ToolError(BundleError):
    """A program that the build needs is missing or failed."""

    def __init__(self, command: Sequence[str], detail: str) -> None:
        super().__init__(f"{' '.join(command)} failed:\n{detail.strip()}")
