"""Parts of Parquet files: where columns of row groups lie, and a smaller file made of them.

The smaller file has a footer of its own and is read by any reader. All columns stay in its schema;
those that were left out point to nothing and must not be asked for.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from livecells.kernel import thrift
from livecells.kernel.thrift import I64, Items, Struct, ThriftError, Value

MAGIC = b"PAR1"
TAIL = 8
"""Bytes at the end: the size of the footer and `MAGIC`."""

Span = tuple[int, int]
"""Start and end of a part of a file, in bytes."""

ReadSpan = Callable[[int, int], bytes]
"""Gives the bytes from a start to an end."""

# Numbers of fields, from parquet.thrift of Apache Parquet's format.
ROWS, GROUPS = 3, 4
COLUMNS, GROUP_BYTES, GROUP_ROWS, GROUP_OFFSET, GROUP_COMPRESSED = 1, 2, 3, 5, 6
CHUNK_FILE, CHUNK_OFFSET, CHUNK_META = 1, 2, 3
INDEX_FIELDS = (4, 5, 6, 7)  # page indexes, which lie outside of the chunk
PATH, COMPRESSED, DATA_PAGE, INDEX_PAGE, DICTIONARY_PAGE, STATISTICS, BLOOM = (
    3,
    7,
    9,
    10,
    11,
    12,
    14,
)
BLOOM_BYTES = 15
NULLS, MAX, MIN = 3, 5, 6


NONE = Value(0, None)

T = TypeVar("T")


class ParquetError(ValueError):
    """The file is no Parquet file, or of a kind that cannot be read in parts."""


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
        self._fields = fields
        try:
            self._groups: list[Struct] = fields[GROUPS].of.values
            self.rows = [int(group[GROUP_ROWS].of) for group in self._groups]
            for group in self._groups:
                for chunk in _chunks(group):
                    _check_chunk(chunk)
        except ParquetError:
            raise
        except (KeyError, AttributeError, TypeError, IndexError, ValueError) as error:
            msg = "its footer is none of Parquet's"
            raise ParquetError(msg) from error

    @classmethod
    def read(cls, size: int, read: ReadSpan) -> "Footer":
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

    def spans(self, groups: Iterable[int], columns: Iterable[str]) -> list[Span]:
        """Where some columns of some row groups lie, in the order of the file."""
        wanted = set(columns)
        chunks = (chunk for number in groups for chunk in _chunks(self._groups[number]))
        return sorted(_span(chunk) for chunk in chunks if _column(chunk) in wanted)

    def cut(self, groups: Sequence[int], columns: Iterable[str], read: ReadSpan) -> bytes:
        """Make a Parquet file of some columns of some row groups, in the order given."""
        wanted = set(columns)
        out = bytearray(MAGIC)
        kept = []
        for number in groups:
            group = dict(self._groups[number])
            chunks = [
                _moved(chunk, out, read) if _column(chunk) in wanted else _emptied(chunk)
                for chunk in _chunks(group)
            ]
            group[COLUMNS] = Value(thrift.LIST, Items(thrift.STRUCT, chunks))
            group.pop(GROUP_OFFSET, None)
            kept.append(group)
        rows = sum(self.rows[number] for number in groups)
        fields = self._fields | {
            ROWS: Value(I64, rows),
            GROUPS: Value(thrift.LIST, Items(thrift.STRUCT, kept)),
        }
        footer = thrift.dumps(fields)
        return bytes(out) + footer + struct.pack("<I", len(footer)) + MAGIC


def _chunks(group: Struct) -> list[Struct]:
    found: list[Struct] = group[COLUMNS].of.values
    return found


def _check_chunk(chunk: Struct) -> None:
    if CHUNK_FILE in chunk:
        msg = "its columns lie in other files"
        raise ParquetError(msg)
    start, end = _span(chunk)
    if not 0 < start <= end:
        msg = "its columns lie outside of it"
        raise ParquetError(msg)
    _column(chunk)


def _column(chunk: Struct) -> str:
    """The top-level column that a chunk belongs to."""
    path: list[bytes] = chunk[CHUNK_META].of[PATH].of.values
    return path[0].decode(errors="replace")


def _span(chunk: Struct) -> Span:
    meta: Struct = chunk[CHUNK_META].of
    start = int(meta[DATA_PAGE].of)
    dictionary = meta.get(DICTIONARY_PAGE)
    if dictionary and 0 < dictionary.of < start:
        start = int(dictionary.of)
    return start, start + int(meta[COMPRESSED].of)


def _moved(chunk: Struct, out: bytearray, read: ReadSpan) -> Struct:
    """Append a chunk's bytes to `out`, and say where they lie now."""
    start, end = _span(chunk)
    meta = _bare(chunk)
    shift = len(out) - start
    for field in (DATA_PAGE, DICTIONARY_PAGE):
        if field in meta:
            meta[field] = Value(I64, meta[field].of + shift if meta[field].of else 0)
    out += read(start, end)
    return _with_meta(chunk, meta)


def _emptied(chunk: Struct) -> Struct:
    meta = _bare(chunk)
    meta[DATA_PAGE] = Value(I64, len(MAGIC))
    meta[COMPRESSED] = Value(I64, 0)
    meta.pop(DICTIONARY_PAGE, None)
    return _with_meta(chunk, meta)


def _bare(chunk: Struct) -> Struct:
    """What a chunk says of itself, without what points to other parts of the file."""
    meta = dict(chunk[CHUNK_META].of)
    for field in (INDEX_PAGE, BLOOM, BLOOM_BYTES):
        meta.pop(field, None)
    return meta


def _with_meta(chunk: Struct, meta: Struct) -> Struct:
    other = {number: value for number, value in chunk.items() if number not in INDEX_FIELDS}
    return other | {CHUNK_OFFSET: Value(I64, 0), CHUNK_META: Value(thrift.STRUCT, meta)}


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
