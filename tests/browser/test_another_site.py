"""The engine under another site: nothing of the story's, another language, the root of its host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser import made_site
from browser.reader import Reader
from browser.server import PagesServer, serve

CONFIG = f"""
site_name: Andere Website
theme: {{ name: material, language: de, font: false }}
{made_site.CELLS}"""

PAGE = """---
reactive: true
---
# Eine Seite

``` {.python cell=eins}
import polars as pl
rahmen = pl.DataFrame({"n": [1, 2]})
rahmen["n"].sum()
```

```sql cell="zwei"
SELECT SUM(n) AS summe FROM rahmen
```
"""


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_site.build(tmp_path_factory.mktemp("other"), CONFIG, {"index.md": PAGE})


@pytest.fixture(scope="module")
def site_server(other_site: Path) -> Iterator[PagesServer]:
    with serve(other_site, "/") as running:
        yield running


def test_a_site_in_german_runs_its_cells(
    browser: Browser, server: PagesServer, reader: Reader, other_site: Path
) -> None:
    reader.open()
    cell = reader.cell("eins")
    expect(cell.get_by_role("region", name="Ausgabe von eins")).to_have_text("3")
    expect(reader.bar).to_contain_text("Python ist aus · lädt ")
    expect(reader.bar).to_contain_text(" MB, wenn Sie eine Zelle ausführen oder ändern")
    reader.edit(cell, "import polars as pl\npl.DataFrame({'n': [1]})['m']")
    reader.press(cell, "Ausführen")
    reader.wait_for_state(cell, "error")
    error = cell.locator("[data-part=error]")
    expect(error).to_contain_text("Keine Spalte heißt „m“.")
    expect(error.get_by_role("button", name="Fehler kopieren")).to_be_visible()
    reader.press(cell, "Zurücksetzen")
    reader.press(cell, "Ausführen")
    reader.wait_for_state(cell, "ok")
    expect(reader.outputs(cell)).to_have_text("3")
    reader.edit(cell, "import polars as pl\nrahmen = pl.DataFrame({'n': [40, 2]})")
    reader.press(cell, "Ausführen")
    expect(reader.cell("zwei").locator("tbody")).to_have_text("42")  # so its author wants it
    expect(reader.bar).to_contain_text("Von selbst ausgeführt: zwei")
    reader.edit(reader.cell("zwei"), "%%sql zwei\nSELECT 1 FROM ramen")
    reader.press(reader.cell("zwei"), "Ausführen")
    expect(reader.outputs(reader.cell("zwei"))).to_contain_text("Meinten Sie „rahmen“?")
    scripts = {path for path in server.requests if re.fullmatch(r"livecells/[^/]+/[^/]+\.js", path)}
    texts = [(other_site / path).read_text(encoding="utf-8") for path in sorted(scripts)]
    assert any("Python ist aus" in text for text in texts)
    assert not any("Python is off" in text for text in texts)  # one language alone
