"""The PYPL indexes of languages and editors: a JavaScript array of months."""

import re
from pathlib import Path

import polars as pl

from trends.datasets.refresh.source import Extracts, Source, as_text
from trends.datasets.refresh.web import Get, SourceChangedError, github

REPOSITORY = "pypl/pypl.github.io"
FIRST_YEAR = 2010
LANGUAGES = ("C#", "Java", "JavaScript", "Python", "TypeScript")
EDITORS = ("Cursor", "Vim", "Visual Studio Code", "pyCharm")
NAMES = re.compile(r"// begin section languages\s*(.*?)\s*// end section languages", re.DOTALL)
MONTH = re.compile(r"\[new Date\((\d+),(\d+),1\),([^\]]*)\]")


def fetch(get: Get, folder: Path) -> Extracts:  # noqa: ARG001 the files are whole
    """Both indexes, whole: the publisher may rewrite the past."""
    languages = index(get(github(REPOSITORY, "PYPL/All.js")).decode(), "language")
    editors = index(get(github(REPOSITORY, "IDE/All.js")).decode(), "ide")
    return {
        "pypl_languages": as_text(languages.filter(pl.col("language").is_in(LANGUAGES))),
        # An editor is in the index from its first share on; a language always is.
        "pypl_ides": as_text(editors.filter(pl.col("ide").is_in(EDITORS), pl.col("share_pct") > 0)),
    }


def index(script: str, column: str) -> pl.DataFrame:
    """Read an index: one row per month and name, `share_pct`, and `place` among all names.

    Months count from 0 there. January stands twice in most years; the later line is kept.

    Raises:
        SourceChangedError: The script does not look as it did.
    """
    names = NAMES.search(script)
    months = MONTH.findall(script)
    if names is None or not months:
        msg = "the index is not written as an array of months any more"
        raise SourceChangedError(msg)
    header = re.findall(r"'([^']*)'", names.group(1))
    rows = [
        {"month": f"{year}-{int(month) + 1:02}", column: name, "share": float(share)}
        for year, month, shares in months
        for name, share in zip(header, shares.split(","), strict=True)
        if int(year) >= FIRST_YEAR
    ]
    return (
        pl.DataFrame(rows)
        .unique(["month", column], keep="last", maintain_order=True)
        .select(
            "month",
            column,
            share_pct=(100 * pl.col("share")).round(2),
            place=pl.col("share").rank("min", descending=True).over("month").cast(pl.Int64),
        )
        .sort("month", column)
    )


SOURCE = Source(
    name="PYPL",
    datasets=("pypl_languages", "pypl_ides"),
    how="PYPL/All.js and IDE/All.js; place is computed over all names, then a few names are kept",
    fetch=fetch,
)
