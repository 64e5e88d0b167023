"""Assemble the browser wheel: the sdist's Python sources and the compiled side module.

usage: mkwheel.py SOURCE_TREE POLARS_WASM OUT_DIR
"""

import base64
import hashlib
import re
import sys
import zipfile
from pathlib import Path

VERSION = "1.33.1"
TAG = "cp39-abi3-pyemscripten_2026_0_wasm32"
DATE = (2025, 9, 9, 0, 0, 0)  # fixed, so that equal inputs give equal bytes


def neutral_paths(wasm: bytes) -> bytes:
    """Overwrite the build machine's registry folder in panic messages, length kept."""

    def dashes(match: re.Match[bytes]) -> bytes:
        return b"/crates" + b"-" * (len(match[0]) - 8) + b"/"

    return re.sub(rb"/root/\.cargo/registry/src/[\w.\-]+/", dashes, wasm)


def wheel_files(source: Path, wasm: Path) -> dict[str, bytes]:
    """Map archive name to content, RECORD last."""
    package = source / "polars"
    files = {
        f"polars/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    files["polars/polars.abi3.so"] = neutral_paths(wasm.read_bytes())
    info = f"polars-{VERSION}.dist-info"
    files[f"{info}/METADATA"] = (source / "PKG-INFO").read_bytes()
    files[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: polars-wasm\nRoot-Is-Purelib: false\nTag: {TAG}\n".encode()
    )
    files[f"{info}/licenses/LICENSE"] = (source / "LICENSE").read_bytes()
    record = ""
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    return files


def main(source: Path, wasm: Path, out: Path) -> None:
    """Write the wheel into `out` and say its name, size and sha256."""
    wheel = out / f"polars-{VERSION}-{TAG}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in wheel_files(source, wasm).items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    sys.stdout.write(f"{wheel.name} {wheel.stat().st_size} {digest}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
