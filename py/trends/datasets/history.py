"""Keeps an earlier release of the data beside the new one, as small as the change was."""

from pathlib import Path

import polars as pl

from trends import releases
from trends.data import NAMES

ZSTD_LEVEL = 19


def keep(earlier: Path, later: Path, day: str) -> dict[str, int]:
    """Write what it takes to read the earlier tables once the later ones have replaced them.

    Args:
        earlier: Data folder of the release that ends.
        later: Data folder of the release that takes its place; it gets the files.
        day: On which the release that ends began.

    Returns:
        Bytes by the name of each table that has other rows.
    """
    place = later / releases.FOLDER / day
    place.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for name in NAMES:
        before, after = (pl.read_parquet(one / f"{name}.parquet") for one in (earlier, later))
        if before.equals(after):
            continue
        change = releases.difference(name, before, after)
        if not releases.undone(name, after, change).equals(before):
            change = before.with_columns(pl.lit("whole").alias(releases.CHANGE))
        file = place / f"{name}.parquet"
        change.write_parquet(file, compression="zstd", compression_level=ZSTD_LEVEL)
        sizes[name] = file.stat().st_size
    return sizes
