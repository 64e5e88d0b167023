"""Values in sentences: they follow the reader's edits, say the author's value, and come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.reader import Reader

PAGE = "frameworks/modern-web/"


@pytest.mark.parametrize(
    ("page", "cell", "old", "new", "giver"),
    [
        (PAGE, "web-claimed-and-counted", '"fastapi": 9', '"fastapi": 30', "web-claimed-when"),
        ("libraries/data-engineering/", "de-polars-per-pandas", '"pandas"', '"pyspark"', ""),
        ("recommendations/hiring/", "pay-by-experience", '"Python"', '"Go"', "pay-medians"),
    ],
)
def test_a_sentence_follows_an_edit_and_comes_back(
    reader: Reader, page: str, cell: str, old: str, new: str, giver: str
) -> None:
    reader.open(page)
    value = reader.page.locator(f'.cell-value[data-names*="{giver or cell}"]').first
    author = value.inner_text()
    edited = reader.cell(cell)
    reader.edit(edited, reader.source(edited).replace(old, new, 1))
    reader.run(edited)
    reader.wait_for_state(reader.cell(giver or cell), "ok")  # a hidden cell runs with the one above
    expect(value).not_to_have_text(author)
    expect(value).to_have_class("cell-value is-changed")
    said = f"Changed by your edit. The author's value: {author}"
    expect(value).to_have_attribute("title", said)
    reader.press(edited, "Reset")
    expect(value).to_have_text(author)
    expect(value).to_have_class("cell-value")


def test_a_sentence_that_fails_keeps_the_authors_value_and_says_why(reader: Reader) -> None:
    reader.open(PAGE)
    value = reader.page.locator('.cell-value[data-names*="web-users"]').first
    author = value.inner_text()
    cell = reader.cell("web-survey-shares")
    source = reader.source(cell)
    reader.edit(cell, source + "\nshares = shares.head(0)")
    reader.run(cell)
    expect(value).to_have_text(author)
    said = re.compile("could not be computed .*no row has 2024")
    expect(value).to_have_attribute("aria-description", said)


def test_a_precomputed_choice_changes_its_sentences(reader: Reader) -> None:
    reader.open(PAGE)
    value = reader.page.locator('.cell-value[data-names*="web-flask-extensions"]').first
    author = value.inner_text()
    reader.page.locator('select[name="prefix"]').select_option("django-")
    expect(value).not_to_have_text(author)
    assert reader.python_requests() == []
