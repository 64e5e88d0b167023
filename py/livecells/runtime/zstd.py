"""Compression of what travels: zstd, which packs a third tighter than gzip and unpacks faster.

No browser unpacks it by itself; `web/vendor/zstd.js` brings a decoder.
"""

from __future__ import annotations

import zstandard

LEVEL = 19
"""From here on time doubles and nothing gets smaller."""

WINDOW_LOG = 23
"""The decoder's window, 8 MiB; it must hold one in memory while it streams."""


def squeeze(content: bytes) -> bytes:
    """Compress; equal content gives equal bytes.

    Returns:
        One frame that names its unpacked size.
    """
    parameters = zstandard.ZstdCompressionParameters.from_level(LEVEL, window_log=WINDOW_LOG)
    return zstandard.ZstdCompressor(compression_params=parameters).compress(content)


def unsqueeze(content: bytes) -> bytes:
    """Unpack what `squeeze` gave."""
    return zstandard.ZstdDecompressor().decompress(content)


def unpacked_size(content: bytes) -> int:
    """Return the size in bytes that a frame of `squeeze` names."""
    return int(zstandard.frame_content_size(content))
