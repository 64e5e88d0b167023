"""The ledger: all claims, and the checks that prove them."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import polars as pl

from trends import data
from trends.claims import cells, texts
from trends.claims.model import KINDS, VERDICTS, Claim, ClaimUnknownError, Finding, show
from trends.claims.tables import TABLES, Scan, load_table
from trends.frames import PRESENT

if TYPE_CHECKING:
    from trends.data import Name

Check = Callable[..., Finding]


@cache
def all_claims() -> tuple[Claim, ...]:
    """All claims, in the order of the article's parts."""
    return tuple(_claim(claim_id) for claim_id in texts.read())


def get(claim_id: str) -> Claim:
    """One claim.

    Raises:
        ClaimUnknownError: No claim has that id; the message offers the nearest ones.
    """
    for claim in all_claims():
        if claim.id == claim_id:
            return claim
    raise _unknown(claim_id)


def chapter_claims(chapter: str) -> tuple[Claim, ...]:
    """The claims that stand in a chapter, such as `frameworks/modern-web`."""
    return tuple(claim for claim in all_claims() if claim.chapter == chapter)


def check(claim_id: str, *, present: str = PRESENT, scan: Scan = data.scan) -> Finding:
    """Measure a claim and derive its verdict.

    Args:
        claim_id: Id of a claim.
        present: The month that counts as the article's present, for the checks that have one.
        scan: Opens a dataset by name; for tests and for data that is being made.

    Raises:
        ClaimUnknownError: No claim has that id.
        JudgeAnewError: The data holds what the claim's rule does not foresee.
    """
    claim = get(claim_id)
    function = _function(claim_id)
    if function is None:
        assert claim.judged is not None
        return Finding(None, claim.judged, as_of=claim.as_of)
    parameters = inspect.signature(function).parameters
    arguments: dict[str, Any] = {n: load_table(n, scan) for n in parameters if n != "present"}
    if "present" in parameters:
        arguments["present"] = present
    moved = "present" in parameters and present != PRESENT
    finding = function(**arguments)
    return replace(finding, as_of=finding.as_of or (present if moved else claim.as_of))


def source_code(claim_id: str) -> str:
    """The check of a claim as a cell: Python that ends in its `Finding`.

    Needs the source files of the checks, so it works where the site is built; in the browser
    the column `code` of the dataset `claim_checks` holds the same text.
    """
    function = _function(get(claim_id).id)
    return cells.judged_cell(claim_id) if function is None else cells.computed_cell(function)


def frame(
    claims: Iterable[Claim] | None = None, *, present: str = PRESENT, scan: Scan = data.scan
) -> pl.DataFrame:
    """Claims with what their checks find, one row each.

    Returns:
        `claim_id`, `chapter`, `section`, `claim`, `claimed_value`, `claimed_unit`, `packages`
        (separated by `; `), `kind` Enum, `quantity`, `value` (as text), `unit`, `verdict` Enum,
        `as_of`, `evidence`, `reason`, `sources` (separated by `; `).
    """
    chosen = all_claims() if claims is None else tuple(claims)
    rows = [_row(claim, check(claim.id, present=present, scan=scan)) for claim in chosen]
    return pl.DataFrame(rows, schema_overrides=_ENUMS)


def checks_frame(*, present: str = PRESENT, scan: Scan = data.scan) -> pl.DataFrame:
    """How each claim is checked, and what the check finds, one row each.

    Returns:
        `claim_id`, `kind` Enum, `tables` (separated by `; `), `check`, `quantity`, `value` (as
        text), `unit`, `as_of`, `rule`, `verdict` Enum, `also` (name=value, separated by `; `),
        `sources`, `code` (the check as a cell).
    """
    found = [(claim, check(claim.id, present=present, scan=scan)) for claim in all_claims()]
    rows = [_check_row(claim, finding) for claim, finding in found]
    return pl.DataFrame(rows, schema_overrides=_ENUMS)


_ENUMS: dict[str, Any] = {"kind": pl.Enum(KINDS), "verdict": pl.Enum(VERDICTS)}


def _row(claim: Claim, finding: Finding) -> dict[str, str]:
    return {
        "claim_id": claim.id,
        "chapter": claim.chapter,
        "section": claim.section,
        "claim": claim.claim,
        "claimed_value": claim.claimed,
        "claimed_unit": claim.claimed_unit,
        "packages": "; ".join(claim.packages),
        "kind": claim.kind,
        "quantity": claim.quantity,
        "value": show(finding.value),
        "unit": claim.unit,
        "verdict": finding.verdict,
        "as_of": finding.as_of,
        "evidence": claim.evidence,
        "reason": claim.reason,
        "sources": "; ".join(claim.sources),
    }


def _check_row(claim: Claim, finding: Finding) -> dict[str, str]:
    return {
        "claim_id": claim.id,
        "kind": claim.kind,
        "tables": "; ".join(claim.tables),
        "check": claim.check,
        "quantity": claim.quantity,
        "value": show(finding.value),
        "unit": claim.unit,
        "as_of": finding.as_of,
        "rule": claim.rule,
        "verdict": finding.verdict,
        "also": "; ".join(f"{name}={show(value)}" for name, value in finding.extras.items()),
        "sources": "; ".join(claim.sources),
        "code": source_code(claim.id),
    }


def _claim(claim_id: str) -> Claim:
    entry = dict(texts.read()[claim_id])
    function = _function(claim_id)
    parameters = inspect.signature(function).parameters if function else {}
    tables: list[Name] = [name for p in parameters if p != "present" for name in TABLES[p]]
    lists: dict[str, Any] = {field: tuple(entry.pop(field)) for field in ("packages", "sources")}
    del entry["part"]
    verdict = entry.pop("verdict", None)
    return Claim(id=claim_id, judged=verdict, tables=tuple(tables), **lists, **entry)


def _function(claim_id: str) -> Check | None:
    """The check of a claim: the function of its part that bears its id."""
    if claim_id not in texts.read():
        raise _unknown(claim_id)
    module = import_module(f"trends.claims.{texts.read()[claim_id]['part']}")
    return getattr(module, claim_id.replace("-", "_"), None)


def _unknown(claim_id: str) -> ClaimUnknownError:
    return ClaimUnknownError(claim_id, get_close_matches(claim_id, list(texts.read())))
