"""The engine's documentation: what its pages on claims and tables write, runs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polars as pl
import pytest

BLOCK = re.compile(r"^```\w+(?: plain)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
PACKAGE = Path(__file__).parents[2] / "py" / "package"

DATA = """
from livecells.kernel.files.tables import Tables

scan = Tables(["fruit"], "MY_DATA").scan
"""


def test_the_page_on_claims_is_true_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PACKAGE / "docs" / "claims.md").read_text(encoding="utf-8")
    words, check, ledger = BLOCK.findall(text)
    site = tmp_path / "yoursite"
    for folder, name, content in (
        ("", "__init__.py", "from yoursite import data\n"),
        ("", "data.py", DATA),
        ("claims", "__init__.py", ""),
        ("claims/texts", "market.toml", words),
        ("claims/checks", "market.py", check),
    ):
        (site / folder).mkdir(parents=True, exist_ok=True)
        (site / folder / name).write_text(content, encoding="utf-8")
    pl.read_csv(PACKAGE / "data" / "fruit.csv").write_parquet(tmp_path / "fruit.parquet")
    monkeypatch.setenv("MY_DATA", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        made: dict[str, object] = {}
        exec(f"from yoursite import data\n{ledger}", made)
        found = made["ledger"].check("apples-lead")  # type: ignore[attr-defined]
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "yoursite"]:
            del sys.modules[name]
    assert found.verdict == "supported"
    assert found.as_of == "2024"


def test_formatters_that_the_page_on_cells_names_are_there() -> None:
    from livecells.kernel import wording

    text = (PACKAGE / "docs" / "cells.md").read_text(encoding="utf-8")
    listed = text[text.index("There are `thousands`") : text.index("The option `wording:")]
    names = re.findall(r"`(\w+)`", listed)
    assert names
    assert all(callable(getattr(wording, name)) for name in names)
