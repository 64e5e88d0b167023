"""What a source is: the datasets it feeds and how they are fetched, as the catalogue says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import polars as pl

from trends.data import Name
from trends.datasets import catalogue
from trends.datasets.catalogue import Refresh
from trends.datasets.refresh import forms, tags, top_packages
from trends.datasets.refresh.web import Get, SourceAbsentError, SourceChangedError

Extracts = Mapping[Name, pl.DataFrame]
Fetch = Callable[[Get, Path], Extracts]

MONTHS_TRIED = 24
"""A series has holes of a month, so one missing file does not end it."""

PROGRAMS: Mapping[str, Fetch] = {"top_packages": top_packages.fetch}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A public source of one or more extracts.

    Attributes:
        name: What the report calls it.
        datasets: The datasets whose extracts it gives.
        how: In words how the extract is made, for whoever does it by hand.
        fetch: Takes a getter and the data folder, returns whole new extracts, in the notation
            of the old ones; None where the figures are read in texts and typed in.
    """

    name: str
    datasets: tuple[Name, ...]
    how: str
    fetch: Fetch | None = None


def known(folder: Path) -> tuple[Source, ...]:
    """Return the sources that the catalogue of a data folder names."""
    specs = catalogue.read(folder).datasets.values()
    return tuple(_source(cast("Name", one.name), one.refresh) for one in specs if one.refresh)


def _source(name: Name, about: Refresh) -> Source:
    def fetch(get: Get, folder: Path) -> Extracts:
        old = old_extract(folder, name)
        new = tags.newer(old, about, get) if about.tags else _queried(old, about, get)
        return {name: new}

    is_fetched = about.files or about.tags
    program = PROGRAMS[about.program] if about.program else fetch if is_fetched else None
    along = cast("tuple[Name, ...]", about.along)
    return Source(name=about.name, datasets=(name, *along), how=about.how, fetch=program)


def _queried(old: pl.DataFrame, about: Refresh, get: Get) -> pl.DataFrame:
    """Fetch the files and make the extract of their rows.

    Raises:
        SourceAbsentError: A file is not there, or no newer month is published.
        SourceChangedError: The rows are not those that the SQL expects.
    """
    is_series = "{month}" in "".join(about.files)
    read = _by_month(old, about, get) if is_series else _whole(about, get)
    tables = {"fetched": pl.concat(read, how="diagonal"), "old": old}
    try:
        made = as_text(pl.SQLContext(tables, eager=True).execute(about.sql)).select(old.columns)
    except pl.exceptions.PolarsError as error:
        msg = f"{', '.join(about.files)}: the query of the catalogue fails: {error}"
        raise SourceChangedError(msg) from error
    return pl.concat([old, made]) if is_series else made


def _whole(about: Refresh, get: Get) -> Iterator[pl.DataFrame]:
    for file in about.files:
        yield forms.read(file, get(file), about.form, about.at)


def _by_month(old: pl.DataFrame, about: Refresh, get: Get) -> list[pl.DataFrame]:
    year, number = map(int, str(old.filter(**about.series)["month"].max()).split("-"))
    ahead = (divmod(year * 12 + number + k, 12) for k in range(MONTHS_TRIED))
    found: list[pl.DataFrame] = []
    absent = None
    for month in (f"{year}-{index + 1:02}" for year, index in ahead):
        for file in (one.replace("{month}", month) for one in about.files):
            try:
                rows = forms.read(file, get(file), about.form, about.at)
            except SourceAbsentError as error:
                absent = error
            else:
                found.append(rows.with_columns(month=pl.lit(month)))
    if absent and not found:
        raise absent
    return found


def old_extract(folder: Path, name: Name) -> pl.DataFrame:
    """The extract that is there, all columns as text."""
    return pl.read_csv(folder / "sources" / f"{name}.csv", infer_schema=False)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns as the text an extract holds."""
    return frame.with_columns(pl.all().cast(pl.String))
