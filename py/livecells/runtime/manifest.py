"""The manifest: each file of the runtime with address, hash and sizes; the page reads it."""

from __future__ import annotations

from typing import Final, Literal, NotRequired, TypedDict

SCHEMA: Final = 1
Kind = Literal["core", "pack", "module", "rest", "data", "tool"]
Stage = Literal["boot", "later", "asked"]


class PackageEntry(TypedDict):
    """A Python package that can be imported in the page."""

    name: str
    version: str
    licence: str


class Blocks(TypedDict):
    """By which parts of a large file are checked, so that it need not be fetched whole.

    `size` of a block in bytes; `sha256` has the first 32 hexadecimal digits of each block's hash.
    """

    size: int
    sha256: list[str]


class FileEntry(TypedDict):
    """A file of the runtime.

    `path` is relative to the site's root. `target` is the place in Pyodide's file system: of the
    file itself, or of the folder that a pack unpacks into; empty for the core. A `rest` is the
    part that comes later of the module, or of the core, whose name it begins with. A `tool` is
    WebAssembly for the page's editor, beside Python. `stage` says when it is fetched: for the
    start, ahead on a later visit, or only when Python or the reader asks for it. `bytes` and
    `sha256` describe the file as stored; `wire` is what travels, which is less than `bytes` only
    where hosts compress; `unpacked` is the size in memory. All sizes in bytes. `blocks` is there
    for data files of which parts are worth a request.
    """

    path: str
    kind: Kind
    stage: Stage
    name: str
    target: str
    sha256: str
    bytes: int
    wire: int
    unpacked: int
    licence: str
    blocks: NotRequired[Blocks]


class Manifest(TypedDict):
    """The whole runtime.

    `abi` and `platform` are Pyodide's own names for what it runs. `preload` are modules to import
    while compiled ones are still on their way, `warm_up` is a module whose `run()` makes a first
    output of each usual kind, or empty.
    """

    schema: Literal[1]
    python: str
    pyodide: str
    abi: str
    platform: str
    preload: list[str]
    warm_up: str
    packages: list[PackageEntry]
    files: list[FileEntry]
