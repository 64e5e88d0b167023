"""Made files on disk: made once for each key, and anew where they are altered or gone."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

from livecells.store import Store

KEY, OTHER = "a" * 64, "b" * 64


def test_files_made_in_one_go_are_made_again_when_one_is_altered(tmp_path: Path) -> None:
    make = Mock(return_value={"one": b"1", "part/two": b"2"})
    for calls, altered in ((1, "one"), (2, "part/two"), (3, "one")):
        for _ in range(2):
            kept = Store(tmp_path).keep_files(KEY, make)
            assert {name: path.read_bytes() for name, path in kept.items()} == make.return_value
            assert make.call_count == calls
        kept[altered].write_bytes(b"altered")


def test_a_single_store_has_the_files_of_the_last_key(tmp_path: Path) -> None:
    store = Store(tmp_path, is_single=True)
    first = store.keep_files(KEY, lambda: {"one": b"1", "two": b"2"})
    assert all(path.is_file() for path in first.values())
    second = store.keep_files(OTHER, lambda: {"one": b"3"})
    assert second["one"].read_bytes() == b"3"
    assert not any(path.exists() for path in first.values())
