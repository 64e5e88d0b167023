"""Files that the reader adds: what is in them, how a cell reads them, what they replace."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from livecells.kernel.display import rows
from livecells.kernel.files import text_files
from livecells.kernel.files.text_columns import Chosen, Point, quoted

PREVIEW_ROWS = 8

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
    ".arrows": IPC,
    ".feather": IPC,
    ".ipc": IPC,
    ".xlsx": EXCEL,
}
PACKED = (".gz", ".zst")
"""Endings after that of a text format."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How old Office files begin, and new ones with a password."""

MOST_REASON = 300
"""Characters of what Polars says of a file."""


class Problem(TypedDict):
    """Why a file is of no use, in a sentence."""

    problem: str


class Preview(TypedDict):
    """What is in a file, the lines that read it, and what they rest on."""

    page: rows.Page
    code: str
    points: list[Point]


class UploadError(ValueError):
    """A file cannot be read; the message is a sentence for the reader."""


def preview(path: str, chosen: Chosen | None = None) -> Preview | Problem:
    """Preview a file that the reader has added.

    Args:
        path: Where it lies; its ending tells the format.
        chosen: What the reader has chosen of the points of an earlier preview.
    """
    try:
        code, frame, points = _read(path, chosen or {})
        page = rows.page(frame, 0, PREVIEW_ROWS)
    except UploadError as error:
        return {"problem": str(error)}
    return {"page": page, "code": code, "points": points}


def replace(path: str, dataset: str) -> Problem | None:
    """Replace a Parquet file that cells read by a file that the reader has added.

    Args:
        path: The reader's file.
        dataset: The Parquet file; its columns must all be there, in any order, in types that can
            be converted without loss.
    """
    import polars as pl

    try:
        _, frame, _ = _read(path, {})
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
        msg = f"column {column.name} of {_name(path)} is not {wanted}: {reason}"
        raise UploadError(msg) from error


Read = tuple[str, Any, list[Point]]
"""The lines that read a file into `own`, the frame, and what they rest on."""


def _read(path: str, chosen: Chosen) -> Read:
    endings = [ending.lower() for ending in Path(path).suffixes]
    is_packed = endings[-1:] in ([ending] for ending in PACKED)
    form = FORMATS.get(endings[-2 if is_packed and len(endings) > 1 else -1] if endings else "")
    if form is None or (is_packed and form not in (CSV, NDJSON, JSON)):
        msg = f"{_name(path)} is of no kind that can be read here: {', '.join(FORMATS)}"
        raise UploadError(msg)
    try:
        if Path(path).stat().st_size == 0:
            msg = f"{_name(path)} is empty"
            raise UploadError(msg)
        return READERS[form](path, chosen)
    except OSError as error:
        msg = f"{_name(path)} can no longer be read: it was moved or changed on disk; add it again"
        raise UploadError(msg) from error


