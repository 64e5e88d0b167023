"""The forms of two sources: PYPL's script, and the headers of the PEPs."""

import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from datetime import datetime

import polars as pl

from livecells.datasets.refresh.forms import Form
from livecells.datasets.refresh.web import SourceChangedError

PEP = re.compile(r"/peps/pep-0*(\d+)\.(rst|txt)$")
DAY = re.compile(r"\d{1,2}-[A-Z][a-z]{2}-\d{4}")
NAMES = re.compile(r"// begin section languages\s*(.*?)\s*// end section languages", re.DOTALL)
MONTH = re.compile(r"\[new Date\((\d+),(\d+),1\),([^\]]*)\]")


def _months(content: bytes, _: str) -> pl.DataFrame:
    """Read PYPL's script: a JavaScript array of months, counted from 0, and names in a comment.

    January stands twice in most years; the later line is kept.

    Returns:
        `month`, `name`, `share` (0 to 1), and `place` among all names of the month.
    """
    script = content.decode()
    names, months = NAMES.search(script), MONTH.findall(script)
    if names is None or not months:
        msg = "the index is not written as an array of months any more"
        raise SourceChangedError(msg)
    header = re.findall(r"'([^']*)'", names.group(1))
    rows = [
        {"month": f"{year}-{int(month) + 1:02}", "name": name, "share": float(share)}
        for year, month, shares in months
        for name, share in zip(header, shares.split(","), strict=True)
    ]
    place = pl.col("share").rank("min", descending=True).over("month").cast(pl.Int64)
    known = pl.DataFrame(rows).unique(["month", "name"], keep="last", maintain_order=True)
    return known.with_columns(place=place)


def _headers(content: bytes, _: str) -> pl.DataFrame:
    """Read the headers of all PEPs from an archive; days as ISO dates."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        rows = list(_peps(archive))
    if not rows:
        msg = "the archive has no peps/pep-NNNN.rst"
        raise SourceChangedError(msg)
    return pl.DataFrame(rows, infer_schema_length=None).sort(pl.col("pep").cast(pl.Int64))


def _peps(archive: tarfile.TarFile) -> Iterator[dict[str, str | None]]:
    for member in archive:
        if (name := PEP.search(member.name)) and (file := archive.extractfile(member)):
            head = re.sub(r"\n\s+", " ", file.read().decode().split("\n\n", 1)[0])
            pairs = (line.split(":", 1) for line in head.splitlines() if ":" in line)
            row: dict[str, str | None] = {key.strip(): value.strip() for key, value in pairs}
            days = {name: _day(row.get(name) or "") for name in ("Created", "Resolution")}
            yield {"Topic": None, "Python-Version": None} | row | days | {"pep": name.group(1)}


def _day(text: str) -> str | None:
    """Return the first date such as 26-Aug-2024 in a text, as ISO date."""
    found = DAY.search(text)
    if found is None:
        return None
    return datetime.strptime(found.group(), "%d-%b-%Y").date().isoformat()  # noqa: DTZ007 a day


FORMS: Mapping[str, Form] = {"headers": _headers, "months": _months}
