"""`mkdocs serve`: a save is seen without a key being pressed."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.made_site import CELLS, SHARED, lay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = '# A page\n\n```python cell="one"\n6 * 7\n```\n\n{word}\n'


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """Serve a site as an author does while writing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        for line in server.stderr:
            if "Serving on" in line:
                break
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.communicate()


def test_a_save_is_seen(tmp_path: Path, browser: Browser) -> None:
    config = f"site_name: Preview\ntheme: {{name: mkdocs, highlightjs: false}}\n{CELLS}"
    lay(tmp_path, config, {"index.md": PAGE.format(word="Before.")}, SHARED)
    with preview(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.get_by_text("Before.")).to_be_visible()
        (tmp_path / "docs/index.md").write_text(PAGE.format(word="After."))
        expect(page.get_by_text("After.")).to_be_visible(timeout=120_000)
