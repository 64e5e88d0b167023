"""What lets a reader install the site as an app: the web app manifest and its icons."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

import vl_convert as vlc

from livecells.markup import Markup, element, join
from livecells.runtime.errors import InputMissingError
from livecells.store import Made, Store, digest, file_sha256

if TYPE_CHECKING:
    from pathlib import Path

    from livecells.settings import App

MANIFEST = "manifest.webmanifest"
SIZES = (192, 512)
"""Pixels; browsers ask for these two."""

FILES = {
    "text/csv": [".csv"],
    "text/tab-separated-values": [".tsv"],
    "application/vnd.apache.parquet": [".parquet"],
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
}
"""What the site opens, by its kind: the endings."""

ICON_WIDTH = 512
"""Pixels that the drawing itself must have."""


def head(app: App, root: str) -> Markup:
    """Write what a page says of the app; `root` is the way to the site's root."""
    return join(
        element("link", rel="manifest", href=f"{root}{MANIFEST}"),
        element("link", rel="apple-touch-icon", href=f"{root}{_icon(SIZES[0])}"),
        element("meta", name="theme-color", content=app.colour),
    )


def write_app(app: App, root: Path, target: Path, cache: Path, *, about: dict[str, str]) -> None:
    """Write manifest and icons into a built site.

    Args:
        app: How it looks.
        root: Folder of mkdocs.yml.
        target: Folder of the built site.
        cache: Where painted icons are kept.
        about: More members of the manifest: `name` and `description`.

    Raises:
        InputMissingError: The icon is not there.
    """
    drawing = root / app.icon
    if not drawing.is_file():
        raise InputMissingError(drawing, "extra.livecells.app.icon in mkdocs.yml names it")
    icons = []
    for size in SIZES:
        path = target / _icon(size)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_paint(drawing, size, Store(cache)))
        shape = {"src": _icon(size), "type": "image/png", "sizes": f"{size}x{size}"}
        icons += [shape | {"purpose": purpose} for purpose in ("any", "maskable")]
    manifest: dict[str, object] = {
        "id": "./",
        **about,
        "short_name": app.short_name,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",  # a text with links wants a way back
        "theme_color": app.colour,
        "background_color": app.background,
        "icons": icons,
        "shortcuts": [{"name": name, "url": f"./{url}"} for name, url in app.shortcuts.items()],
    }
    if app.opens:
        manifest |= _files(f"./{app.opens}")
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _files(action: str) -> dict[str, object]:
    """Say that the site opens files (web/files/opened.js), shared ones too (web/sw/shared.js)."""
    given = [*FILES, *(ending for endings in FILES.values() for ending in endings)]
    return {
        "file_handlers": [{"action": action, "accept": FILES}],
        "launch_handler": {"client_mode": "focus-existing"},
        "share_target": {
            "action": action,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "files", "accept": given}]},
        },
    }


def _icon(size: int) -> str:
    return f"livecells/icons/{size}.png"


def _paint(drawing: Path, size: int, store: Store) -> bytes:
    def make() -> Made:
        svg = drawing.read_text(encoding="utf-8")
        painted = vlc.svg_to_png(svg, scale=size / ICON_WIDTH)
        return Made(painted, len(painted))

    key = digest(file_sha256(drawing), version("vl-convert-python"), str(size))
    return store.keep(f"{size}.png", key, make).path.read_bytes()
