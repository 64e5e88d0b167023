"""The wheels of the runtime: pure ones by pinned hash, our own from the tree, all checked."""

from __future__ import annotations

import email.parser
import re
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from livecells.runtime.errors import (
    CoreSplitError,
    FileHashError,
    InputMissingError,
    RequirementError,
    ToolError,
    UnlistedWheelError,
    WheelTagError,
)
from livecells.store import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from email.message import Message
    from pathlib import Path

TABLE = "wheels.toml"

_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

_CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""SPDX names for classifiers that leave no choice; older wheels have nothing better."""


_LEFT_OUT = (
    "*.dist-info/RECORD",  # lists sources that do not ship
    "*.pyi",
    "*/py.typed",
    "*.c",
    "jsonschema/benchmarks/*",
    "jsonschema/tests/*",
    "altair/datasets/_metadata/*",  # an index of files on other origins
)
"""What only type checkers, compilers and tests need; `*` also matches `/`."""

LONG_TEXTS = re.compile(rb"\n\n.*|\n[ \t][^\n]*|\n\Z", re.DOTALL)
"""In metadata: the description, and lines that go on from the one before, such as a licence's."""


@dataclass(frozen=True)
class Wheel:
    """A wheel whose bytes are the recorded ones.

    Attributes:
        path: Where it lies.
        sha256: Of the wheel.
        name: As the package writes itself.
        version: PEP 440 text.
        licence: SPDX expression where one could be found.
        parts: Where its module is split: the `first` part and the `rest`, packed with zstd.
    """

    path: Path
    sha256: str
    name: str
    version: str
    licence: str
    parts: Mapping[str, Path] = field(default_factory=dict)

    @property
    def is_pure(self) -> bool:
        """Whether it runs on any platform."""
        return self.path.stem.endswith("-none-any")

    @property
    def names(self) -> list[str]:
        """Paths of the files it installs into site-packages, without what no program reads."""
        with zipfile.ZipFile(self.path) as archive:
            names = sorted(name for name in archive.namelist() if not name.endswith("/"))
            return [name for name in names if _ships(name)]

    def read(self) -> dict[str, bytes]:
        """Read these files by path, metadata without long texts."""
        with zipfile.ZipFile(self.path) as archive:
            found = {name: archive.read(name) for name in self.names}
        for name in found:
            if name.endswith(".dist-info/METADATA"):
                found[name] = LONG_TEXTS.sub(b"", found[name]) + b"\n"
        return found


