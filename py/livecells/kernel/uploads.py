"""Files that the reader adds: what is in them, how a cell reads them, what they replace."""

import csv
import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from livecells.kernel import rows

PREVIEW_ROWS = 8
SNIFFED = 65_536
"""Bytes looked at to tell which character parts the columns."""

CSV, NDJSON, JSON, PARQUET, IPC, EXCEL = "csv", "ndjson", "json", "parquet", "ipc", "excel"
FORMATS = {
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": CSV,
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
    ".json": JSON,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".arrow": IPC,
    ".feather": IPC,
    ".ipc": IPC,
    ".xlsx": EXCEL,
}


class Problem(TypedDict):
    """Why a file is of no use, in a sentence."""

    problem: str


class Preview(TypedDict):
    """What is in a file, and the lines that read it."""

    page: rows.Page
    code: str


class UploadError(ValueError):
    """A file cannot be read; the message is a sentence for the reader."""


def preview(path: str) -> Preview | Problem:
    """Preview a file that the reader has added.

    Args:
        path: Where it lies; its ending tells the format.
    """
    try:
        call, frame = _read(path)
        page = rows.page(frame, 0, PREVIEW_ROWS)
    except UploadError as error:
        return {"problem": str(error)}
    return {"page": page, "code": f"import polars as pl\nown = {call}"}


def replace(path: str, dataset: str) -> Problem | None:
    """Replace a Parquet file that cells read by a file that the reader has added.

    Args:
        path: The reader's file.
        dataset: The Parquet file; its columns must all be there, in any order, in types that can
            be converted without loss.
    """
    import polars as pl

    try:
        _, frame = _read(path)
        fitted = _fitted(frame, pl.read_parquet_schema(dataset), path)
    except UploadError as error:
        return {"problem": str(error)}
    Path(dataset).unlink()
    fitted.write_parquet(dataset)
    return None


def _fitted(frame: Any, schema: Any, path: str) -> Any:
    import polars as pl

    missing = [name for name in schema if name not in frame.columns]
    if missing:
        has = ", ".join(frame.columns)
        msg = f"{_name(path)} lacks the columns {', '.join(missing)}; it has {has}"
        raise UploadError(msg)
    return pl.DataFrame(_converted(frame[name], dtype, path) for name, dtype in schema.items())


def _converted(column: Any, dtype: Any, path: str) -> Any:
    import polars as pl

    try:
        if column.dtype == pl.String and dtype.is_temporal():
            return column.str.strptime(dtype)
        return column.cast(dtype)
    except pl.exceptions.PolarsError as error:
        wanted = "Enum" if isinstance(dtype, pl.Enum) else str(dtype)
        reason = str(error).partition("\n")[0]
        msg = f"column {column.name} of {_name(path)} is no {wanted}: {reason}"
        raise UploadError(msg) from error


def _read(path: str) -> tuple[str, Any]:
    """Read a file whole.

    Returns:
        The call that does it, as a cell has to write it, and the frame.
    """
    form = FORMATS.get(Path(path).suffix.lower())
    if form is None:
        endings = ", ".join(FORMATS)
        msg = f"{_name(path)} is of no kind that can be read here: {endings}"
        raise UploadError(msg)
    try:
        if Path(path).stat().st_size == 0:
            msg = f"{_name(path)} is empty"
            raise UploadError(msg)
        return _csv(path) if form == CSV else _other(path, form)
    except OSError as error:
        msg = f"{_name(path)} can no longer be read: it was moved or changed on disk; add it again"
        raise UploadError(msg) from error


def _other(path: str, form: str) -> tuple[str, Any]:
    import polars as pl

    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        NDJSON: ("pl.read_ndjson({})", pl.read_ndjson),
        JSON: ("pl.read_json({})", pl.read_json),
        PARQUET: ("pl.read_parquet({})", pl.read_parquet),
        IPC: ("pl.read_ipc({})", lambda name: pl.read_ipc(io.BytesIO(Path(name).read_bytes()))),
        EXCEL: ('pl.read_excel({}, engine="openpyxl")', _excel),
    }
    call, read = readers[form]
    frame, reason = _attempt(lambda: read(path))
    if frame is None:
        msg = f"{_name(path)} is no {form} file that can be read: {reason}"
        raise UploadError(msg)
    return call.format(f'"{path}"'), frame


def _attempt(read: Callable[[], Any]) -> tuple[Any, str]:
    """Return what was read, or raise with the reason why it could not be."""
    try:
        return read(), ""
    except (OSError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a damaged file can make Polars panic
        return None, str(error).strip().partition("\n")[0]


def _excel(path: str) -> Any:
    import polars as pl

    return pl.read_excel(path, engine="openpyxl")


def _csv(path: str) -> tuple[str, Any]:
    import polars as pl

    content = Path(path).read_bytes()
    options: dict[str, Any] = {}
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if b"\0" in content[:SNIFFED]:
            msg = f"{_name(path)} is not a text file: byte 0 in line {line}"
            raise UploadError(msg) from error
        options["encoding"] = "windows-1252"  # what old spreadsheets write
    separator = _separator(content)
    if separator != ",":
        options["separator"] = separator
    options["try_parse_dates"] = True
    attempts: list[dict[str, Any]] = [options, {**options, "infer_schema_length": None}]
    reason = ""
    for attempt in attempts:
        frame, reason = _attempt(functools.partial(pl.read_csv, path, **attempt))
        if frame is not None:
            given = "".join(f", {key}={value!r}" for key, value in attempt.items())
            return f'pl.read_csv("{path}"{given})'.replace("'", '"'), frame
    msg = f"{_name(path)} is not a table: {_uneven(content, separator) or reason}"
    raise UploadError(msg)


def _separator(content: bytes) -> str:
    """Return the character that separates columns: the most frequent one of the first line."""
    head = content[:SNIFFED].decode("utf-8", "replace").partition("\n")[0]
    return max(",;\t|", key=head.count)


def _uneven(content: bytes, separator: str) -> str:
    """Find the first line that has another number of values than the head."""
    lines = csv.reader(io.StringIO(content.decode("utf-8", "replace")), delimiter=separator)
    try:
        width = len(next(lines, []))
        for values in lines:
            if values and len(values) != width:
                return f"line {lines.line_num} has {len(values)} values, the head has {width}"
    except csv.Error as error:
        return f"line {lines.line_num}: {error}"
    return ""


def _name(path: str) -> str:
    return Path(path).name
