"""Make the stand-ins of a module's first part functions of its own.

`wasm-split` imports a function for each one that is in the rest, 40,000 of Polars. A browser then
makes as many objects at each start. Here they become short functions of the module, which it
compiles when they are called: each asks for the rest, by one import, and calls what the rest has
put into its slot of the function table.
"""

from __future__ import annotations

from collections.abc import Iterator

PLACEHOLDERS = "placeholder.deferred"
"""The module from which wasm-split imports them, each by its place in the table."""

NEED = ("rest", "need")
"""The import that brings the rest."""

TYPE, IMPORT, FUNCTION, ELEMENT, CODE = 1, 2, 3, 9, 10
"""Numbers of sections."""

FUNC, TABLE, MEMORY, GLOBAL, TAG = range(5)
"""Kinds of imports and exports."""


class _Reader:
    """Reads WebAssembly's binary format."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    @property
    def is_at_end(self) -> bool:
        return self.at == len(self.content)

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]

    def number(self) -> int:
        value = shift = 0
        while (byte := self.content[self.at]) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
            self.at += 1
        self.at += 1
        return value | byte << shift

    def text(self) -> str:
        return self.bytes(self.number()).decode()

    def rest(self) -> bytes:
        return self.bytes(len(self.content) - self.at)


def within(module: bytes) -> bytes:
    """Return the module with its stand-ins within.

    Args:
        module: A first part as wasm-split writes it. The stand-ins are the last functions that it
            imports, so that all other functions keep their numbers, and stand in its table alone.
    """
    reader = _Reader(module)
    written = [reader.bytes(8)]
    sections = []
    while not reader.is_at_end:
        sections.append((reader.bytes(1)[0], reader.bytes(reader.number())))
    found = dict(sections)
    types = list(_types(_Reader(found[TYPE])))
    imports = _Imports(_Reader(found[IMPORT]))
    own = _Reader(found[FUNCTION]).number()
    first = len(imports.functions)
    # The import takes the first one's number, which moves to the end.
    moved = {first: first + len(imports.places) + own}
    (kind, first_place), *others = imports.places
    need = types.index(b"")
    kinds = [leb(one) for one, _ in others]
    bodies = [
        _body(types[kind], kind, place, first, imports.table_base)
        for kind, place in [*others, (kind, first_place)]
    ]
    changed = {
        IMPORT: imports.with_need(need),
        FUNCTION: _joined(found[FUNCTION], kinds, [leb(kind)]),
        ELEMENT: _renumbered(_Reader(found[ELEMENT]), moved),
        CODE: _joined(found[CODE], bodies[:-1], bodies[-1:]),
    }
    for number, content in sections:
        whole = changed.get(number, content)
        written.append(bytes([number]) + leb(len(whole)) + whole)
    return b"".join(written)


class _Imports:
    """The imports of a first part, its stand-ins apart."""

    def __init__(self, reader: _Reader) -> None:
        self.functions: list[bytes] = []
        self.others: list[bytes] = []
        self.places: list[tuple[int, int]] = []
        """Type and place of each stand-in."""
        self.table_base: int | None = None
        """Number of the global from which places count; a module that makes the table has none."""
        globals_seen = 0
        for _ in range(reader.number()):
            start = reader.at
            module, name, kind = reader.text(), reader.text(), reader.bytes(1)[0]
            described = _describe(reader, kind)
            if module == PLACEHOLDERS:
                self.places.append((described, int(name)))
                continue
            assert kind != FUNC or not self.places, "a stand-in is not among the last"
            into = self.functions if kind == FUNC else self.others
            into.append(reader.content[start : reader.at])
            if kind == GLOBAL:
                if name == "__table_base":
                    self.table_base = globals_seen
                globals_seen += 1

    def with_need(self, kind: int) -> bytes:
        need = b"".join(leb(len(name)) + name.encode() for name in NEED) + bytes([FUNC]) + leb(kind)
        all_of_them = [*self.functions, need, *self.others]
        return leb(len(all_of_them)) + b"".join(all_of_them)


def _describe(reader: _Reader, kind: int) -> int:
    """Read what an import is; returns the type of a function."""
    if kind in {GLOBAL, TAG}:
        reader.bytes(2 if kind == GLOBAL else 1)
        return reader.number() if kind == TAG else 0
    if kind == TABLE:
        reader.bytes(1)
    if kind != FUNC and reader.number() & 1:  # limits, with a greatest size
        reader.number()
    return reader.number()


def _types(reader: _Reader) -> Iterator[bytes]:
    """Yield what each type of function takes and gives; nothing for one that does neither."""
    for _ in range(reader.number()):
        assert reader.bytes(1) == b"\x60", "not a function's type"
        takes = reader.bytes(reader.number())
        gives = reader.bytes(reader.number())
        yield leb(len(takes)) + takes + gives if takes or gives else b""


def _body(type_: bytes, kind: int, place: int, need: int, table_base: int | None) -> bytes:
    """Write a stand-in: bring the rest, then call what is in its place with the same values."""
    values = range(_Reader(type_).number() if type_ else 0)
    slot = b"\x41" + _signed(place)
    if table_base is not None:
        slot = b"\x23" + leb(table_base) + slot + b"\x6a"  # counted from there
    passed = b"".join(b"\x20" + leb(value) for value in values)
    body = b"\0\x10" + leb(need) + passed + slot + b"\x11" + leb(kind) + b"\0\x0b"
    return leb(len(body)) + body


def _joined(content: bytes, before: list[bytes], after: list[bytes]) -> bytes:
    """Add entries before and after those of a section."""
    reader = _Reader(content)
    count = reader.number() + len(before) + len(after)
    return leb(count) + b"".join(before) + reader.rest() + b"".join(after)


def _renumbered(reader: _Reader, moved: dict[int, int]) -> bytes:
    """Give functions in a section of elements their new numbers."""
    count = reader.number()
    written = [leb(count)]
    for _ in range(count):
        assert reader.number() == 0, "not a plain part of the function table"
        start = reader.at
        while reader.bytes(1) != b"\x0b":  # the end of the expression that says where it begins
            reader.number()
        written.append(b"\0" + reader.content[start : reader.at])
        numbers = [reader.number() for _ in range(reader.number())]
        written.append(leb(len(numbers)))
        written += [leb(moved.get(number, number)) for number in numbers]
    return b"".join(written)


def leb(value: int) -> bytes:
    """Write a number as WebAssembly does."""
    low, more = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + leb(more) if more else bytes([low])


def _signed(value: int) -> bytes:
    low, more = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _signed(more) if more or low & 0x40 else bytes([low])
