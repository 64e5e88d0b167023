"""From a value to a verdict: the rules, the same for every claim of a kind.

The thresholds are this project's choice. They stand here once, so that a reader can move them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, Self

import polars as pl

from livecells.kernel.claims.model import JudgeAnewError, Verdict
from trends import frames
from trends.data import Name
from trends.frames import Month, Pace

EDGE_DIGITS = 9
FIGURE_NEAR, FIGURE_FAR = 0.10, 0.50  # of the claimed figure
SHARE_NEAR, SHARE_FAR = 3, 10  # points
TOP_TENTH = 1_500  # of the 15,000 packages listed in July 2025
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


class Source(Protocol):
    """Opens the datasets: `trends.data`, or what stands for it."""

    def load(self, name: Name) -> pl.DataFrame: ...  # noqa: D102
    def scan(self, name: Name) -> pl.LazyFrame: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How packages grow and fade: both beside the same baseline, with the same band for a tie.

    Attributes:
        starts: Months that growth is counted from.
        needed: From how many of them a package has to grow, or to fade: more than half, so that
            none does both.
        band: How far from the baseline a tie reaches: 0.05 is from 1 / 1.05 to 1.05 times.
        baseline: The median of the tracked or of all listed packages, or all listed together.
    """

    starts: tuple[Month, ...] = frames.START_MONTHS
    needed: int = 3
    band: float = frames.BAND
    baseline: Literal["tracked", "listed", "together"] = "tracked"

    def since(self, start: Month) -> Self:
        """Count from one month, for packages that are too young for the others."""
        return replace(self, starts=(start,), needed=1)

    def growth(self, data: Source, packages: Sequence[str], present: Month) -> pl.DataFrame:
        """Growth of packages beside the baseline, from each start month (`growth_by_start`)."""
        if self.baseline == "tracked":
            downloads = data.load("pypi_monthly_downloads")
        else:
            months = [frames.as_month(month) for month in (*self.starts, present)]
            listed = data.scan("pypi_top_packages")
            downloads = listed.filter(pl.col("month").is_in(months)).collect()
        return frames.growth_by_start(
            downloads,
            packages,
            starts=self.starts,
            end=present,
            band=self.band,
            together=self.baseline == "together",
        )

    def starts_where(self, judged: pl.DataFrame, packages: Sequence[str], pace: Pace) -> int:
        """From how many start months all packages have a pace."""
        return len(frames.starts_where(judged, packages, pace))

    def grows(self, judged: pl.DataFrame, packages: Sequence[str]) -> bool:
        """Whether all packages grow, from enough start months."""
        return self.starts_where(judged, packages, "grows") >= self.needed

    def fades(self, judged: pl.DataFrame, packages: Sequence[str]) -> bool:
        """Whether all packages fade, from enough start months."""
        return self.starts_where(judged, packages, "fades") >= self.needed

    def growing(self, judged: pl.DataFrame, packages: Sequence[str]) -> Verdict:
        """Growing, rising: all grow supported, all fade contradicted, else partly."""
        grow, fade = self.grows(judged, packages), self.fades(judged, packages)
        return choose(supported=grow, partly=not fade)


USUAL = Rule()
"""The rule that the ledger's verdicts follow."""
