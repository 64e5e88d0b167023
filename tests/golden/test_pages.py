"""Markdown in, HTML out: a new case is a new file; a mismatch leaves `NAME-changed.html`.

`UPDATE_GOLDEN=1 pytest tests/golden` writes what is missing or changed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from buildlib import convert

PAGES = sorted(Path("tests/golden/pages").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page: Path, tmp_path: Path) -> None:
    html = without_drawings(convert(page, tmp_path))
    expected = page.with_suffix(".html")
    changed = page.with_name(f"{page.stem}-changed.html")
    changed.unlink(missing_ok=True)
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(html)
    if not expected.exists() or expected.read_text() != html:
        changed.write_text(html)
        pytest.fail(f"{expected} differs from {changed}")


def without_drawings(html: str) -> str:
    """Keep what we write of a picture, not the strokes, which belong to Vega."""
    drawn = re.compile(r"(<svg [^>]*?)( class=.*?)?>.*?</svg>", re.DOTALL)
    return drawn.sub(r"\1>…</svg>", html) + "\n"
