"""A link that leads nowhere stops the build: the site's own settings on a site of two pages."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from livecells.mkdocs import LivecellsPlugin

ROOT = Path(__file__).parents[2]


def build(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Build a site whose first page has a text, as `make build` builds this one."""
    own = load_config(str(ROOT / "mkdocs.yml"))["validation"].links
    links = {"anchors": "warn", "not_found": "warn", "unrecognized_links": "warn"}
    assert all(own[name] == logging.WARNING for name in links)  # which --strict takes for errors
    pages = folder / "docs"
    pages.mkdir()
    (pages / "index.md").write_text(text)
    (pages / "other.md").write_text("# Other\n\n## Part\n")
    config = {"site_name": "x", "theme": "mkdocs", "plugins": [], "validation": {"links": links}}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_site_is_built_strictly() -> None:
    assert "mkdocs build --strict" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("[x](missing.md)", "'missing.md'"),
        ("[x](other.md#nowhere)", "does not contain an anchor '#nowhere'"),
        ("[x](other)", "unrecognized relative link"),
    ],
)
def test_a_broken_link_stops_the_build(tmp_path: Path, link: str, reason: str) -> None:
    done = build(tmp_path, link)
    assert done.returncode != 0
    assert "index.md" in done.stderr
    assert reason in done.stderr


def test_a_good_link_does_not(tmp_path: Path) -> None:
    assert build(tmp_path, "[x](other.md#part)").returncode == 0


def test_an_anchor_that_a_fence_makes_can_be_linked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MkDocs itself sees the Markdown's anchors only."""
    plugin = LivecellsPlugin()
    monkeypatch.setattr(plugin._cells, "page", Mock())
    file = File("a.md", str(tmp_path), str(tmp_path), use_directory_urls=True)
    page = Page("A", file, load_config(str(ROOT / "mkdocs.yml")))
    page.present_anchor_ids = {"heading"}
    plugin.on_page_content('<h2 id="heading"><h3 class="c" id="claim-x">', page=page)
    assert page.present_anchor_ids == {"heading", "claim-x"}
