"""The claims of growth under other choices: another window, another baseline, another majority."""

from collections.abc import Sequence

import polars as pl

from trends import frames
from trends.claims.ledger import all_claims, check
from trends.claims.rules import STARTS_NEEDED
from trends.frames import PRESENT, START_MONTHS, Month


def by_window(
    downloads: pl.DataFrame,
    *,
    starts: Sequence[Month] = START_MONTHS,
    end: Month = PRESENT,
    needed: int = STARTS_NEEDED,
) -> pl.DataFrame:
    """Whether each claim of growth is favoured from each start month, and what follows.

    A claim whose packages all grew at least as much as the median package is supported, else
    partly: all of them grew, and what else their rules ask for holds.

    Args:
        downloads: The packages that the median is taken over, the claimed ones among them.
        starts: Start months.
        end: The month growth leads to.
        needed: In how many of the start months the packages have to keep up.

    Returns:
        One row per claim and start: `claim_id`, `packages` (as text), `start` Date, `in_favour`
        Boolean, `window` (the verdict of this window alone), `favours` (how many start months),
        `verdict` (from all windows), `ledger` (the verdict that stands there).
    """
    claims = [claim for claim in all_claims() if claim.grown]
    named = sorted({name for claim in claims for name in claim.grown})
    judged = frames.growth_by_start(downloads, named, starts=starts, end=end)
    rows: list[dict[str, object]] = []
    for claim in claims:
        agree = frames.starts_in_favour(judged, claim.grown)
        about = {"claim_id": claim.id, "packages": ", ".join(claim.grown), "favours": len(agree)}
        about |= {"ledger": str(check(claim.id).verdict)}
        months = map(frames.as_month, starts)
        rows += [about | {"start": start, "in_favour": start in agree} for start in months]
    return pl.DataFrame(rows).with_columns(
        window=_verdict(pl.col("in_favour")), verdict=_verdict(pl.col("favours") >= needed)
    )


def _verdict(holds: pl.Expr) -> pl.Expr:
    return pl.when(holds).then(pl.lit("supported")).otherwise(pl.lit("partly"))
