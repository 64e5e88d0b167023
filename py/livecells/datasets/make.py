"""Make every dataset, or none: Parquet files, `datasets.toml` and licences from the extracts."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from livecells.datasets import catalogue, checks, extract, licences, toml
from livecells.datasets.catalogue import DatasetSpec
from livecells.datasets.errors import CatalogueError

ZSTD_LEVEL = 19  # an eighth smaller than the default; readers download, they never write
INDEX = "datasets.toml"

Scan = Callable[[str], pl.LazyFrame]
Maker = Callable[[Scan], pl.DataFrame]


def make(folder: Path, makers: Mapping[str, Maker]) -> list[DatasetSpec]:
    """Make all datasets of a data folder; the same extracts give the same bytes.

    Everything is written to a folder beside the old files and moved only when the last
    dataset has passed its checks, so that a wrong extract leaves nothing half-written.

    Args:
        folder: The data folder.
        makers: How the datasets without an extract are made, by name, from those that have one.

    Raises:
        CatalogueError: A dataset has neither an extract nor a maker.
        ExtractError: An extract is not what the catalogue says.
    """
    known = catalogue.read(folder)
    specs = list(known.datasets.values())
    new = Path(tempfile.mkdtemp(prefix=".make-", dir=folder))
    try:
        entries = {spec.name: _make_one(spec, folder, new, makers) for spec in _in_order(specs)}
        index = "\n".join([toml.HEADER, *(entries[name] for name in sorted(entries))])
        (new / INDEX).write_text(index, encoding="utf-8")
        (new / licences.FILE).write_text(licences.page(known, folder), encoding="utf-8")
        for file in sorted(new.iterdir()):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(new)
    return specs


def frame(spec: DatasetSpec, folder: Path) -> pl.DataFrame:
    """The checked, typed and sorted rows of one extract."""
    rows = extract.read(spec, folder)
    checks.check(rows, spec, folder / spec.extract)
    return rows.sort(spec.sort, nulls_last=True, maintain_order=True)


def scanner(folder: Path) -> Scan:
    """Return what opens the Parquet files of a folder by the names of their datasets."""
    return lambda name: pl.scan_parquet(folder / f"{name}.parquet")


def _in_order(specs: list[DatasetSpec]) -> list[DatasetSpec]:
    """The datasets with an extract before those that are made from them."""
    return sorted(specs, key=lambda spec: not spec.extract)


def _make_one(spec: DatasetSpec, folder: Path, new: Path, makers: Mapping[str, Maker]) -> str:
    if not spec.extract and spec.name not in makers:
        msg = f"[{spec.name}] has no 'extract', and nothing makes it from the others"
        raise CatalogueError(msg)
    rows = frame(spec, folder) if spec.extract else makers[spec.name](scanner(new))
    target = new / spec.file
    rows.write_parquet(
        target,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=spec.row_group or rows.height,
    )
    content = target.read_bytes()
    return toml.entry(
        spec,
        {
            "sha256": hashlib.sha256(content).hexdigest(),
            "rows": rows.height,
            "bytes": len(content),
            "span": span(rows, spec),
        },
    )


def span(rows: pl.DataFrame, spec: DatasetSpec) -> str:
    """First and last date of a dataset, as its first column of time writes it; or empty."""
    ordered = sorted(spec.columns, key=lambda column: column.name not in spec.sort)
    times = [c for c in ordered if c.type == "Date" or c.unit == "year"]
    if not times:
        return ""
    column = times[0]
    if column.read == "quarter":
        text = pl.format("{}-Q{}", pl.col(column.name).dt.year(), pl.col(column.name).dt.quarter())
    elif column.read == "month":
        text = pl.col(column.name).dt.strftime("%Y-%m")
    else:
        text = pl.col(column.name).cast(pl.String)
    texts = rows.select(first=text.min(), last=text.max())
    return " to ".join(texts.row(0))
