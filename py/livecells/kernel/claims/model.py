"""What a claim is, and what a check finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Literal

Verdict = Literal["supported", "partly", "contradicted", "untestable"]
Kind = Literal["computed", "judged"]
Value = float | int | str | date

VERDICTS: tuple[Verdict, ...] = ("supported", "partly", "contradicted", "untestable")
KINDS: tuple[Kind, ...] = ("computed", "judged")
DIGITS = 4  # significant digits shown of a measured fraction


class ClaimUnknownError(LookupError):
    """No claim has this id; the message offers the ids that look most like it."""

    def __init__(self, claim_id: str, near: list[str]) -> None:
        hint = f": did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"no claim is called {claim_id!r}{hint}")


class ClaimFileError(ValueError):
    """Cells and words of the claims do not fit together; the message names file and line.

    `line` counts from 1; 0 stands for the whole file.
    """

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}:{f'{line}:' if line else ''} {what}")


class JudgeAnewError(RuntimeError):
    """The data now holds what no rule foresees; a person has to write the rule anew."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Claim:
    """One checkable claim of a text, with everything about it but the measurement.

    Attributes:
        id: Slug, and anchor on the page of all claims.
        chapter: Page that carries it, such as `frameworks/modern-web`.
        section: Heading path of the text.
        claim: What the text claims, in the site's words.
        claimed: The claimed value, and `claimed_unit` its unit.
        packages: Packages the claim speaks of.
        kind: Whether the verdict follows from a value or rests on a text.
        check: The check in words, and `rule` the way from its value to the verdict.
        quantity: Name of the measured value, and `unit` its unit; empty if there is none.
        as_of: The date the value speaks of, where the check does not say another.
        evidence: What was found, in words.
        reason: Why the verdict is what it is.
        sources: Texts it rests on, besides the tables.
        tables: Datasets its check reads.
        judged: The verdict of a judged claim; None where it is computed.
    """

    id: str
    chapter: str
    section: str
    claim: str
    claimed: str
    claimed_unit: str
    packages: tuple[str, ...]
    kind: Kind
    check: str
    rule: str
    quantity: str
    unit: str
    as_of: str
    evidence: str
    reason: str
    sources: tuple[str, ...]
    tables: tuple[str, ...]
    judged: Verdict | None = None

    @property
    def written(self) -> Verdict:
        """The verdict of a judged claim, which rests on a text and not on a value.

        Raises:
            LookupError: The claim is computed: its verdict follows from a value.
        """
        if self.judged is None:
            msg = f"claim {self.id!r} is computed, its verdict is not written anywhere"
            raise LookupError(msg)
        return self.judged

    def __repr__(self) -> str:
        """The claim, what was found, and what that rests on."""
        head = f"{self.id}: {self.claim}"
        kind = f"{self.kind}{f', {self.judged}' if self.judged else ''}: {self.reason}"
        sources = [f"Source: {source}" for source in (*self.tables, *self.sources)]
        return "\n".join([head, kind, f"Found: {self.evidence or 'nothing'}", *sources])


@dataclass(frozen=True, repr=False)
class Finding:
    """What a check found.

    Attributes:
        value: The measured value; None where a judged claim has none.
        verdict: What the rule makes of it.
        extras: Further values shown with the claim.
        as_of: The date the value speaks of.
    """

    value: Value | None
    verdict: Verdict
    extras: Mapping[str, object] = field(default_factory=dict)
    as_of: str = ""

    def __repr__(self) -> str:
        """The verdict, the value, and one line for each further value."""
        head = f"{self.verdict}: {show(self.value)}" if self.value is not None else self.verdict
        date_note = f" ({self.as_of})" if self.as_of else ""
        lines = [f"  {name} = {show(value)}" for name, value in self.extras.items()]
        return "\n".join([head + date_note, *lines])

    def _repr_html_(self) -> str:
        """The same as a small table."""
        rows = [("verdict", self.verdict), ("measured", show(self.value)), ("as of", self.as_of)]
        rows += [(name, show(value)) for name, value in self.extras.items()]
        cells = [f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows if v]
        return f"<table>{''.join(cells)}</table>"


def show(value: object) -> str:
    """A value as text: thousands with commas, fractions with a few digits."""
    if value is None:
        return ""
    if isinstance(value, float):
        is_large = abs(value) >= 10 ** (DIGITS - 1)
        return f"{value:,.0f}" if is_large else f"{value:.{DIGITS}g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
