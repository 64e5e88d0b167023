"""What the page knows of Python's types is what Python says."""

from __future__ import annotations

from livecells.release.shapes import TARGET, script


def test_the_page_knows_the_shapes_of_today() -> None:
    fresh = script()
    assert TARGET.read_text("utf-8") == fresh, "run: python -m livecells.release.shapes"
