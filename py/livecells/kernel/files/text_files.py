"""How a text file of rows is to be read: found from its first bytes, unless the reader has chosen.

Whatever is chosen ends in the line that a cell needs to read the file; nothing is read another way.
"""

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from livecells.kernel.files.text_columns import FINDERS, Chosen, Columns, Point, point_of, quoted

SNIFFED = 262_144
"""Bytes looked at."""

SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "shift_jis",
    "gb18030",
    "big5",
    "euc-kr",
)
EAST_ASIAN = {
    "shift_jis": (r"[\u3040-\u30ff]", 0.2),
    "euc-kr": (r"[\uac00-\ud7a3]", 0.9),
    "gb18030": (r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uff5e]", 0.9),
}
"""Encodings of two bytes a character, and the share of characters that speaks for them."""

PLAIN = ("skip_rows", "eol_char", "encoding", "separator")
"""Options that say where values are, and nothing of what they are."""


class NotTextError(ValueError):
    """A file is not a text file; the message says where."""


@dataclass(frozen=True)
class Reading:
    """How a file is read.

    Attributes:
        start: Imports that `source` needs.
        source: Python for its place or bytes.
        options: Of `pl.read_csv`, as Python.
        changes: Expressions for columns that are converted afterwards.
        points: What was found or chosen.
    """

    start: str
    source: str
    options: dict[str, str]
    changes: list[str]
    points: list[Point]

    def code(self, **more: str) -> str:
        """Write the line that reads the file, with further options."""
        options = "".join(f", {name}={text}" for name, text in {**self.options, **more}.items())
        line = f"pl.read_csv({self.source}{options})"
        if self.changes:
            line += ".with_columns(\n    " + ",\n    ".join(self.changes) + ",\n)"
        return f"{self.start}import polars as pl\nown = {line}"

    def plain(self) -> str:
        """Write the line that reads every column as text, for what nothing else can read."""
        options = {name: text for name, text in self.options.items() if name in PLAIN}
        return Reading(self.start, self.source, options, [], self.points).code(infer_schema="False")


def look(path: str, chosen: Chosen) -> Reading:
    """Find out how a file is to be read.

    Args:
        path: Of the file, perhaps packed.
        chosen: Values of points that the reader has chosen.

    Raises:
        NotTextError: It is not a text file.
    """
    try:
        head = _head(path)
        encoding = chosen.get("encoding") or _encoding(path, head)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        msg = f"is packed, and damaged: {error}"
        raise NotTextError(msg) from error
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    options: dict[str, str] = {}
    if mark := re.match(r"sep=(.)\r?\n", text):  # what Excel writes for itself
        options["skip_rows"] = "1"
        text = text[mark.end() :]
    if "\n" not in text and "\r" in text:
        options["eol_char"] = '"\\r"'
    lines = text.splitlines()
    if len(head) == SNIFFED:
        lines = lines[:-1]
    separator = chosen.get("separator") or (mark[1] if mark else _separator(lines))
    columns = _columns(lines, separator)
    if encoding != "utf-8":
        options["encoding"] = json.dumps(encoding)
    if separator != ",":
        options["separator"] = json.dumps(separator)
    points: list[Point] = [
        point_of("encoding", encoding, ENCODINGS),
        point_of("separator", separator, SEPARATORS),
    ]
    changes: list[str] = []
    for find in FINDERS:
        point = find(columns, chosen, options, changes)
        if point:
            points.append(point)
    start, source = ("", quoted(path)) if encoding == "utf-8" else unpacked(path)
    return Reading(start, source, options, changes, points)


def unpacked(path: str) -> tuple[str, str]:
    """Write Python for the place of a file, or for its bytes where they are packed.

    Returns:
        The imports that are needed, and the expression.
    """
    if not is_gzip(path):
        return "", quoted(path)
    imports = "import gzip\nfrom pathlib import Path\n"
    return imports, f"gzip.decompress(Path({quoted(path)}).read_bytes())"


def is_gzip(path: str) -> bool:
    """Return whether a file is packed by gzip, whatever its name says."""
    with Path(path).open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _open(path: str) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path) if is_gzip(path) else Path(path).open("rb"))


def _head(path: str) -> bytes:
    if path.endswith(".zst"):
        import polars as pl

        options: dict[str, Any] = {"has_header": False, "infer_schema": False, "n_rows": 1000}
        lines = pl.read_csv(path, separator="\x01", quote_char=None, **options)
        return "\n".join(lines.to_series().fill_null("")).encode()
    with _open(path) as file:
        return file.read(SNIFFED)


def _encoding(path: str, head: bytes) -> str:
    """Find the encoding; UTF-8 is proved over the whole file, which is never decoded at once.

    Raises:
        NotTextError: There are null bytes that no encoding explains.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        for encoding, nulls in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if nulls.count(0) > len(nulls) // 2:
                return encoding
        line = head.count(b"\n", 0, head.index(0)) + 1
        msg = f"is not a text file: byte 0 in line {line}"
        raise NotTextError(msg)
    if path.endswith(".zst"):
        return "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _open(path) as file:
            while block := file.read(SNIFFED):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _older(head)
    return "utf-8"


def _older(head: bytes) -> str:
    """Guess among the encodings from before Unicode."""
    letters = re.findall(rb"[A-Za-z\x80-\xff]", head)
    high = [letter for letter in letters if letter >= b"\x80"]
    if len(high) <= len(letters) * 0.4:  # some letters among Latin ones
        try:
            head.decode("windows-1252")
        except UnicodeDecodeError:
            return "iso-8859-1"  # which has a character for every byte
        return "windows-1252"
    if sum(letter >= b"\xe0" for letter in high) <= len(high) * 0.6:  # small Cyrillic letters
        for encoding, (proof, share) in EAST_ASIAN.items():
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            strange = [letter for letter in decoder.decode(head) if ord(letter) > 127]
            if "\ufffd" not in strange and len(strange) * share < sum(
                re.match(proof, letter) is not None for letter in strange
            ):
                return encoding
    return "windows-1251"


def _separator(lines: list[str]) -> str:
    """Find the character that makes most lines equally wide."""

    def evenness(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines[:50], delimiter=separator) if row]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0, usual)

    try:
        return max(SEPARATORS, key=evenness)
    except csv.Error:
        return max(SEPARATORS, key="".join(lines[:1]).count)


def _columns(lines: list[str], separator: str) -> Columns:
    """Return the values of the first rows by column, without empty ones."""
    try:
        heads, *rows = [row for row in csv.reader(lines, delimiter=separator) if row] or [[]]
    except csv.Error:
        return {}
    return {
        head: [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
        for place, head in enumerate(heads)
    }


def uneven(path: str, encoding: str, separator: str) -> str:
    """Find the first line that has another number of values than the head."""
    with _open(path) as file:
        lines = csv.reader(
            io.TextIOWrapper(file, encoding, "replace", newline=""), delimiter=separator
        )
        try:
            width = len(next(lines, []))
            for values in lines:
                if values and len(values) != width:
                    return f"line {lines.line_num} has {len(values)} values, the head has {width}"
        except (csv.Error, EOFError, zlib.error) as error:
            return f"line {lines.line_num}: {error}"
    return ""
