"""Thrift's compact protocol without a schema: the format of Parquet's footers.

Source: the specification in Apache Thrift's `doc/specs/thrift-compact-protocol.md`.
"""

import struct
from dataclasses import dataclass
from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)

MOST_NESTED = 32
"""Parquet's own structures nest half a dozen deep."""

Struct = dict[int, "Value"]
"""Fields by their number."""


class ThriftError(ValueError):
    """The bytes are not a Thrift structure."""


Span = tuple[int, int]
"""Where a value begins and ends in the bytes that were read."""


@dataclass
class Value:
    """A value and where it lies.

    Attributes:
        of: bool; int; float; bytes; `Items` for lists and sets; pairs of bare values for maps; or
            a `Struct`.
        span: Of its bytes, without the field's number and type.
    """

    of: Any
    span: Span


@dataclass
class Items:
    """The members of a list, bare, and where each lies."""

    values: list[Any]
    spans: list[Span]


def loads(content: bytes) -> Struct:
    """Read one structure.

    Raises:
        ThriftError: It is cut short, or not a structure.
    """
    try:
        return _Reader(content).struct(0)
    except (IndexError, struct.error) as error:
        msg = "the structure ends too early"
        raise ThriftError(msg) from error


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def struct(self, depth: int) -> Struct:
        if depth > MOST_NESTED:
            msg = "the structure is nested too deep"
            raise ThriftError(msg)
        fields: Struct = {}
        number = 0
        while head := self._byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._signed()
            start = self.at
            value = self._field(kind, depth + 1)
            fields[number] = Value(value, (start, self.at))
        return fields

    def _field(self, kind: int, depth: int) -> Any:
        return kind == TRUE if kind in (TRUE, FALSE) else self._value(kind, depth)

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (TRUE, FALSE):  # in a list these have a byte of their own
            return self._byte() == TRUE
        if kind == BYTE:
            return self._byte()
        if kind in (I16, I32, I64):
            return self._signed()
        if kind == DOUBLE:
            return struct.unpack("<d", self._take(8))[0]
        if kind == BINARY:
            return self._take(self._unsigned())
        if kind in (LIST, SET):
            return self._items(depth)
        if kind == MAP:
            return self._pairs(depth)
        if kind == STRUCT:
            return self.struct(depth)
        msg = f"no value has the type {kind}"
        raise ThriftError(msg)

    def _items(self, depth: int) -> Items:
        head = self._byte()
        size = head >> 4
        size = self._unsigned() if size == 15 else size
        self._check(size)
        items = Items([], [])
        for _ in range(size):
            start = self.at
            items.values.append(self._value(head & 15, depth))
            items.spans.append((start, self.at))
        return items

    def _pairs(self, depth: int) -> list[tuple[Any, Any]]:
        size = self._unsigned()
        self._check(size)
        types = self._byte() if size else 0
        return [
            (self._value(types >> 4, depth), self._value(types & 15, depth)) for _ in range(size)
        ]

    def _check(self, size: int) -> None:
        if size > len(self.content) - self.at:  # each member takes a byte at least
            msg = "a list is longer than the structure"
            raise ThriftError(msg)

    def _byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def _take(self, size: int) -> bytes:
        self._check(size)
        self.at += size
        return self.content[self.at - size : self.at]

    def _unsigned(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number
            if shift > 63:
                msg = "a number is too long"
                raise ThriftError(msg)

    def _signed(self) -> int:
        number = self._unsigned()
        return (number >> 1) ^ -(number & 1)


def list_head(size: int) -> bytes:
    """Write what stands before the members of a list of structures."""
    return bytes([size << 4 | STRUCT]) if size < 15 else bytes([15 << 4 | STRUCT]) + _varint(size)


def signed(number: int) -> bytes:
    """Write a non-negative integer of any width."""
    return _varint(number << 1)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
