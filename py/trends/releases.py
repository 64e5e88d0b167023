"""Earlier releases of the data.

from trends import data, releases

releases.days()
releases.frame("claims", releases.days()[-1])
releases.use(releases.days()[-1])  # the cells that follow read the tables as they were
"""

import os
from pathlib import Path

import polars as pl

from livecells.kernel.files import earlier
from livecells.kernel.files.earlier import FOLDER as FOLDER
from livecells.kernel.files.earlier import ReleaseUnknownError as ReleaseUnknownError
from trends import data
from trends.data import NAMES, Name

_own: list[str] = []
"""What `TRENDS_DATA` named before `use`, while an earlier release is used."""


def days() -> tuple[str, ...]:
    """Return the days of the earlier releases that are kept, newest first."""
    return earlier.days(_today())


def delta(name: Name, day: str) -> pl.DataFrame | None:
    """Read what changed in a table after the release of a day; None where nothing did."""
    return earlier.delta(_today(), name, day)


def frame(name: Name, day: str) -> pl.DataFrame:
    """Read a table as it was in the release of a day.

    Raises:
        ReleaseUnknownError: No such release is kept, or not the whole of it.
    """
    return earlier.frame(_today(), data.describe(name), day)


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
    later = [one for one in days() if one >= day] or [day]
    changed = {
        name: frame(name, day)
        for name in NAMES
        if any(delta(name, one) is not None for one in later)
    }
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


def _today() -> Path:
    return Path(_own[0]) if _own else data.folder()
