"""Converts a Markdown page with cells as the site does, for tests of the build side."""

from __future__ import annotations

from pathlib import Path

import markdown

from livecells.author import fence
from livecells.author.page import Page
from livecells.author.prerender import Prerenderer

FENCES = [
    {
        "name": name,
        "class": name,
        "validator": fence.validator,
        "format": formatter,
    }
    for name, formatter in (("python", fence.format_cell), ("try", fence.format_try))
]


def prerenderer(cache: Path) -> Prerenderer:
    made = Prerenderer(cache=cache, code=[])
    made.refresh()
    return made


def convert(source: Path, cache: Path) -> str:
    """Give the HTML of a page.

    Args:
        source: The Markdown file.
        cache: Folder for cell results.
    """
    fence.open_page(Page.open(f"{source.stem}/", source, prerenderer(cache)))
    extensions = ["pymdownx.superfences", "pymdownx.highlight"]
    config = {"pymdownx.superfences": {"custom_fences": FENCES}}
    html: str = markdown.markdown(
        source.read_text(), extensions=extensions, extension_configs=config
    )
    fence.close_page()
    return html
