"""What a source is: the datasets it feeds and how they are fetched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from trends.data import Name
from trends.datasets.refresh.web import Get

Extracts = Mapping[Name, pl.DataFrame]
Fetch = Callable[[Get, Path], Extracts]


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


def old_extract(folder: Path, name: Name) -> pl.DataFrame:
    """The extract that is there, all columns as text."""
    return pl.read_csv(folder / "sources" / f"{name}.csv", infer_schema=False)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns as the text an extract holds."""
    return frame.with_columns(pl.all().cast(pl.String))
