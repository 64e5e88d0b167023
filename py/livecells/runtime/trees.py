"""The files of the browser's library: sources, the byte code made from them, compiled modules.

A tree is made once for each state of its inputs and kept as a pack on disk: stdlib and packages
are tens of megabytes, and nothing of them is read when nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from livecells.runtime import bytecode, late_imports, packs
from livecells.runtime.core import Core
from livecells.runtime.sources import SourceTree, merge, read_trees
from livecells.runtime.wheels import LONG_TEXTS, Wheel
from livecells.store import Made, Store, Stored, digest, file_sha256

Files = dict[str, bytes]

PACKAGES = "site-packages"
"""Folder of packages, below that of the standard library."""

MODULE = ".so"


@dataclass(frozen=True)
class Tree:
    """Files by path below the library's folder, as they lie in the store.

    Attributes:
        key: Hash over what the tree is made from.
        stored: The pack with all of them.
    """

    key: str
    stored: Stored

    def read(self) -> Files:
        """Read everything."""
        return packs.split(self.stored.path.read_bytes())


def stdlib_tree(core: Core, store: Store) -> Tree:
    """Make the standard library's tree."""
    key = digest(late_imports.TABLE.read_bytes(), file_sha256(core.folder / "python_stdlib.zip"))
    return _tree("stdlib", key, lambda: _late(core.read_stdlib()), core, store)


def wheels_tree(wheels: list[Wheel], core: Core, store: Store) -> Tree:
    """Make the tree of installed wheels, compiled modules among them.

    Raises:
        DuplicateFileError: Two wheels have the same file.
    """
    changes = (late_imports.TABLE.read_bytes(), LONG_TEXTS.pattern)
    key = digest(*changes, *(wheel.sha256 for wheel in wheels))
    return _tree(
        "packages",
        key,
        lambda: below(merge((wheel.path.name, _late(wheel.read())) for wheel in wheels)),
        core,
        store,
    )


def project_tree(sources: tuple[SourceTree, ...], core: Core, store: Store) -> Tree:
    """Make the tree of the site's own packages.

    Raises:
        DuplicateFileError: Two of them ship the same file.
        InputMissingError: A folder is missing or empty.
    """
    files = below(read_trees(sources))
    return _tree("project", digest(packs.join(files)), lambda: files, core, store)


def is_source(path: str) -> bool:
    """Whether Python can do without the file's bytes: its byte code is there."""
    return path.endswith(".py")


def is_module(path: str) -> bool:
    """Whether the file is WebAssembly, which is compiled rather than read."""
    return path.endswith(MODULE)


def _late(files: Mapping[str, bytes]) -> Files:
    return {path: late_imports.changed(path, content) for path, content in files.items()}


def _tree(
    name: str, key: str, read: Callable[[], Mapping[str, bytes]], core: Core, store: Store
) -> Tree:
    def make() -> Made:
        files = read()
        compiled = bytecode.compile_tree(files, core.library, core)
        pack = packs.join({**files, **compiled})
        return Made(pack, len(pack))

    whole = digest(bytecode.recipe(), core.version, core.python, key)
    return Tree(whole, store.keep(f"{name}.tree", whole, make))


def below(files: Files) -> Files:
    """Write paths below site-packages as paths below the library's folder."""
    return {f"{PACKAGES}/{path}": content for path, content in files.items()}
