"""What a refresh did: rows before and after, sources that kept silent, verdicts that flipped."""

from dataclasses import dataclass, field
from datetime import date

from livecells.datasets.refresh.source import Taken
from trends.datasets.changes import DataChange


@dataclass(frozen=True)
class Flip:
    """A claim whose verdict or value is another one than before, or has to be judged anew."""

    claim_id: str
    before: str
    after: str
    value_before: str
    value_after: str

    def __str__(self) -> str:
        """Verdict, and value in brackets, before and after."""
        verdict = self.after if self.before == self.after else f"{self.before} -> {self.after}"
        return f"{self.claim_id}: {verdict} ({self.value_before} -> {self.value_after})"


@dataclass(kw_only=True)
class Report:
    """The whole refresh; `moved` holds claims whose value changed under the same verdict."""

    lines: list[Taken] = field(default_factory=list)
    flips: list[Flip] = field(default_factory=list)
    moved: list[Flip] = field(default_factory=list)

    def change(self, day: date) -> DataChange:
        """What the list of changes says of it."""
        new = [line for line in self.lines if line.outcome == "new"]
        sources = ", ".join(dict.fromkeys(line.source for line in new))
        rows = [f"{line.dataset} {line.rows_before:,} to {line.rows_after:,} rows" for line in new]
        moved = f" {len(self.moved)} further values moved under the same verdict."
        return DataChange(
            day=day,
            title=f"New figures: {sources}",
            text=f"{'; '.join(rows)}.{moved if self.moved else ''}",
            datasets=tuple(line.dataset for line in new),
            verdicts=tuple(map(str, self.flips)),
        )

    def text(self) -> str:
        """The report as Markdown."""
        rows = [
            f"| {line.dataset} | {line.source} | {line.outcome} | {line.rows_before:,} | "
            f"{line.rows_after:,} | {line.note} |\n"
            for line in self.lines
        ]
        flips, moved = ("".join(f"- {one}\n" for one in part) for part in (self.flips, self.moved))
        return (
            "# Data refresh\n\n"
            "| dataset | source | outcome | rows before | rows after | note |\n"
            f"|---|---|---|---:|---:|---|\n{''.join(rows)}\n"
            f"## Verdicts that flipped: {len(self.flips)}\n{flips}\n"
            f"## Values that moved: {len(self.moved)}\n{moved}"
        )
