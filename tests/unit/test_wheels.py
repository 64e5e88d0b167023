"""The committed wheels are the recorded ones; anything else is refused by name."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from livecells.runtime.errors import (
    FileHashError,
    InputMissingError,
    RequirementError,
    UnlistedWheelError,
    WheelTagError,
)
from livecells.runtime.wheels import own_wheels, read_pins

ROOT = Path(__file__).parents[2]
WHEELS = ROOT / "py/wheels"
ABI = "2026_0"


def records() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((WHEELS / "wheels.toml").read_text())["wheel"]
    return entries


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the committed wheels and their record."""
    for path in [WHEELS / "wheels.toml", *WHEELS.glob("*.whl")]:
        shutil.copyfile(path, tmp_path / path.name)
    return tmp_path


@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["name"]))
def test_hash_is_the_recorded_one(record: dict[str, Any]) -> None:
    content = (WHEELS / record["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == record["sha256"]


def test_both_records_agree() -> None:
    lines = (WHEELS / "SHA256SUMS").read_text().splitlines()
    files = [file for record in records() for file in (record, *record.get("parts", {}).values())]
    files += tomllib.loads((WHEELS / "wheels.toml").read_text())["core"]["parts"].values()
    assert {tuple(line.split("  ")) for line in lines} == {
        (file["sha256"], file["file"]) for file in files
    }


@pytest.mark.parametrize(
    "part", sorted(WHEELS.glob("*.first.wasm.zst")), ids=lambda part: part.name
)
def test_a_first_part_has_its_stand_ins_within(part: Path) -> None:
    """Imported, they would be tens of thousands of objects at each start."""
    module = zstandard.decompress(part.read_bytes())
    assert b"placeholder.deferred" not in module
    assert module.count(b"\x04rest\x04need\0") == 1


def test_metadata_is_what_the_record_says() -> None:
    found = {wheel.name.lower(): wheel.version for wheel in own_wheels(WHEELS, ABI)}
    assert found == {record["name"]: record["version"] for record in records()}


@pytest.mark.parametrize("place", [0, 1000, -1])
@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["name"]))
def test_one_changed_byte_is_refused(copied: Path, record: dict[str, Any], place: int) -> None:
    path = copied / record["file"]
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(FileHashError, match=f"{record['file']} was altered .*{record['sha256']}"):
        own_wheels(copied, ABI)


def test_an_unlisted_wheel_is_refused(copied: Path) -> None:
    (copied / "surprise-1.0-py3-none-any.whl").write_bytes(b"")
    with pytest.raises(UnlistedWheelError, match=r"surprise-1\.0"):
        own_wheels(copied, ABI)


def test_a_missing_wheel_is_named(copied: Path) -> None:
    (copied / records()[0]["file"]).unlink()
    with pytest.raises(InputMissingError, match=records()[0]["file"]):
        own_wheels(copied, ABI)


def test_a_wheel_for_another_pyodide_is_refused() -> None:
    with pytest.raises(WheelTagError, match="2027_0"):
        own_wheels(WHEELS, "2027_0")


def test_polars_is_the_native_version() -> None:
    import polars

    (record,) = (record for record in records() if record["name"] == "polars")
    assert record["version"] == polars.__version__


def test_every_linked_crate_has_a_licence() -> None:
    lines = (WHEELS / "crates.tsv").read_text().splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert len(rows) == 187
    # The crates of Polars itself are under the licence of its sdist, which the wheel carries.
    without = [row[0] for row in rows if not row[2]]
    assert all(name.startswith("py") for name in without)
    (polars,) = WHEELS.glob("polars-*.whl")
    assert "polars-1.33.1.dist-info/licenses/LICENSE" in zipfile.ZipFile(polars).namelist()


def test_the_pins_are_read() -> None:
    pins = {pin.name: pin for pin in read_pins(ROOT / "requirements/browser.txt")}
    assert pins["altair"].version.startswith("6.")
    assert all(pin.hashes for pin in pins.values())


@pytest.mark.parametrize("line", ["altair", "altair==6.3.0", "-e ."])
def test_a_line_without_version_or_hash_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "browser.txt"
    path.write_text(f"# pins\n{line}\n")
    with pytest.raises(RequirementError, match=line):
        read_pins(path)
