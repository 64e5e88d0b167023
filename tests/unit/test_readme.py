"""What the two READMEs name is there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
README = (TESTS / "README.md").read_text(encoding="utf-8")


def test_the_answers_are_files() -> None:
    paths = re.findall(r"^\| .*\? \| `([^`]+)` \|$", README, re.MULTILINE)
    assert len(paths) == len(set(paths)) == 12
    assert [path for path in paths if not (TESTS.parent / path).is_file()] == []


def test_locks_and_layers_are_there() -> None:
    named = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", README, re.MULTILINE)
    patterns = [name for names in named for name in re.findall(r"`([^`]+)`", names) if "/" in name]
    assert len(patterns) > len(list(TESTS.glob("*/"))) // 2
    assert [pattern for pattern in patterns if not list(TESTS.glob(pattern))] == []


def test_the_files_of_hard_parts_are_there() -> None:
    text = (TESTS.parent / "README.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:web|kernel|release)/[^` ]+\.(?:py|js))`", text)
    assert len(paths) > 5
    assert [path for path in paths if not (TESTS.parent / "py/livecells" / path).is_file()] == []
