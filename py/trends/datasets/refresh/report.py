"""What a refresh did: rows before and after, sources that kept silent, verdicts that flipped."""

from dataclasses import dataclass, field
from typing import Literal

from trends.data import Name

Outcome = Literal["new", "unchanged", "kept", "by hand"]


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """What became of one dataset: `kept` means the old extract stays, and why."""

    source: str
    dataset: Name
    outcome: Outcome
    rows_before: int
    rows_after: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Flip:
    """A claim whose verdict is another one than before, or has to be judged anew."""

    claim_id: str
    before: str
    after: str
    value_before: str
    value_after: str


@dataclass(kw_only=True)
class Report:
    """The whole refresh; `moved` holds claims whose value changed under the same verdict."""

    lines: list[SourceLine] = field(default_factory=list)
    flips: list[Flip] = field(default_factory=list)
    moved: list[Flip] = field(default_factory=list)

    def text(self) -> str:
        """The report as Markdown."""
        rows = [
            f"| {line.dataset} | {line.source} | {line.outcome} | {line.rows_before:,} | "
            f"{line.rows_after:,} | {line.note} |"
            for line in self.lines
        ]
        return "\n".join(
            [
                "# Data refresh",
                "",
                "| dataset | source | outcome | rows before | rows after | note |",
                "|---|---|---|---:|---:|---|",
                *rows,
                "",
                f"## Verdicts that flipped: {len(self.flips)}",
                *(f"- {_flip(flip)}" for flip in self.flips),
                "",
                f"## Values that moved: {len(self.moved)}",
                *(f"- {_flip(flip)}" for flip in self.moved),
                "",
            ]
        )


def _flip(flip: Flip) -> str:
    verdict = flip.after if flip.before == flip.after else f"{flip.before} -> {flip.after}"
    return f"{flip.claim_id}: {verdict} ({flip.value_before} -> {flip.value_after})"
