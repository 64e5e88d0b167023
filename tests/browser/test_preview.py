"""`mkdocs serve`: a save is seen without a key being pressed."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.made_site import CELLS, SHARED, lay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CHART = """# Two

```python cell="bars"
import altair as alt
import polars as pl

rows = pl.DataFrame({"x": [1, 2]})
alt.Chart(rows).mark_bar().encode(x="x:Q").properties(title="Bars", description="Two bars")
```
"""

WRITTEN = "Running `post_page` event from plugin 'livecells'"

PAGE = '# A page\n\n```python cell="one"\n6 * 7\n```\n\n{word}\n'


@contextmanager
def preview(folder: Path, *options: str) -> Iterator[str]:
    """Serve a site as an author does while writing; the file `log` has what MkDocs says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", *options]
    log = folder / "log"
    with log.open("w") as text:
        server = subprocess.Popen(command, cwd=folder, stderr=text)
    try:
        while "Serving on" not in log.read_text():
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def test_a_save_is_seen(tmp_path: Path, browser: Browser) -> None:
    config = f"site_name: Preview\ntheme: {{name: mkdocs, highlightjs: false}}\n{CELLS}"
    lay(tmp_path, config, {"index.md": PAGE.format(word="Before.")}, SHARED)
    with preview(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.get_by_text("Before.")).to_be_visible()
        (tmp_path / "docs/index.md").write_text(PAGE.format(word="After."))
        expect(page.get_by_text("After.")).to_be_visible(timeout=120_000)


def test_only_the_page_that_was_saved_is_written_again(tmp_path: Path, browser: Browser) -> None:
    config = f"site_name: Preview\ntheme: {{name: material, font: false}}\n{CELLS}"
    pages = {"index.md": "# Home\n", "one.md": PAGE.format(word="Before."), "two.md": CHART}
    lay(tmp_path, config, pages, SHARED)
    log = tmp_path / "log"
    with preview(tmp_path, "--dirty", "--verbose") as address:
        page = browser.new_page()
        page.goto(f"{address}one/")
        said = len(log.read_text())
        (tmp_path / "docs/one.md").write_text(PAGE.format(word="After."))
        expect(page.get_by_text("After.")).to_be_visible(timeout=120_000)
        assert log.read_text()[said:].count(WRITTEN) == 1
        expect(page.locator(".md-nav__link", has_text="Two")).not_to_have_count(0)
        indexed = page.request.get(f"{address}search/search_index.json").json()["docs"]
        assert {"one/", "two/"} <= {entry["location"] for entry in indexed}
        assert page.request.get(f"{address}figures/bars.json").ok
        (tmp_path / "mkdocs.yml").write_text(config.replace("Preview", "Renamed"))
        expect(page.get_by_text("Renamed").first).to_be_visible(timeout=120_000)
        page.goto(f"{address}two/")
        expect(page.get_by_text("Renamed").first).to_be_visible()
