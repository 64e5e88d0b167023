"""The claims of growth under other choices: another window, another baseline, another majority."""

from collections.abc import Mapping, Sequence

import polars as pl

from trends import frames
from trends.claims.ledger import check
from trends.claims.rules import STARTS_NEEDED
from trends.frames import PRESENT, START_MONTHS, Month

GROWTH_CLAIMS: Mapping[str, tuple[str, ...]] = {
    "fastapi-graphql-rest": ("fastapi",),
    "async-shift": ("fastapi", "starlette", "sanic"),
    "langchain-central": ("langchain",),
    "jax-gaining": ("jax",),
    "explainability-focus": ("shap", "interpret-core", "lime"),
    "polars-challenges": ("polars",),
    "ibis-daft-emerging": ("ibis-framework",),
    "pulumi-adoption": ("pulumi",),
    "type-checkers-growing": ("mypy", "pyright"),
    "pycaret-automl-growing": ("pycaret", "flaml"),
    "poetry-pipx-rising": ("poetry", "pipx"),
    "governance-tools-enterprise": ("great-expectations", "interpret-core"),
}
"""The claims that are judged by growth from five start months, and whose growth that is."""


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
    named = sorted({name for packages in GROWTH_CLAIMS.values() for name in packages})
    judged = frames.growth_by_start(downloads, named, starts=starts, end=end)
    rows = []
    for claim_id, packages in GROWTH_CLAIMS.items():
        agree = frames.starts_in_favour(judged, packages)
        for start in map(frames.as_month, starts):
            rows.append((claim_id, ", ".join(packages), start, start in agree, len(agree)))
    schema = {
        "claim_id": pl.String,
        "packages": pl.String,
        "start": pl.Date,
        "in_favour": pl.Boolean,
        "favours": pl.Int64,
    }
    ledger = {claim_id: str(check(claim_id).verdict) for claim_id in GROWTH_CLAIMS}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        window=_verdict(pl.col("in_favour")),
        verdict=_verdict(pl.col("favours") >= needed),
        ledger=pl.col("claim_id").replace_strict(ledger),
    )


def _verdict(holds: pl.Expr) -> pl.Expr:
    return pl.when(holds).then(pl.lit("supported")).otherwise(pl.lit("partly"))
