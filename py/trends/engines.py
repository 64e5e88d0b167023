"""Steps over the record of what runs in which browser.

Pure like `trends.frames`: `engines` is always that dataset as `trends.data` loads it.
"""

import polars as pl


def table(engines: pl.DataFrame, *, only: str = "all") -> pl.DataFrame:
    """Set the engines side by side; `only` is `all`, or `differs`: what does not run in every one.

    Returns:
        `feature`, and a column for each engine: yes, no, or not tried.

    Raises:
        ValueError: `only` is neither of these.
    """
    if only not in {"all", "differs"}:
        msg = f"only={only!r}, expected all or differs"
        raise ValueError(msg)
    wide = engines.pivot("engine", index="feature", values="runs", maintain_order=True)
    if only == "all":
        return wide
    return wide.filter(pl.any_horizontal(pl.exclude("feature") != "yes"))


def starts(engines: pl.DataFrame) -> pl.DataFrame:
    """Compare first and return visits.

    Returns:
        `engine`, `version`, `tried` (a date); `return / first`, and both visits as a multiple of
        Chromium's, null where they were not measured.
    """
    measured = engines.group_by("engine", "version", maintain_order=True).agg(
        pl.max("date").alias("tried"), pl.max("first"), pl.max("return")
    )
    own = measured.filter(engine="Chromium")
    return measured.select(
        "engine",
        "version",
        "tried",
        (pl.col("return") / pl.col("first")).round(2).alias("return / first"),
        (pl.col("first") / own["first"].max()).round(2).alias("first / Chromium"),
        (pl.col("return") / own["return"].max()).round(2).alias("return / Chromium"),
    )
