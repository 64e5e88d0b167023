"""Earlier releases of the data: each is kept as what it takes to undo the change after it.

from trends import data, releases

releases.days()
releases.frame("claims", releases.days()[-1])
releases.use(releases.days()[-1])  # the cells that follow read the tables as they were
"""

import os
from pathlib import Path

import polars as pl

from trends import data
from trends.data import NAMES, Name

FOLDER = "releases"  # inside the data folder: a folder a day, a file a table that had other rows
CHANGE = "change"
"""Column of a kept file: `gone` rows are those of the earlier table that the later one has not,
`new` rows the other way round, of which only the key is kept. Where this does not give the earlier
table back, all its rows are there, as `whole`."""

_own: list[str] = []
"""What `TRENDS_DATA` named before `use`, while an earlier release is used."""


class ReleaseUnknownError(LookupError):
    """No release of that day is kept, or not the whole of it."""

    def __init__(self, day: str, why: str = "") -> None:
        known = ", ".join(days()) or "none"
        super().__init__(f"no release of {day!r} is kept{why}; there are: {known}")
        self.day = day


def days() -> tuple[str, ...]:
    """Return the days of the earlier releases that are kept, newest first."""
    folder = _folder()
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(names, reverse=True))


def delta(name: Name, day: str) -> pl.DataFrame | None:
    """Read what changed in a table after the release of a day; None where nothing did.

    Raises:
        ReleaseUnknownError: No such release is kept, or this file of it cannot be read.
    """
    if day not in days():
        raise ReleaseUnknownError(day)
    file = _folder() / day / f"{name}.parquet"
    if not file.is_file():
        return None
    try:
        return data.frame_of(name, file.read_bytes())
    except data.DatasetBrokenError as error:
        raise ReleaseUnknownError(day, f" whole: {error}") from None


def frame(name: Name, day: str) -> pl.DataFrame:
    """Read a table as it was in the release of a day: today's, with each later change undone.

    Raises:
        ReleaseUnknownError: No such release is kept, or not the whole of it.
    """
    if day not in days():
        raise ReleaseUnknownError(day)
    rows = data.frame_of(name, (_today() / f"{name}.parquet").read_bytes())
    for later in (one for one in days() if one >= day):
        change = delta(name, later)
        if change is not None:
            rows = undone(name, rows, change)
    return rows


def undone(name: Name, rows: pl.DataFrame, change: pl.DataFrame) -> pl.DataFrame:
    """Undo a change: take the new rows out, put those that are gone back, in the table's order."""
    if change[CHANGE].eq("whole").any():
        return _of(change, "whole")
    about = data.describe(name)
    key = list(about.key) or rows.columns
    kept = rows.join(_of(change, "new"), on=key, how="anti", nulls_equal=True)
    whole = pl.concat([kept, _of(change, "gone").select(rows.columns)])
    return whole.sort(about.sort, nulls_last=True, maintain_order=True) if about.sort else whole


def difference(name: Name, earlier: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return what has to be kept of an earlier table; without rows where both are equal."""
    key = list(data.describe(name).key) or later.columns
    columns = {"on": later.columns, "how": "anti", "nulls_equal": True}
    gone = earlier.join(later, **columns)  # type: ignore[arg-type]
    new = later.join(earlier, **columns).select(key)  # type: ignore[arg-type]
    parts = {"gone": gone, "new": new}
    marked = [rows.with_columns(pl.lit(kind).alias(CHANGE)) for kind, rows in parts.items()]
    return pl.concat(marked, how="diagonal")


def use(day: str = "") -> Path:
    """Let all that follows read the tables as they were in a release; without a day, as they are.

    Returns:
        The folder that is read now.

    Raises:
        ReleaseUnknownError: No such release is kept, or not the whole of it.
    """
    if _own:
        os.environ[data.FOLDER_VARIABLE] = _own.pop()
    if not day:
        return data.folder()
    folder = data.folder().absolute()
    changed = {name: frame(name, day) for name in NAMES if _changed_since(name, day)}
    place = Path(f"{folder}-{day}")
    place.mkdir(exist_ok=True)
    for file in folder.iterdir():
        link = place / file.name
        link.unlink(missing_ok=True)
        if file.stem in changed:
            changed[file.stem].write_parquet(link)
        else:
            link.symlink_to(file)
    _own.append(str(folder))
    os.environ[data.FOLDER_VARIABLE] = str(place)
    return place


def _changed_since(name: Name, day: str) -> bool:
    return any(delta(name, later) is not None for later in (day, *(d for d in days() if d > day)))


def _of(change: pl.DataFrame, kind: str) -> pl.DataFrame:
    return change.filter(pl.col(CHANGE) == kind).drop(CHANGE)


def _today() -> Path:
    return Path(_own[0]) if _own else data.folder()


def _folder() -> Path:
    return _today() / FOLDER
