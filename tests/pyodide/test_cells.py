"""Same numbers after a restart: every cell gives in a restored Pyodide what it gives natively.

`tests/browser/test_story.py` does the same in Chromium, in a Python that has booted.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from agreement import comparable, differences, site_pages
from browser.server import SITE
from livecells.kernel import Emitted, Kernel
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

PAGES = site_pages(SITE)


def test_the_site_has_cells() -> None:
    assert PAGES, "there is no built site: run 'make build'"


@pytest.mark.parametrize("shared_session", ["snapshot"], indirect=True)
@pytest.mark.parametrize("page", PAGES)
def test_cells_agree(shared_session: Session, page: str) -> None:
    kernel = Kernel()
    for cell in PAGES[page].cells:
        request: Any = asdict(cell)
        outputs: list[Emitted] = []
        here = asyncio.run(kernel.execute(request, outputs.append))
        reply, there = shared_session.run(RUN.format(request=json.dumps(request)))
        assert here["status"] == "ok", outputs[-1]
        assert reply["status"] == "ok", there[-1]
        native, found = comparable(coalesce(outputs)), comparable(coalesce(there))
        assert not list(differences(native, found)), cell.cell
