"""Each verdict under other rules: the claims' own checks, run with another rule in force."""

from dataclasses import dataclass

import polars as pl

from livecells.kernel.claims.cells import Scan
from livecells.kernel.claims.model import VERDICTS, Verdict
from trends import data
from trends.claims.ledger import check, uses
from trends.claims.rules import USUAL, Rule
from trends.frames import NEWEST, PRESENT, START_MONTHS, Month, as_month

BEFORE_SPIKE = "2023-05"  # Flask's count had not yet jumped, as it had by the usual base
ONE_WAY = "2025-06"  # from here on all packages are counted in the same way
MONTHS = len(START_MONTHS)
LATER = ("2025-08", "2025-09", "2025-10", "2025-11", NEWEST)


@dataclass(frozen=True)
class Tried:
    """A rule that could have been taken instead.

    Attributes:
        choice: Which choice it makes otherwise.
        name: How it makes it; short, and its own.
        rule: How growth is judged.
        present: The month that counts as the article's present.
    """

    choice: str
    name: str
    rule: Rule = USUAL
    present: str = PRESENT


def _month(month: Month) -> str:
    return f"{as_month(month):%B %Y}"


TRIED = (
    *(
        Tried("base month", f"from {_month(start)} alone", USUAL.since(start))
        for start in (BEFORE_SPIKE, *START_MONTHS)
    ),
    *(
        Tried(
            "start months needed",
            f"{needed} of {MONTHS} start months",
            Rule(needed=needed),
        )
        for needed in range(USUAL.needed + 1, MONTHS + 1)
    ),
    Tried("tie band", "no tie band", Rule(band=0)),
    Tried("tie band", "tie band of 10 percent", Rule(band=0.1)),
    Tried("baseline", "median of all listed packages", Rule(baseline="listed")),
    Tried("baseline", "all listed packages together", Rule(baseline="together")),
    *(Tried("present month", f"present {_month(month)}", present=month) for month in LATER),
    Tried("window", f"{_month(ONE_WAY)} to {_month(NEWEST)}", USUAL.since(ONE_WAY), NEWEST),
)


def turns(claim_id: str, *, scan: Scan = data.files.scan) -> dict[str, Verdict] | None:
    """The rules under which a claim has another verdict than in the ledger, by name.

    None where its check depends on none of the choices.
    """
    if not uses(claim_id, "rule", "present"):
        return None
    usual = check(claim_id, scan=scan).verdict
    found = {
        one.name: check(claim_id, present=one.present, rule=one.rule, scan=scan).verdict
        for one in TRIED
        if (one.rule != USUAL and uses(claim_id, "rule"))
        or (one.present != PRESENT and uses(claim_id, "present"))
    }
    return {name: verdict for name, verdict in found.items() if verdict != usual}


def with_turns(checks: pl.DataFrame, *, scan: Scan = data.files.scan) -> pl.DataFrame:
    """Add `turns` to `checks_frame`: `name: verdict` of each such rule, separated by `; `."""
    found = [turns(claim_id, scan=scan) for claim_id in checks["claim_id"]]
    texts = [one and [f"{name}: {verdict}" for name, verdict in one.items()] for one in found]
    return checks.with_columns(turns=pl.Series(texts, dtype=pl.List(pl.String)).list.join("; "))


def turned(checks: pl.DataFrame) -> pl.DataFrame:
    """Read `turns` of the dataset `claim_checks`.

    Returns:
        One row a claim and rule that turns its verdict: `claim_id`, `rule` (its name), `turned`
        (the verdict under it).
    """
    each = checks.filter(pl.col("turns") != "").with_columns(pl.col("turns").str.split("; "))
    parts = pl.col("turns").str.split(": ").list
    return each.explode("turns").select("claim_id", rule=parts.first(), turned=parts.last())


def rules_tried(checks: pl.DataFrame) -> pl.DataFrame:
    """Count what each rule turns in the dataset `claim_checks`.

    Returns:
        One row a rule: `choice` (what it takes otherwise), `rule`, `turned` (how many verdicts),
        and which claims turn `to_supported`, `to_partly`, `to_contradicted`.
    """
    to = {
        f"to_{verdict}": pl.col("claim_id").filter(pl.col("turned") == verdict).str.join(", ")
        for verdict in VERDICTS[:3]
    }
    counted = turned(checks).group_by("rule").agg(pl.len().alias("turned"), **to)
    tried = {"choice": [one.choice for one in TRIED], "rule": [one.name for one in TRIED]}
    whole = pl.DataFrame(tried).join(counted, on="rule", how="left", maintain_order="left")
    return whole.with_columns(pl.col("turned").fill_null(0), pl.col(*to).fill_null(""))
