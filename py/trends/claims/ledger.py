"""The ledger: all claims, and the checks that prove them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Any

import polars as pl

from livecells.kernel import records
from trends import data
from trends.claims import cells, texts
from trends.claims.cells import Cell, Scan, Tables
from trends.claims.model import (
    KINDS,
    VERDICTS,
    Claim,
    ClaimFileError,
    ClaimUnknownError,
    Finding,
    show,
)
from trends.claims.rules import USUAL, Rule
from trends.claims.texts import Words
from trends.frames import PRESENT

OPENED = ("frameworks", "libraries", "tooling")
"""Parts whose own page makes no claim and stands before their chapters."""

LAST = ("about",)
"""Chapters without claims that follow all others."""

LEDGER = (
    "claim_id chapter section claim claimed_value claimed_unit packages kind quantity value unit"
    " verdict as_of evidence reason tables sources"
)
CHECKS = "claim_id kind tables check quantity value unit as_of rule verdict also sources code"
"""Columns of the two tables that are made of the claims; lists are separated by `; `."""


@cache
def all_claims() -> tuple[Claim, ...]:
    """All claims, in the order of the article's parts.

    Raises:
        ClaimFileError: Words or cells are wrong, or one is there without the other.
    """
    words, own = texts.read(), cells.read()
    for claim_id, cell in own.items():
        if claim_id not in words:
            raise ClaimFileError(cell.file, cell.line, f"{claim_id!r} has no words in texts/")
    return tuple(claim_of(name, entry, own.get(name)) for name, entry in words.items())


def get(claim_id: str) -> Claim:
    """One claim.

    Raises:
        ClaimUnknownError: No claim has that id; the message offers the nearest ones.
    """
    known = {claim.id: claim for claim in all_claims()}
    if claim_id not in known:
        raise ClaimUnknownError(claim_id, get_close_matches(claim_id, known))
    return known[claim_id]


def chapter_claims(chapter: str) -> tuple[Claim, ...]:
    """The claims that stand in a chapter, such as `frameworks/modern-web`."""
    return tuple(claim for claim in all_claims() if claim.chapter == chapter)


def chapter_url(chapter: str) -> str:
    """Return the address of a chapter's page: `part/index` stands at `part/`."""
    return f"{chapter.removesuffix('index').rstrip('/')}/"


def page_claims(url: str) -> tuple[Claim, ...]:
    """The claims of the chapter whose page has that address."""
    return tuple(claim for claim in all_claims() if chapter_url(claim.chapter) == url)


def chapters() -> tuple[str, ...]:
    """Return the chapters in the order of the article."""
    found: list[str] = []
    for claim in all_claims():
        part = claim.chapter.partition("/")[0]
        if part in OPENED:
            found.append(f"{part}/index")
        found.append(claim.chapter)
    return tuple(dict.fromkeys([*found, *LAST]))


def check(
    claim_id: str, *, present: str = PRESENT, rule: Rule = USUAL, scan: Scan = data.scan
) -> Finding:
    """Measure a claim and derive its verdict.

    Args:
        claim_id: As in `texts/`.
        present: The month that counts as the article's present, for the checks that have one.
        rule: How growth is judged, for the checks that judge growth.
        scan: Opens a dataset by name; for tests and for data that is being made.

    Raises:
        ClaimUnknownError: No claim has that id.
        JudgeAnewError: The data holds what the claim's rule does not foresee.
    """
    claim, cell = get(claim_id), cells.read().get(claim_id)
    if cell is None:
        return Finding(None, claim.written, as_of=claim.as_of)
    finding = cell.run(data=Tables(scan), present=present, rule=rule, claim=claim)
    moved = present != PRESENT and "present" in cell.names
    return replace(finding, as_of=finding.as_of or (present if moved else claim.as_of))


def source_code(claim_id: str) -> str:
    """The check of a claim as a cell that runs alone: Python that ends in its `Finding`.

    A judged claim without a value has one that shows what its verdict rests on.
    """
    cell = cells.read().get(get(claim_id).id)
    if cell is None:
        return f'from trends import claims\n\nclaims.get("{claim_id}")\n'
    return cell.source(claim_id)


def frame(
    claims: Iterable[Claim] | None = None, *, present: str = PRESENT, scan: Scan = data.scan
) -> pl.DataFrame:
    """Claims with what their checks find, one row each; the catalogue explains the columns."""
    return _frame(LEDGER, all_claims() if claims is None else claims, present, scan)


def checks_frame(*, present: str = PRESENT, scan: Scan = data.scan) -> pl.DataFrame:
    """How each claim is checked, and what the check finds, one row each."""
    return _frame(CHECKS, all_claims(), present, scan)


def _frame(columns: str, claims: Iterable[Claim], present: str, scan: Scan) -> pl.DataFrame:
    rows = [_row(claim, check(claim.id, present=present, scan=scan)) for claim in claims]
    enums: dict[str, Any] = {"kind": pl.Enum(KINDS), "verdict": pl.Enum(VERDICTS)}
    return pl.DataFrame(rows, schema_overrides=enums).select(columns.split())


def _row(claim: Claim, finding: Finding) -> dict[str, str]:
    lists = {name: "; ".join(getattr(claim, name)) for name in ("packages", "sources", "tables")}
    found = {"value": show(finding.value), "verdict": finding.verdict, "as_of": finding.as_of}
    also = "; ".join(f"{name}={show(value)}" for name, value in finding.extras.items())
    own = {"claim_id": claim.id, "claimed_value": claim.claimed, "code": source_code(claim.id)}
    texts = {name: text for name, text in vars(claim).items() if isinstance(text, str)}
    return texts | lists | found | own | {"also": also}


def claim_of(claim_id: str, words: Words, cell: Cell | None) -> Claim:
    """Join the words of a claim and its cell.

    Raises:
        ClaimFileError: The words are wrong, or a cell is missing.
    """
    entry = records.frozen(words.fields)
    if mistake := _mistake(entry, cell):
        raise words.mistake(f"[{claim_id}] {mistake}")
    verdict, tables = entry.pop("verdict", None), cell.tables if cell else ()
    return Claim(id=claim_id, judged=verdict, tables=tables, **entry)


def _mistake(entry: Mapping[str, Any], cell: Cell | None) -> str:
    """Say what is wrong with the words of a claim; empty where nothing is."""
    if wrong := records.mistake(entry, Claim, made=("id", "judged", "tables"), also=["verdict"]):
        return wrong
    verdict, kind = entry.get("verdict"), entry["kind"]
    if kind not in KINDS:
        return f"is of the kind {kind!r}: write one of {', '.join(KINDS)}"
    if kind == "judged" and verdict not in VERDICTS:
        return f"is judged: write a verdict, one of {', '.join(VERDICTS)}"
    if kind == "computed" and verdict is not None:
        return "is computed, so its verdict follows from its cell: delete the line"
    if kind == "computed" and cell is None:
        return f"is computed and has no cell in trends/claims/{cells.FOLDER}/"
    return ""
