"""Exercises that check themselves: what the fence of one says.

    first text, which the reader changes
    # %% solution
    a text that is right
    # %% check Sentence for a reader whose answer fails this check.
    assert …
    # %% hint Sentence for a reader who asks for help.

The build proves that the solution passes all checks, and that the first text fails one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PART = re.compile(r"^# %%[ \t]*(?P<kind>\w*)[ \t]*(?P<said>.*)$")
KINDS = ("solution", "check", "hint")


@dataclass(frozen=True)
class Part:
    """A part of the fence: `line` is that of its mark in the body, from 1; 0 for the first text."""

    kind: str
    said: str
    line: int
    source: str


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    Attributes:
        start: What the reader finds in the cell.
        solution: A text that is right.
        checks: Each with the sentence for those who fail it.
        hints: Sentences for those who ask.
    """

    start: Part
    solution: Part
    checks: tuple[Part, ...]
    hints: tuple[Part, ...]

    @property
    def code(self) -> list[str]:
        """The Python of the checks."""
        return [one.source for one in self.checks]


class ExerciseError(ValueError):
    """The fence does not say all that an exercise needs; `line` is that of its body, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse(source: str) -> Exercise:
    """Read the body of a fence.

    Raises:
        ExerciseError: A part is missing, is empty, or does not exist.
    """
    start, *parts = _parts(source)
    for part in parts:
        if part.kind not in KINDS:
            raise ExerciseError(
                part.line, f"a part is one of {', '.join(KINDS)}, not {part.kind!r}"
            )
        if part.kind != "hint" and not part.source:
            raise ExerciseError(part.line, f"this {part.kind} has no code")
        if part.kind != "solution" and not part.said:
            raise ExerciseError(part.line, f"say in the line of this {part.kind} what helps")
    of = {kind: tuple(one for one in parts if one.kind == kind) for kind in KINDS}
    if len(of["solution"]) != 1:
        raise ExerciseError(0, f"needs one '# %% solution', not {len(of['solution'])}")
    if not of["check"]:
        raise ExerciseError(0, "needs a '# %% check' at least")
    return Exercise(start, of["solution"][0], of["check"], of["hint"])


def _parts(source: str) -> Iterator[Part]:
    kind, said, start = "start", "", 0
    body: list[str] = []
    for number, line in enumerate([*source.split("\n"), "# %%"], start=1):
        if not (found := PART.match(line)):
            body.append(line)
            continue
        yield Part(kind, said, start, "\n".join(body).strip("\n"))
        kind, said, start, body = found["kind"], found["said"].strip(), number, []
