"""The headers of all PEPs, from one archive of their repository."""

import io
import re
import tarfile
from datetime import datetime
from pathlib import Path

import polars as pl

from trends.datasets.refresh.source import Extracts, Source, old_extract
from trends.datasets.refresh.web import Get, SourceChangedError

ARCHIVE = "https://codeload.github.com/python/peps/tar.gz/refs/heads/main"
FILE = re.compile(r"/peps/pep-(\d{4})\.(rst|txt)$")
THEMES = {  # words in a title; a coarse match, for PEPs that the old extract does not know
    "async": r"async|coroutine|await",
    "free-threading": r"free.threaded|free.threading|\bgil\b|global interpreter|subinterpreters",
    "jit-speed": r"\bjit\b|specializing|performance|fast",
    "packaging": r"packag|wheel|distribution|metadata|index|lock ?file",
    "python-4": r"python 4|annual release|calendar versioning",
    "typing": r"\btyp(e|es|ing|ed)\b|typeddict|annotation|generic",
    "wasm-mobile": r"emscripten|wasi|webassembly|\bios\b|android|pyodide",
}
HEADERS = {  # column: header
    "title": "Title",
    "status": "Status",
    "type": "Type",
    "topic": "Topic",
    "python_version": "Python-Version",
}


def fetch(get: Get, folder: Path) -> Extracts:
    """All PEPs, whole; themes of known PEPs stay as they were read by hand."""
    known = dict(old_extract(folder, "peps").select("pep", "theme").iter_rows())
    with tarfile.open(fileobj=io.BytesIO(get(ARCHIVE))) as archive:
        rows = [_pep(archive, member) for member in archive if FILE.search(member.name)]
    if not rows:
        msg = "the archive has no peps/pep-NNNN.rst"
        raise SourceChangedError(msg)
    for row in rows:
        pep, title = str(row["pep"]), row["title"] or ""
        row["theme"] = known[pep] if pep in known else themes(title)
    return {"peps": pl.DataFrame(rows, infer_schema_length=None).sort(pl.col("pep").cast(pl.Int64))}


def themes(title: str) -> str | None:
    """The themes whose words a title has, separated by `;`."""
    hits = [theme for theme, words in THEMES.items() if re.search(words, title, re.IGNORECASE)]
    return ";".join(hits) or None


def _pep(archive: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, str | None]:
    file, name = archive.extractfile(member), FILE.search(member.name)
    assert file is not None
    assert name is not None
    headers = _headers(file.read().decode("utf-8"))
    row: dict[str, str | None] = {"pep": str(int(name.group(1)))}
    row |= {column: headers.get(header) for column, header in HEADERS.items()}
    row["created"] = _day(headers.get("Created", ""))
    row["resolution_date"] = _day(headers.get("Resolution", ""))
    order = ("pep", "title", "status", "type", "topic", "created", "python_version")
    return {key: row[key] for key in order} | {"resolution_date": row["resolution_date"]}


def _headers(text: str) -> dict[str, str]:
    head = text.split("\n\n", 1)[0]
    joined = re.sub(r"\n\s+", " ", head)
    pairs = (line.split(":", 1) for line in joined.splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def _day(text: str) -> str | None:
    """The first date such as 26-Aug-2024 in a text, as ISO date."""
    found = re.search(r"\d{1,2}-[A-Z][a-z]{2}-\d{4}", text)
    if found is None:
        return None
    return datetime.strptime(found.group(), "%d-%b-%Y").date().isoformat()  # noqa: DTZ007 a day


SOURCE = Source(
    name="PEP index",
    datasets=("peps",),
    how="the header of each file under peps/; theme is a word match on the title",
    fetch=fetch,
)
