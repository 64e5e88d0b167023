"""Reads the footer of a Parquet file: where columns of row groups lie, and their statistics."""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from livecells.kernel.remote import thrift
from livecells.kernel.remote.thrift import Struct, ThriftError, Value

MAGIC = b"PAR1"
TAIL = 8
"""Bytes at the end: the size of the footer and `MAGIC`."""

Range = tuple[int, int]
"""Start and end of a range of a file, in bytes."""

ReadRange = Callable[[int, int], bytes]
"""Returns the bytes from a start to an end."""

# Numbers of fields, from parquet.thrift of Apache Parquet's format.
ROWS, GROUPS = 3, 4
COLUMNS, GROUP_ROWS = 1, 3
CHUNK_FILE, CHUNK_META = 1, 3
PATH, COMPRESSED, DATA_PAGE, DICTIONARY_PAGE, STATISTICS = 3, 7, 9, 11, 12
NULLS, MAX, MIN = 3, 5, 6


NONE = Value(None, (0, 0))

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

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        try:
            self._fields = fields = thrift.loads(raw)
            self._groups: list[Struct] = fields[GROUPS].of.values
            self.rows = [int(group[GROUP_ROWS].of) for group in self._groups]
            for group in self._groups:
                for chunk in _chunks(group):
                    _check_chunk(chunk)
        except ParquetError:
            raise
        except ThriftError as error:
            msg = f"its footer cannot be read: {error}"
            raise ParquetError(msg) from error
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
        return cls(read(start, end))

    def statistics(self, column: str) -> list[Statistics]:
        """What is known of a top-level column that holds single values, one entry a row group."""
        return [_statistics(group, column) for group in self._groups]

    def ranges(self, groups: Iterable[int], columns: Iterable[str]) -> list[Range]:
        """Where some columns of some row groups lie, in the order of the file."""
        wanted = set(columns)
        chunks = (chunk for number in groups for chunk in _chunks(self._groups[number]))
        return sorted(_range_of(chunk) for chunk in chunks if _column(chunk) in wanted)

    def tail(self, groups: Sequence[int] | None = None) -> bytes:
        """Return the end of the file, with some row groups only; their columns lie where they lay.

        Args:
            groups: Their numbers in ascending order; all by default.
        """
        footer = self._raw if groups is None else self._with(groups)
        return footer + struct.pack("<I", len(footer)) + MAGIC

    def _with(self, groups: Sequence[int]) -> bytes:
        listed, rows = self._fields[GROUPS], self._fields[ROWS]
        return b"".join(
            [
                self._raw[: rows.span[0]],
                thrift.signed(sum(self.rows[number] for number in groups)),
                self._raw[rows.span[1] : listed.span[0]],
                thrift.list_head(len(groups)),
                *(self._raw[slice(*listed.of.spans[number])] for number in groups),
                self._raw[listed.span[1] :],
            ]
        )


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
