"""The sources of a catalogue: which datasets each feeds, how it is fetched, and what came of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from livecells.datasets import catalogue
from livecells.datasets.catalogue import DatasetSpec, Refresh
from livecells.datasets.errors import CatalogueError, ExtractError
from livecells.datasets.make import frame
from livecells.datasets.refresh import forms, tags
from livecells.datasets.refresh.forms import FORMS, Form
from livecells.datasets.refresh.web import (
    Get,
    SourceAbsentError,
    SourceChangedError,
    SourceUnreachableError,
)

Extracts = Mapping[str, pl.DataFrame]
Fetch = Callable[[Get, Path], Extracts]
Outcome = Literal["new", "unchanged", "kept", "by hand"]

MONTHS_TRIED = 24
"""A series has holes of a month, so one missing file does not end it."""


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
    datasets: tuple[str, ...]
    how: str
    fetch: Fetch | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one dataset: `kept` means the old extract stays, and why."""

    source: str
    dataset: str
    outcome: Outcome
    rows_before: int
    rows_after: int
    note: str = ""


def known(
    folder: Path, own_forms: Mapping[str, Form], programs: Mapping[str, Fetch]
) -> tuple[Source, ...]:
    """Return the sources that the catalogue of a data folder names.

    Args:
        folder: The data folder.
        own_forms: The site's own forms by name, beside `FORMS`.
        programs: The site's own functions that fetch extracts, by name.

    Raises:
        CatalogueError: The catalogue names a form or a program that does not exist.
    """
    specs = catalogue.read(folder).datasets.values()
    every = {**FORMS, **own_forms}
    return tuple(_source(one.name, one.refresh, every, programs) for one in specs if one.refresh)


def take(
    source: Source, specs: Mapping[str, DatasetSpec], folder: Path, get: Get
) -> Iterator[Taken]:
    """Fetch a source and put its extracts into a data folder.

    An extract that cannot be fetched, or fails its checks, stays as it was.
    """
    rows = {name: frame(specs[name], folder) for name in source.datasets}
    note, done = source.how, dict[str, tuple[Outcome, int]]()
    default: Outcome = "by hand"
    if source.fetch is not None:
        try:
            fetched = source.fetch(get, folder)
            done = {name: _replace(specs[name], fetched[name], folder) for name in rows}
            note = ""
        except (SourceUnreachableError, SourceChangedError, ExtractError) as error:
            default, note = "kept", str(error)
    for name, before in rows.items():
        outcome, after = done.get(name, (default, before.height))
        yield Taken(
            source=source.name,
            dataset=name,
            outcome=outcome,
            rows_before=before.height,
            rows_after=after,
            note=note,
        )


def _replace(spec: DatasetSpec, fetched: pl.DataFrame, folder: Path) -> tuple[Outcome, int]:
    """Put a new extract in the old one's place if it passes its checks."""
    target = folder / spec.extract
    old_rows, old_bytes = frame(spec, folder), target.read_bytes()
    try:
        (fetched.write_parquet if target.suffix == ".parquet" else fetched.write_csv)(target)
        new_rows = frame(spec, folder)
    except ExtractError:
        target.write_bytes(old_bytes)
        raise
    if new_rows.equals(old_rows):
        target.write_bytes(old_bytes)
        return "unchanged", new_rows.height
    return "new", new_rows.height


def _source(
    name: str, about: Refresh, known_forms: Mapping[str, Form], programs: Mapping[str, Fetch]
) -> Source:
    asked = {"form": (about.form, known_forms), "program": (about.program, {"": None, **programs})}
    for kind, (wanted, there) in asked.items():
        if wanted not in there:
            names = ", ".join(sorted(filter(None, there))) or "none"
            msg = f"[{name}.refresh] there is no {kind} {wanted!r}; known: {names}"
            raise CatalogueError(msg)

    def fetch(get: Get, folder: Path) -> Extracts:
        old = old_extract(folder, name)
        new = (
            tags.newer(old, about, get)
            if about.tags
            else _queried(old, about, known_forms[about.form], get)
        )
        return {name: new}

    is_fetched = about.files or about.tags
    program = programs[about.program] if about.program else fetch if is_fetched else None
    return Source(name=about.name, datasets=(name, *about.along), how=about.how, fetch=program)


def _queried(old: pl.DataFrame, about: Refresh, form: Form, get: Get) -> pl.DataFrame:
    """Fetch the files and make the extract of their rows.

    Raises:
        SourceAbsentError: A file is not there, or no newer month is published.
        SourceChangedError: The rows are not those that the SQL expects.
    """
    is_series = "{month}" in "".join(about.files)
    read = _by_month(old, about, form, get) if is_series else _whole(about, form, get)
    tables = {"fetched": pl.concat(read, how="diagonal"), "old": old}
    try:
        made = as_text(pl.SQLContext(tables, eager=True).execute(about.sql)).select(old.columns)
    except pl.exceptions.PolarsError as error:
        msg = f"{', '.join(about.files)}: the query of the catalogue fails: {error}"
        raise SourceChangedError(msg) from error
    return pl.concat([old, made]) if is_series else made


def _whole(about: Refresh, form: Form, get: Get) -> Iterator[pl.DataFrame]:
    for file in about.files:
        yield forms.read(file, get(file), form, about.at)


def _by_month(old: pl.DataFrame, about: Refresh, form: Form, get: Get) -> list[pl.DataFrame]:
    year, number = map(int, str(old.filter(**about.series)["month"].max()).split("-"))
    ahead = (divmod(year * 12 + number + k, 12) for k in range(MONTHS_TRIED))
    found: list[pl.DataFrame] = []
    absent = None
    for month in (f"{year}-{index + 1:02}" for year, index in ahead):
        for file in (one.replace("{month}", month) for one in about.files):
            try:
                rows = forms.read(file, get(file), form, about.at)
            except SourceAbsentError as error:
                absent = error
            else:
                found.append(rows.with_columns(month=pl.lit(month)))
    if absent and not found:
        raise absent
    return found


def old_extract(folder: Path, name: str) -> pl.DataFrame:
    """The extract that is there, all columns as text."""
    return pl.read_csv(folder / "sources" / f"{name}.csv", infer_schema=False)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns as the text an extract holds."""
    return frame.with_columns(pl.all().cast(pl.String))