@dataclass(frozen=True)
class Pin:
    """One line of a requirements file; `hashes` are sha256 in hexadecimal."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read_pins(requirements: Path) -> list[Pin]:
    """Read a hashed requirements file.

    Args:
        requirements: As pip-compile writes it.

    Returns:
        The pins in the order of the file.

    Raises:
        InputMissingError: There is no such file.
        RequirementError: A requirement is not pinned or has no hash.
    """
    if not requirements.is_file():
        raise InputMissingError(requirements, "run make lock")
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [_read_pin(requirements, line) for line in lines if line and not line.startswith("#")]


def fetch_wheels(requirements: Path, folder: Path, python: str) -> list[Wheel]:
    """Return the pinned pure wheels; pip fetches only what is not there yet.

    Args:
        requirements: Hashed requirements file.
        folder: Where wheels are kept between builds.
        python: Version of Python in the browser, such as `3.14`.

    Returns:
        One wheel for each pin, sorted by name.

    Raises:
        FileHashError: A wheel's bytes are not among the pinned hashes.
        RequirementError: The requirements file is not usable.
        ToolError: pip could not fetch.
        WheelTagError: There is no pure wheel for a pin.
    """
    pins = read_pins(requirements)
    if not all(_find(folder, pin) for pin in pins):
        _download(requirements, folder, python)
    wheels = [_checked(_find(folder, pin), pin.hashes, folder / pin.name) for pin in pins]
    return sorted(wheels, key=lambda wheel: wheel.name.lower())


def core_parts(folder: Path, whole: Path) -> dict[str, Path]:
    """Return the `first` part and the `rest` of Pyodide's core, or nothing where it is not split.

    Args:
        folder: Has wheels.toml and the parts, packed with zstd.
        whole: The core that was split.

    Raises:
        CoreSplitError: Another core was split.
        FileHashError: The bytes of a part differ from the record.
        InputMissingError: wheels.toml or a part is missing.
    """
    record = _table(folder).get("core")
    if record is None:
        return {}
    if file_sha256(whole) != record["sha256"]:
        raise CoreSplitError(folder / TABLE, whole)
    return {part: _own(folder, entry) for part, entry in record["parts"].items()}


def own_wheels(folder: Path, abi: str) -> list[Wheel]:
    """Return the wheels committed in `folder`, as its wheels.toml records them.

    Args:
        folder: Has wheels.toml and the wheels.
        abi: Pyodide's ABI, such as `2026_0`.

    Returns:
        The wheels sorted by name.

    Raises:
        FileHashError: The bytes of a wheel or part differ from the record.
        InputMissingError: wheels.toml, a wheel or a part is missing.
        UnlistedWheelError: A wheel lies there without a record.
        WheelTagError: A wheel was built for something else.
    """
    records = {entry["file"]: entry for entry in _table(folder)["wheel"]}
    for path in sorted(folder.glob("*.whl")):
        if path.name not in records:
            raise UnlistedWheelError(path)
    wheels = [
        replace(
            _checked(folder / name, (entry["sha256"],), folder / name, entry["licence"]),
            parts={part: _own(folder, record) for part, record in entry.get("parts", {}).items()},
        )
        for name, entry in sorted(records.items())
    ]
    _require_abi(wheels, abi)
    return wheels


def _table(folder: Path) -> dict[str, Any]:
    table = folder / TABLE
    if not table.is_file():
        raise InputMissingError(table, "restore it from git")
    return tomllib.loads(table.read_text("utf-8"))


def _own(folder: Path, record: Mapping[str, str]) -> Path:
    path = folder / record["file"]
    _require_bytes(path, (record["sha256"],), path)
    return path


def _ships(name: str) -> bool:
    return not any(fnmatchcase(name, pattern) for pattern in _LEFT_OUT)


def _read_pin(requirements: Path, line: str) -> Pin:
    found, hashes = _PIN.match(line), _HASH.findall(line)
    if not found or not hashes:
        raise RequirementError(requirements, line)
    return Pin(found["name"], found["version"], tuple(hashes))


def _find(folder: Path, pin: Pin) -> Path | None:
    stem = re.sub(r"[-_.]+", "_", pin.name)
    found = sorted(folder.glob(f"{stem}-{pin.version}-*.whl"))
    return found[0] if found else None


def _download(requirements: Path, folder: Path, python: str) -> None:
    """Let pip fetch, with the index that this machine is set up for."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--python-version", python]
    command += ["-r", str(requirements), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    if done.returncode:
        raise ToolError(command[1:4], done.stderr)


def _checked(
    path: Path | None, hashes: Iterable[str], wanted: Path, licence: str | None = None
) -> Wheel:
    path, sha256 = _require_bytes(path, hashes, wanted)
    meta, licence_text = _metadata(path)
    licence = licence or _licence(meta, licence_text)
    return Wheel(path, sha256, meta["Name"], meta["Version"], licence)


def _require_bytes(path: Path | None, hashes: Iterable[str], wanted: Path) -> tuple[Path, str]:
    if path is None or not path.is_file():
        raise InputMissingError(path or wanted, "delete the folder, so that it is filled again")
    sha256 = file_sha256(path)
    if sha256 not in hashes:
        raise FileHashError(path, sha256, tuple(hashes))
    return path, sha256


def _require_abi(wheels: Iterable[Wheel], abi: str) -> None:
    for wheel in wheels:
        if not wheel.is_pure and not wheel.path.stem.endswith(f"-pyemscripten_{abi}_wasm32"):
            raise WheelTagError(wheel.path, abi)


def _metadata(path: Path) -> tuple[Message, str]:
    """Read a wheel's metadata and the text of its licence."""
    with zipfile.ZipFile(path) as archive:
        names = [
            name for name in archive.namelist() if name.partition("/")[0].endswith(".dist-info")
        ]
        meta = next(name for name in names if name.endswith("/METADATA"))
        texts = [name for name in names if "/LICENSE" in name]
        licence = "".join(archive.read(name).decode() for name in texts)
        return email.parser.Parser().parsestr(archive.read(meta).decode()), licence


def _licence(meta: Message, licence_text: str) -> str:
    """Return the licence: the SPDX field, else a classifier, else the free text."""
    if expression := meta["License-Expression"]:
        return str(expression)
    classifiers = [str(text) for text in meta.get_all("Classifier", [])]
    last = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")]
    known = [_CLASSIFIED[text] for text in last if text in _CLASSIFIED]
    if last == ["BSD License"]:  # the classifier does not tell the two apart, the text does
        known = ["BSD-3-Clause" if "Neither the name" in licence_text else "BSD-2-Clause"]
    text = str(meta["License"] or "").partition("\n")[0]
    return " AND ".join(known or last) or text or "not stated"
