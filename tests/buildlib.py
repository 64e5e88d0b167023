"""Converts a Markdown page with cells as the site does, for tests of the build side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
from mkdocs.config import load_config

from livecells.author.context import SiteContext
from livecells.author.extension import Cells
from livecells.author.fence import FENCES
from livecells.author.page import Page
from livecells.author.prerender import Prerenderer
from livecells.settings import Settings

ROOT = Path(__file__).parents[1]


def project_settings() -> Settings:
    """What this project ships, as mkdocs.yml says."""
    plugin: Any = load_config(str(ROOT / "mkdocs.yml")).plugins["livecells"]
    return Settings.read(ROOT, dict(plugin.config))


def site_context(cache: Path, **shared: Any) -> SiteContext:
    """A site whose cells depend on nothing but their text."""
    made = Prerenderer(cache=cache, code=[])
    made.refresh()
    return SiteContext(made, **shared)


def convert(source: Path, cache: Path, *, is_all: bool = False, **shared: Any) -> str:
    """Give the HTML of a page.

    Args:
        source: The Markdown file.
        cache: Folder for cell results.
        is_all: Whether all its Python blocks are cells.
        shared: More of `SiteContext`.
    """
    site = site_context(cache, root=source.parent, **shared)
    page = Page(site, f"{source.stem}/", source, is_all=is_all)
    html: str = markdown.markdown(
        source.read_text(),
        extensions=["tables", "pymdownx.superfences", "pymdownx.highlight", Cells(page)],
        extension_configs={"pymdownx.superfences": {"custom_fences": FENCES}},
    )
    page.close()
    page.site.require_no_errors()
    return html


def converting(page: Page) -> markdown.Markdown:
    """A Markdown instance that converts a page, for fences that are called by a test."""
    return markdown.Markdown(extensions=[Cells(page)])
