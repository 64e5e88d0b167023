"""Reads the footer of a Parquet file: where columns of row groups lie, and their statistics."""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from livecells.kernel import thrift
from livecells.kernel.thrift import Struct, ThriftError, Value

MAGIC = b"PAR1"
TAIL = 8
"""Bytes at the end: the size of the footer and `MAGIC`."""

Range = tuple[int, int]
"""Start and end of a range of a file, in bytes."""

ReadRange = Callable[[int, int], bytes]
"""Returns the bytes from a start to an end."""

# Numbers of fields, from parquet.thrift of Apache Parquet's format.
GROUPS = 4
COLUMNS, GROUP_ROWS = 1, 3
CHUNK_FILE, CHUNK_META = 1, 3
PATH, COMPRESSED, DATA_PAGE, DICTIONARY_PAGE, STATISTICS = 3, 7, 9, 11, 12
NULLS, MAX, MIN = 3, 5, 6


NONE = Value(0, None)

T = TypeVar("T")


class ParquetError(ValueError):
    """The file is not a Parquet file, or of a kind that cannot be read in ranges."""


@dataclass(frozen=True)
class Statistics:
    """What a footer says of one column of one row group; None is "not known".

    Attributes:
        least: A lower bound, encoded as the column's values are.
        most: An upper bound.
        nulls: How many rows are null.
    """

    least: bytes | None
    most: bytes | None
    nulls: int | None


class Footer:
    """The directory at the end of a Parquet file."""

    def __init__(self, fields: Struct) -> None:
        try:
            self._groups: list[Struct] = fields[GROUPS].of.values
            self.rows = [int(group[GROUP_ROWS].of) for group in self._groups]
            for group in self._groups:
                for chunk in _chunks(group):
                    _check_chunk(chunk)
        except ParquetError:
            raise
        except (KeyError, AttributeError, TypeError, IndexError, ValueError) as error:
            msg = "its footer is not a Parquet footer"
            raise ParquetError(msg) from error

    @classmethod
    def read(cls, size: int, read: ReadRange) -> "Footer":
        """Read the footer of a file of `size` bytes.

        Raises:
            ParquetError: It has none.
        """
        tail = read(size - TAIL, size) if size >= TAIL + len(MAGIC) else b""
        if tail[4:] != MAGIC:
            msg = "it does not end as Parquet files do"
            raise ParquetError(msg)
        end = size - TAIL
        start = end - struct.unpack("<I", tail[:4])[0]
        if start < len(MAGIC):
            msg = "its footer is longer than the file"
            raise ParquetError(msg)
        try:
            return cls(thrift.loads(read(start, end)))
        except ThriftError as error:
            msg = f"its footer cannot be read: {error}"
            raise ParquetError(msg) from error

    def statistics(self, column: str) -> list[Statistics]:
        """What is known of a top-level column that holds single values, one entry a row group."""
        return [_statistics(group, column) for group in self._groups]

    def ranges(self, groups: Iterable[int], columns: Iterable[str]) -> list[Range]:
        """Where some columns of some row groups lie, in the order of the file."""
        wanted = set(columns)
        chunks = (chunk for number in groups for chunk in _chunks(self._groups[number]))
        return sorted(_range_of(chunk) for chunk in chunks if _column(chunk) in wanted)

    def slices(self, groups: Sequence[int]) -> list[tuple[int, int]]:
        """Return the rows of some row groups as offset and length, neighbours joined.

        Args:
            groups: Their numbers in ascending order; none gives an empty slice.
        """
        starts = list(accumulate(self.rows, initial=0))
        joined: list[tuple[int, int]] = []
        for number in groups:
            start, length = starts[number], self.rows[number]
            if joined and sum(joined[-1]) == start:
                start, length = joined[-1][0], joined[-1][1] + length
                joined.pop()
            joined.append((start, length))
        return joined or [(0, 0)]


def _chunks(group: Struct) -> list[Struct]:
    found: list[Struct] = group[COLUMNS].of.values
    return found


def _check_chunk(chunk: Struct) -> None:
    if CHUNK_FILE in chunk:
        msg = "its columns lie in other files"
        raise ParquetError(msg)
    start, end = _range_of(chunk)
    if not 0 < start <= end:
        msg = "its columns lie outside of it"
        raise ParquetError(msg)
    _column(chunk)


def _column(chunk: Struct) -> str:
    """The top-level column that a chunk belongs to."""
    path: list[bytes] = chunk[CHUNK_META].of[PATH].of.values
    return path[0].decode(errors="replace")


def _range_of(chunk: Struct) -> Range:
    meta: Struct = chunk[CHUNK_META].of
    start = int(meta[DATA_PAGE].of)
    dictionary = meta.get(DICTIONARY_PAGE)
    if dictionary and 0 < dictionary.of < start:
        start = int(dictionary.of)
    return start, start + int(meta[COMPRESSED].of)


def _statistics(group: Struct, column: str) -> Statistics:
    for chunk in _chunks(group):
        meta: Struct = chunk[CHUNK_META].of
        if _column(chunk) != column or len(meta[PATH].of.values) > 1 or STATISTICS not in meta:
            continue
        known = meta[STATISTICS].of
        if isinstance(known, dict):
            least, most, nulls = (known.get(field, NONE).of for field in (MIN, MAX, NULLS))
            return Statistics(_if_a(bytes, least), _if_a(bytes, most), _if_a(int, nulls))
    return Statistics(None, None, None)


def _if_a(kind: type[T], value: object) -> T | None:
    return value if isinstance(value, kind) else None
