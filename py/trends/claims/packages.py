"""Claims seen from the packages they name."""

import polars as pl

from trends.claims.model import Verdict

FROM_BEST: tuple[Verdict, ...] = ("supported", "untestable", "partly", "contradicted")


def worst_verdicts(ledger: pl.DataFrame) -> pl.DataFrame:
    """The worst verdict among the claims that name each package.

    Args:
        ledger: The dataset `claims`, or what `claims.frame` gives.

    Returns:
        `package`, `verdict` String; packages in alphabetical order.
    """
    place = pl.col("verdict").cast(pl.String).replace_strict(FROM_BEST, range(len(FROM_BEST)))
    named = ledger.select(package=pl.col("packages").str.split("; "), place=place)
    worst = named.explode("package").group_by("package").agg(pl.col("place").max())
    verdict = pl.col("place").replace_strict(range(len(FROM_BEST)), FROM_BEST)
    return worst.filter(pl.col("package") != "").select("package", verdict=verdict).sort("package")
