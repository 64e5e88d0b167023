"""Packs keep files as they are, in a fixed order, and refuse paths that lead outside."""

from __future__ import annotations

import gzip
import struct

import pytest

from livecells.build import packs

FILES = {"b/two.txt": b"two", "a.txt": b"", "b/ä.bin": bytes(range(256))}


def test_what_goes_in_comes_out() -> None:
    assert packs.split(packs.join(FILES)) == FILES


def test_order_of_the_input_does_not_matter() -> None:
    assert packs.join(FILES) == packs.join(dict(reversed(FILES.items())))


def test_the_format_is_the_one_that_boot_reads() -> None:
    assert packs.join({"a": b"xy"}) == struct.pack("<I", 11) + b'[["a",0,2]]' + b"xy"


def test_no_date_in_the_gzip() -> None:
    squeezed = packs.squeeze(packs.join(FILES))
    assert squeezed[4:8] == b"\0\0\0\0"
    assert packs.split(gzip.decompress(squeezed)) == FILES


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../b", ""])
def test_paths_that_lead_outside_are_refused(path: str) -> None:
    with pytest.raises(packs.PackError, match="not a path inside"):
        packs.join({path: b""})


@pytest.mark.parametrize("cut", [0, 3, 5, -1])
def test_a_cut_pack_is_refused(cut: int) -> None:
    with pytest.raises(packs.PackError):
        packs.split(packs.join(FILES)[:cut])
