"""From a value to a verdict: the rules, the same for every claim of a kind.

The thresholds are this project's choice. They stand here once, so that a reader can move them.
"""

from collections.abc import Collection, Sequence

import polars as pl

from trends import frames
from trends.claims.model import JudgeAnewError, Verdict

EDGE_DIGITS = 9
FIGURE_NEAR, FIGURE_FAR = 0.10, 0.50  # of the claimed figure
SHARE_NEAR, SHARE_FAR = 3, 10  # points
TOP_TENTH = 1_500  # of the 15,000 packages listed in July 2025
STARTS_NEEDED = 3  # of five start months
PAR = (0.75, 1.25)  # times the rival
SLIGHTLY = 1.25  # times the other
SMALL_SHARE = 10  # percent
SPEED_UP = 2  # times as fast, to count as a challenge
HALF = 50  # per 100


def figure(measured: float, claimed: float) -> Verdict:
    """A figure: within 10 percent of the claimed one supported, within 50 partly."""
    return _nearness(abs(measured - claimed) / claimed, FIGURE_NEAR, FIGURE_FAR)


def share(measured: float, claimed: float) -> Verdict:
    """A share in percent: within 3 points of the claimed one supported, within 10 partly."""
    return _nearness(abs(measured - claimed), SHARE_NEAR, SHARE_FAR)


def _nearness(distance: float, near: float, far: float) -> Verdict:
    exact = round(distance, EDGE_DIGITS)  # 9.9 is within a tenth of 9, whatever floats make of it
    return choose(supported=exact <= near, partly=exact <= far)


def is_top(rank: int | None) -> bool:
    """Whether a rank is in the top tenth of the list; None stands for not listed."""
    return rank is not None and rank <= TOP_TENTH


def widely_used(ranks: Sequence[int | None]) -> Verdict:
    """Widely used, standard, popular: every package in the top tenth of the list."""
    return all_of([is_top(rank) for rank in ranks])


def all_of(holds: Collection[bool]) -> Verdict:
    """All supported, at least one partly, none contradicted."""
    return choose(supported=all(holds), partly=any(holds))


def at_least(measured: float, *, supported: float, partly: float = float("inf")) -> Verdict:
    """Supported from one threshold on, partly from a lower one on, else contradicted."""
    return choose(supported=measured >= supported, partly=measured >= partly)


def choose(*, supported: bool, partly: bool = False) -> Verdict:
    """Supported if one thing holds, else partly if another does, else contradicted."""
    if supported:
        return "supported"
    return "partly" if partly else "contradicted"


def place(measured: int) -> Verdict:
    """First, leading: first among the compared supported, second partly."""
    return at_least(-measured, supported=-1, partly=-2)


def favours(judged: pl.DataFrame, packages: Sequence[str]) -> bool:
    """Whether all packages kept up with the median from enough starts (`growth_by_start`)."""
    return len(frames.starts_in_favour(judged, packages)) >= STARTS_NEEDED


def growing(judged: pl.DataFrame, packages: Sequence[str]) -> Verdict:
    """Growing: with the median from three of five start months; partly if any package grew."""
    first = judged.filter(pl.col("start") == pl.col("start").min())
    any_grew = bool((first["growth"] > 1).any())
    return choose(supported=favours(judged, packages), partly=any_grew)


def growing_since(judged: pl.DataFrame, packages: Sequence[str]) -> Verdict:
    """Growing, from one start month only: all with the median supported, any growth partly."""
    with_median = bool(frames.starts_in_favour(judged, packages))
    return choose(supported=with_median, partly=bool((judged["growth"] > 1).any()))


def at_most_partly(verdict: Verdict) -> Verdict:
    """The other half of the claim cannot be measured: supported becomes partly."""
    return "partly" if verdict == "supported" else verdict


def forecast(records: int) -> Verdict:
    """A forecast for Python 4 is untestable until a Python 4 is on record.

    Raises:
        JudgeAnewError: One is on record.
    """
    return untouched(records, "untestable", "a Python 4 is on record")


def untouched(records: int, verdict: Verdict, news: str) -> Verdict:
    """A verdict that rests on there being no record.

    Raises:
        JudgeAnewError: There is one.
    """
    if records:
        msg = f"{news} ({records} rows): the claim has to be judged anew"
        raise JudgeAnewError(msg)
    return verdict
