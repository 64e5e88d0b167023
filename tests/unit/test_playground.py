"""Every starting point of the playground runs natively and shows something."""

import re
from pathlib import Path

import pytest

from chapters import ROOT, Cell, Run

PAGE = Path(__file__).parents[2] / "site" / "playground.md"
EXAMPLES = re.findall(r"^```example\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # examples open files as cells do, below `data/`


def test_there_are_ten() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize("source", EXAMPLES)
def test_a_starting_point_shows_something(source: str) -> None:
    assert Run("playground").execute(Cell("playground", "example", source.rstrip()))
