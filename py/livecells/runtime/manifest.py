"""The manifest: each file of the runtime with address, hash and sizes; the page reads it."""

from __future__ import annotations

import json
from typing import Any, Final, Literal, NotRequired, TypedDict, cast, get_args

from livecells.runtime.errors import ManifestError

SCHEMA: Final = 1
Kind = Literal["core", "pack", "module", "data"]
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
    file itself, or of the folder that a pack unpacks into; empty for the core. `stage` says when
    it is fetched: for the start, when the start is over, or when Python asks for it. `bytes` and
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


def dumps(manifest: Manifest) -> str:
    """Write as JSON text; equal manifests give equal text."""
    return json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"


def loads(text: str) -> Manifest:
    """Read and check a manifest.

    Args:
        text: JSON text, as `dumps` writes it.

    Returns:
        The manifest.

    Raises:
        ManifestError: It is not JSON, has another schema, or lacks a field of the right type.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        msg = f"the manifest is not JSON: {error}"
        raise ManifestError(msg) from error
    texts = dict.fromkeys(("python", "pyodide", "abi", "platform", "warm_up"), str)
    lists = dict.fromkeys(("preload", "packages", "files"), list)
    _check_record("manifest", data, {"schema": int, **texts, **lists})
    if data["schema"] != SCHEMA:
        msg = f"the manifest has schema {data['schema']!r}, expected {SCHEMA}: build the site again"
        raise ManifestError(msg)
    for number, package in enumerate(data["packages"]):
        _check_record(f"packages[{number}]", package, {"name": str, "version": str, "licence": str})
    for number, file in enumerate(data["files"]):
        _check_file(f"files[{number}]", file)
    return cast("Manifest", data)


def _check_file(where: str, file: object) -> None:
    texts = dict.fromkeys(("path", "kind", "stage", "name", "target", "sha256", "licence"), str)
    sizes = dict.fromkeys(("bytes", "wire", "unpacked"), int)
    record = _check_record(where, file, {**texts, **sizes})
    for field, known in (("kind", get_args(Kind)), ("stage", get_args(Stage))):
        if record[field] not in known:
            msg = f"{where}.{field} is {record[field]!r}, expected one of {known}"
            raise ManifestError(msg)
    if record["path"].startswith("/") or ".." in record["path"].split("/"):
        msg = f"{where}.path is {record['path']!r}, expected a path below the site's root"
        raise ManifestError(msg)


def _check_record(where: str, value: object, fields: dict[str, type]) -> dict[str, Any]:
    if not isinstance(value, dict):
        msg = f"{where} is not an object"
        raise ManifestError(msg)
    for name, kind in fields.items():
        if not isinstance(value.get(name), kind) or isinstance(value.get(name), bool):
            msg = f"{where}.{name} is {value.get(name)!r}, expected {kind.__name__}"
            raise ManifestError(msg)
    return value
