"""Values in sentences: they follow the reader's edits, say the author's value, and come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.reader import Reader

PAGE = "frameworks/modern-web/"


def test_a_sentence_follows_an_edit_and_comes_back(reader: Reader) -> None:
    reader.open(PAGE)
    when = reader.page.locator('.cell-value[data-names*="web-claimed-when"]')
    author = when.first.inner_text()
    claimed, hidden = reader.cell("web-claimed-and-counted"), reader.cell("web-claimed-when")
    source = reader.source(claimed)
    reader.edit(claimed, source.replace('"fastapi": 9', '"fastapi": 30'))
    reader.run(claimed)
    reader.wait_for_state(hidden, "ok")  # it runs with the cell above it
    expect(when.first).not_to_have_text(author)
    expect(when.first).to_have_class("cell-value is-changed")
    said = f"Changed by your edit. The author's value: {author}"
    expect(when.first).to_have_attribute("title", said)
    reader.press(claimed, "Reset")
    expect(when.first).to_have_text(author)
    expect(when.first).to_have_class("cell-value")


def test_a_sentence_that_fails_keeps_the_authors_value_and_says_why(reader: Reader) -> None:
    reader.open(PAGE)
    value = reader.page.locator('.cell-value[data-names*="web-survey-shares"]').first
    author = value.inner_text()
    cell = reader.cell("web-survey-shares")
    source = reader.source(cell)
    reader.edit(cell, source + "\nshares = shares.head(0)")
    reader.run(cell)
    expect(value).to_have_text(author)
    said = re.compile("could not be computed .*0 rows have item='FastAPI'")
    expect(value).to_have_attribute("aria-description", said)


def test_a_precomputed_choice_changes_its_sentences(reader: Reader) -> None:
    reader.open(PAGE)
    value = reader.page.locator('.cell-value[data-names*="web-flask-extensions"]').first
    author = value.inner_text()
    reader.page.locator('select[name="prefix"]').select_option("django-")
    expect(value).not_to_have_text(author)
    assert reader.python_requests() == []
