"""What tests take from the page's modules, which a site has only in bundles."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from pathlib import Path

from livecells.release.assets import WEB
from livecells.release.scripts import Bundler

SCRIPT = {"Content-Type": "text/javascript"}


def module(name: str, folder: Path) -> bytes:
    """Bundle one of the page's modules with what it imports; its exports keep their names.

    Args:
        name: Its path below `web/`.
        folder: For made files.
    """
    bundler = Bundler(Path("node_modules").resolve(), folder / "made")
    return bundler.whole(WEB / name, sorted(WEB.rglob("*.js")))


def fragment(cells: Mapping[str, str]) -> str:
    """Write the end of a shared link, as web/share/share-link.js does: texts by ids of cells."""
    packing = zlib.compressobj(wbits=-15)
    packed = packing.compress(json.dumps(cells).encode()) + packing.flush()
    return f"#share=1.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
