"""Packs keep files as they are, in a fixed order, and refuse paths that lead outside."""

from __future__ import annotations

import struct

import pytest
import zstandard

from livecells.runtime import packs, zstd

FILES = {"b/two.txt": b"two", "a.txt": b"", "b/ä.bin": bytes(range(256))}


def test_what_goes_in_comes_out() -> None:
    assert packs.split(packs.join(FILES)) == FILES


def test_order_of_the_input_does_not_matter() -> None:
    assert packs.join(FILES) == packs.join(dict(reversed(FILES.items())))


def test_the_format_is_the_one_that_boot_reads() -> None:
    head = b'{"files":[["a",0,2]],"lazy":{"cold":[["b",3]]}}'
    pack = packs.join({"a": b"xy"}, lazy={"cold": {"b": 3}})
    assert pack == struct.pack("<I", len(head)) + head + b"xy"


def test_squeezed_twice_it_is_the_same_and_tells_its_size() -> None:
    pack = packs.join(FILES)
    squeezed = zstd.squeeze(pack)
    assert squeezed == zstd.squeeze(pack)
    assert zstandard.frame_content_size(squeezed) == len(pack)
    assert packs.split(zstandard.ZstdDecompressor().decompress(squeezed)) == FILES


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../b", ""])
def test_paths_that_lead_outside_are_refused(path: str) -> None:
    with pytest.raises(packs.PackError, match="not a path inside"):
        packs.join({path: b""})


@pytest.mark.parametrize("cut", [0, 3, 5, -1])
def test_a_cut_pack_is_refused(cut: int) -> None:
    with pytest.raises(packs.PackError):
        packs.split(packs.join(FILES)[:cut])
