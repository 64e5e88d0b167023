"""The numbers of the introduction."""

from datetime import date

import polars as pl

from cell_numbers.reading import JULY, M, Names, Reader, Row, cell_of, month_text
from trends import frames


def three_indexes(v: Names) -> list[Row]:
    answers = v["answers"].filter(year=2025).sort("share", descending=True)
    pypl = v["searches"].filter(language="Python")
    first = frames.as_month(pypl.filter(pl.col("place") > 1)["month"].max())
    since = pl.Series([first]).dt.offset_by("1mo").item()
    now = v["pushes"].filter(quarter=date(2024, 1, 1)).sort("pushers", descending=True)
    share = v["shares"]
    return [
        [
            100
            * cell_of(
                share, "share", index="Stack Overflow", language="Python", date=date(2025, 7, 1)
            ),
            answers["item"].to_list().index("Python") + 1,
        ],
        [
            100 * cell_of(share, "share", index="PYPL", language="Python", date=JULY),
            cell_of(pypl, "place", month=JULY),
            month_text(since),
        ],
        [
            cell_of(now, "pushers", language="Python") / M,
            now["language"].to_list().index("Python") + 1,
        ],
    ]


def recipes(v: Names) -> list[Row]:
    versions = ("0.17.0", "0.27.7", "0.28.0", "recipes@9074cc4")
    return [[cell_of(v["recipes"], "packages", version=version)] for version in versions]


def boards(v: Names) -> list[Row]:
    versions = ("1.9.3", "1.15", "1.25.0", "1.28.0")
    counted = [v["boards"].filter(version=version) for version in versions]
    return [
        [cell_of(rows, "count", series="boards"), cell_of(rows, "count", series="ports")]
        for rows in counted
    ]


def peps(v: Names) -> list[Row]:
    def of(status: str) -> list[int]:
        return v["peps"].filter(status=status).sort("pep")["pep"].to_list()  # type: ignore[no-any-return]

    return [[len(of(status)), *of(status)] for status in ("Final", "Active", "Accepted")]


FOUND: dict[str, Reader] = {
    "intro-three-indexes": three_indexes,
    "intro-pyodide-recipes": recipes,
    "intro-micropython-boards": boards,
    "intro-platform-peps": peps,
}
