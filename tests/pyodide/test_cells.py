"""Same numbers after a restart: every cell gives in a restored Pyodide what the build has found.

`tests/browser/test_story.py` does the same in Chromium, in a Python that has booted.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from agreement import comparable, differences, native, pages_with_cells, read_page
from browser.server import SITE
from livecells.kernel.coalesce import coalesce

if TYPE_CHECKING:
    from pyodide.conftest import Session

RUN = """
import json
from livecells import kernel

outputs = []
reply = await kernel.execute({request!r}, outputs.append)
[json.loads(reply), [json.loads(one) for one in outputs]]
"""

PAGES = pages_with_cells(SITE)


def test_the_site_has_cells() -> None:
    assert PAGES, "there is no built site: run 'make build'"


@pytest.mark.parametrize("shared_session", ["snapshot"], indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_cells_agree(shared_session: Session, path: str) -> None:
    page = read_page(SITE, path)
    here = native(page).shown
    for cell in page.cells:
        reply, there = shared_session.run(RUN.format(request=json.dumps(asdict(cell))))
        assert reply["status"] == "ok", there[-1]
        found = comparable(coalesce(there))
        assert not list(differences(comparable(here[cell.cell]), found)), cell.cell
