"""Our own packages for the browser: as sources, so that tracebacks and inspect can show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from livecells.parts import PACKAGE
from livecells.runtime.errors import DuplicateFileError, InputMissingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from livecells.settings import Settings

ENGINE_IN_BROWSER = ("__init__.py", "markup.py", "kernel/**/*.py")
PACKAGE_FILES = ("**/*.py", "**/*.toml")
"""What ships of a site's own packages: modules, and the texts that they read beside them."""


@dataclass(frozen=True)
class SourceTree:
    """A folder of Python that ships.

    Attributes:
        folder: The package's folder.
        package: Its dotted import name.
        include: Globs below `folder`.
        exclude: Globs below `folder` of files, or of whole folders, that stay behind.
    """

    folder: Path
    package: str
    include: tuple[str, ...] = ("**/*.py",)
    exclude: tuple[str, ...] = ()

    def read(self) -> dict[str, bytes]:
        """Read the files by path below site-packages.

        Raises:
            InputMissingError: The folder is missing or no file in it is chosen.
        """
        left_out = set(self._match(self.exclude))
        chosen = {
            path
            for path in self._match(self.include)
            if path.is_file()
            and "__pycache__" not in path.parts
            and left_out.isdisjoint([path, *path.parents])
        }
        if not chosen:
            raise InputMissingError(self.folder, f"no file of package {self.package} is chosen")
        prefix = self.package.replace(".", "/")
        return {
            f"{prefix}/{path.relative_to(self.folder).as_posix()}": path.read_bytes()
            for path in sorted(chosen)
        }

    def _match(self, globs: Iterable[str]) -> Iterator[Path]:
        for pattern in globs:
            yield from self.folder.glob(pattern)


def own_sources(settings: Settings) -> tuple[SourceTree, ...]:
    """Return what ships of the engine and of the site's own packages."""
    return (SourceTree(PACKAGE, "livecells", ENGINE_IN_BROWSER), *site_sources(settings))


def site_sources(settings: Settings) -> tuple[SourceTree, ...]:
    """Return what ships of the site's own packages."""
    return tuple(
        SourceTree(settings.root / folder, Path(folder).name, PACKAGE_FILES, settings.exclude)
        for folder in settings.packages
    )


def read_trees(trees: Iterable[SourceTree]) -> dict[str, bytes]:
    """Read several trees by path below site-packages.

    Raises:
        DuplicateFileError: Two trees ship the same file.
        InputMissingError: A folder is missing or empty.
    """
    return merge((f"package {tree.package}", tree.read()) for tree in trees)


def merge(parts: Iterable[tuple[str, dict[str, bytes]]]) -> dict[str, bytes]:
    """Merge files by path from named parts.

    Raises:
        DuplicateFileError: Two parts have the same path.
    """
    files: dict[str, bytes] = {}
    origin: dict[str, str] = {}
    for name, part in parts:
        for path, content in part.items():
            if path in files:
                raise DuplicateFileError(path, origin[path], name)
            files[path], origin[path] = content, name
    return files
