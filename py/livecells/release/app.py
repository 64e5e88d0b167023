"""What lets a reader install the site as an app: the web app manifest and its icons."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

import vl_convert as vlc

from livecells.runtime.errors import InputMissingError
from livecells.errors import BuildError
from livecells.store import Made, Store, digest, file_sha256
from livecells.markup import Markup, element, join

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "manifest.webmanifest"
SIZES = (192, 512)
"""Pixels; browsers ask for these two."""

ICON_WIDTH = 512
"""Pixels that the drawing itself must have."""


@dataclass(frozen=True)
class App:
    """How the site looks among a reader's apps.

    Attributes:
        icon: SVG of 512 x 512 pixels, painted to its edges: systems cut it to their own shape.
        short_name: For below the icon.
        colour: Of the window's frame, in CSS.
        background: Of the window before the first page is there, in CSS.
    """

    icon: str
    short_name: str
    colour: str
    background: str = "#fff"

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Check what mkdocs.yml says.

        Raises:
            BuildError: A key is missing or does not exist.
        """
        known = {field.name for field in fields(cls)}
        missing = known - {"background"} - set(written)
        if missing or set(written) - known:
            msg = f"mkdocs.yml: extra.livecells.app takes {sorted(known)}, not {sorted(written)}"
            raise BuildError(msg)
        return cls(**written)


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
    manifest = {
        "id": "./",
        **about,
        "short_name": app.short_name,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",  # a text with links wants a way back
        "theme_color": app.colour,
        "background_color": app.background,
        "icons": icons,
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _icon(size: int) -> str:
    return f"livecells/icons/{size}.png"


def _paint(drawing: Path, size: int, store: Store) -> bytes:
    def make() -> Made:
        svg = drawing.read_text(encoding="utf-8")
        painted = vlc.svg_to_png(svg, scale=size / ICON_WIDTH)
        return Made(painted, len(painted))

    key = digest(file_sha256(drawing), version("vl-convert-python"), str(size))
    return store.keep(f"{size}.png", key, make).path.read_bytes()
