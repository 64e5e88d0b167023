"""What Material's search reads of a page with cells."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from material.plugins.search.plugin import Parser  # type: ignore[import-untyped]

from livecells.mkdocs import SEARCH, LivecellsPlugin

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_it_finds_in_the_light_page_what_it_finds_in_the_whole_one(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    plugin, page, config = LivecellsPlugin(), Mock(content=whole), Mock(plugins={SEARCH: Mock()})
    first, last = plugin.on_page_context.methods
    first.__get__(plugin)({}, page=page, config=config)
    assert sections(page.content) == sections(whole)
    assert len(page.content) < len(whole) or "<code-cell" not in whole
    last.__get__(plugin)({}, page=page)
    assert page.content == whole


def sections(html: str) -> list[tuple[str | None, str, str]]:
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [(one.id, "".join(one.title), "".join(one.text)) for one in parser.data]