def _first(path: str, kind: str, attempts: Iterator[str]) -> tuple[str, Any]:
    """Run ways to read a file until one works.

    Raises:
        UploadError: None does; with the reason of the first.
    """
    reasons = []
    for code in attempts:
        names: dict[str, Any] = {}
        try:
            exec(code, names)
        except (OSError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a damaged file can make Polars panic
            reasons.append(" ".join(str(error).split())[:MOST_REASON])
        else:
            return code, names["own"]
    msg = f"{_name(path)} is not {kind} that can be read: {reasons[0]}"
    raise UploadError(msg)


def _csv(path: str, chosen: Chosen) -> Read:
    try:
        reading = text_files.look(path, chosen)
    except text_files.NotTextError as error:
        msg = f"{_name(path)} {error}"
        raise UploadError(msg) from error
    separator, encoding = (
        next(point["value"] for point in reading.points if point["name"] == name)
        for name in ("separator", "encoding")
    )

    def attempts() -> Iterator[str]:
        yield reading.code()
        yield reading.code(infer_schema_length="None")
        yield reading.plain()

    try:
        return (*_first(path, "a table", attempts()), reading.points)
    except UploadError as error:
        uneven = text_files.uneven(path, encoding, separator)
        msg = f"{_name(path)} is not a table: {uneven}" if uneven else str(error)
        raise UploadError(msg) from error


def _json(path: str, _: Chosen, *, is_lines: bool = False) -> Read:
    imports, source = text_files.unpacked(path)
    start = f"{imports}import polars as pl\n"
    lines = f"{start}own = pl.read_ndjson({source}, infer_schema_length=None)"
    whole = f"{start}own = pl.read_json({source}, infer_schema_length=None)"
    content = source if imports else f"Path({source}).read_bytes()"
    needed = imports or "from pathlib import Path\n"
    by_python = (  # which knows NaN
        f"import json\n{needed}import polars as pl\n"
        f"own = pl.DataFrame(json.loads({content}), infer_schema_length=None)"
    )
    attempts = [lines, whole] if is_lines else [whole, lines, by_python]
    kind = "an NDJSON file" if is_lines else "a JSON file"
    return (*_first(path, kind, iter(attempts)), [])


def _parquet(path: str, _: Chosen) -> Read:
    with Path(path).open("rb") as file:
        if file.read(4) == b"PARE":
            msg = f"{_name(path)} is encrypted, and its key is elsewhere"
            raise UploadError(msg)
    code = f"import polars as pl\nown = pl.read_parquet({quoted(path)})"
    return (*_first(path, "a Parquet file", iter([code])), [])


def _ipc(path: str, _: Chosen) -> Read:
    with Path(path).open("rb") as file:
        start = file.read(6)
    name = "read_ipc" if start == b"ARROW1" else "read_ipc_stream"
    code = f"import polars as pl\nown = pl.{name}({quoted(path)})"
    return (*_first(path, "an Arrow file", iter([code])), [])


def _excel(path: str, chosen: Chosen) -> Read:
    with Path(path).open("rb") as file:
        if file.read(4) == OLD_OFFICE:
            msg = f"{_name(path)} is an old Excel file, or has a password: save it anew as .xlsx"
            raise UploadError(msg)
    load = f"openpyxl.load_workbook({quoted(path)}, data_only=True)"
    _, book = _first(path, "an Excel file", iter([f"import openpyxl\nown = {load}"]))
    sheets = [sheet.title for sheet in book.worksheets]
    filled = [sheet.title for sheet in book.worksheets if sheet.max_row > 1 or sheet["A1"].value]
    sheet = chosen.get("sheet", next(iter(filled), ""))
    if sheet not in sheets:
        msg = f"{_name(path)} has no sheet with cells"
        raise UploadError(msg)
    heads = next(book[sheet].values, ())
    named = [head for head in heads if isinstance(head, str) and head.strip()]
    point: Point = {"name": "sheet", "value": sheet, "choices": sheets, "columns": []}
    if len(named) == len(heads) == len(set(named)):
        which = f", sheet_name={quoted(sheet)}" if len(sheets) > 1 else ""
        code = f'import polars as pl\nown = pl.read_excel({quoted(path)}{which}, engine="openpyxl")'
    else:  # heads that are numbers or missing: read_excel fails, or drops their columns
        code = EXCEL_ROWS.format(load=load, sheet=quoted(sheet))
    return (*_first(path, "an Excel file", iter([code])), [point] if len(sheets) > 1 else [])


EXCEL_ROWS = """\
import openpyxl
import polars as pl
heads, *lines = {load}[{sheet}].values
names = [f"column_{{n}}" if head is None else str(head) for n, head in enumerate(heads, 1)]
own = pl.DataFrame(lines, names, orient="row", infer_schema_length=None, strict=False)"""

READERS: dict[str, Callable[[str, Chosen], Read]] = {
    CSV: _csv,
    NDJSON: partial(_json, is_lines=True),
    JSON: _json,
    PARQUET: _parquet,
    IPC: _ipc,
    EXCEL: _excel,
}


def _name(path: str) -> str:
    return Path(path).name
