"""The ledger of a site: all its claims, and the checks that prove them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from typing import Any

import polars as pl

from livecells.kernel import records, spelling
from livecells.kernel.claims import cells, words
from livecells.kernel.claims.cells import Cell, Data, Scan
from livecells.kernel.claims.model import (
    KINDS,
    VERDICTS,
    Claim,
    ClaimFileError,
    ClaimUnknownError,
    Finding,
    show,
)
from livecells.kernel.claims.words import Words

TEXTS, CHECKS = "texts", "checks"
"""Folders of the package: words as TOML, and cells in the percent format."""

CLAIM_COLUMNS = (
    "claim_id chapter section claim claimed_value claimed_unit packages kind quantity value unit"
    " verdict as_of evidence reason tables sources"
)
CHECK_COLUMNS = (
    "claim_id kind tables check quantity value unit as_of rule verdict also sources code"
)
"""Columns of the two tables that are made of the claims."""

LISTS = ("packages", "sources", "tables")
"""Those of the columns that are lists, separated by `; `."""


@dataclass(frozen=True)
class Ledger:
    """The claims of a site.

    Attributes:
        package: Name of the package with the folders `TEXTS` and `CHECKS`.
        parts: Names of the files in both, in the order of the claims.
        scan: Opens a dataset by name.
        given: Names that each cell gets its own of, and how a cell that runs alone writes them;
            `{claim_id}` stands for its claim. Beside these a cell gets `data`.
    """

    package: str
    parts: Sequence[str]
    scan: Scan
    given: Mapping[str, str]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of their parts.

        Raises:
            ClaimFileError: Words or cells are wrong, or one is there without the other.
        """
        return joined(self.words, self.cells)

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of all claims by id; raises `ClaimFileError`."""
        found: dict[str, Words] = {}
        for file, text in self._files(TEXTS, "toml"):
            for claim_id, entry in words.parse(file, text).items():
                if claim_id in found:
                    raise entry.mistake(f"{claim_id!r} has words in {found[claim_id].file} too")
                found[claim_id] = entry
        return found

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """All cells by the id of their claim; raises `ClaimFileError`."""
        found: dict[str, Cell] = {}
        for file, text in self._files(CHECKS, "py"):
            for claim_id, cell in cells.parse(file, text):
                if claim_id in found:
                    raise ClaimFileError(file, cell.line, f"{claim_id!r} has a cell already")
                found[claim_id] = cell
        return found

    def get(self, claim_id: str) -> Claim:
        """One claim.

        Raises:
            ClaimUnknownError: No claim has that id; the message offers the nearest ones.
        """
        known = {claim.id: claim for claim in self.claims}
        if claim_id not in known:
            raise ClaimUnknownError(claim_id, spelling.near(claim_id, known))
        return known[claim_id]

    def check(
        self, claim_id: str, *, scan: Scan | None = None, as_of: str = "", **given: object
    ) -> Finding:
        """Measure a claim and derive its verdict.

        Args:
            claim_id: Of the claim.
            scan: Opens a dataset by name; for tests and for data that is being made.
            as_of: The date that the value speaks of, if not that of the claim's words; a check
                that finds its own keeps that.
            given: Names that the cell gets in place of those of its head.

        Raises:
            ClaimUnknownError: No claim has that id.
            JudgeAnewError: The data holds what the claim's rule does not foresee.
        """
        claim, cell = self.get(claim_id), self.cells.get(claim_id)
        if cell is None:
            return Finding(None, claim.written, as_of=claim.as_of)
        finding = cell.run(data=Data(scan or self.scan), claim=claim, **given)
        return replace(finding, as_of=finding.as_of or as_of or claim.as_of)

    def source_code(self, claim_id: str) -> str:
        """The check of a claim as a cell that runs alone: Python that ends in its `Finding`.

        It is empty where a judged claim has no cell.
        """
        cell = self.cells.get(self.get(claim_id).id)
        written = {name: value.format(claim_id=claim_id) for name, value in self.given.items()}
        return cell.source(written) if cell else ""

    def frame(self, columns: str, findings: Mapping[str, Finding]) -> pl.DataFrame:
        """Return claims with what their checks found, one row each, in the order of `findings`.

        Args:
            columns: `CLAIM_COLUMNS`, `CHECK_COLUMNS`, or some of them.
            findings: By claim.
        """
        rows = [self._row(self.get(name), finding) for name, finding in findings.items()]
        enums: dict[str, Any] = {"kind": pl.Enum(KINDS), "verdict": pl.Enum(VERDICTS)}
        return pl.DataFrame(rows, schema_overrides=enums).select(columns.split())

    def _row(self, claim: Claim, finding: Finding) -> dict[str, str]:
        lists = {
            name: "; ".join(getattr(claim, name)) for name in ("packages", "sources", "tables")
        }
        found = {"value": show(finding.value), "verdict": finding.verdict, "as_of": finding.as_of}
        also = "; ".join(f"{name}={show(value)}" for name, value in finding.extras.items())
        code = self.source_code(claim.id)
        own = {"claim_id": claim.id, "claimed_value": claim.claimed, "code": code}
        texts = {name: text for name, text in vars(claim).items() if isinstance(text, str)}
        return texts | lists | found | own | {"also": also}

    def _files(self, folder: str, ending: str) -> Iterable[tuple[str, str]]:
        place = resources.files(self.package) / folder
        for part in self.parts:
            name = f"{part}.{ending}"
            path = f"{self.package.replace('.', '/')}/{folder}/{name}"
            yield path, (place / name).read_text(encoding="utf-8")


def joined(words: Mapping[str, Words], cells: Mapping[str, Cell]) -> tuple[Claim, ...]:
    """Join the words of claims and their cells.

    Raises:
        ClaimFileError: Words are wrong, or words or a cell are missing.
    """
    for claim_id, cell in cells.items():
        if claim_id not in words:
            raise ClaimFileError(cell.file, cell.line, f"{claim_id!r} has no words in {TEXTS}/")
    return tuple(_claim(name, entry, cells.get(name)) for name, entry in words.items())


def _claim(claim_id: str, words: Words, cell: Cell | None) -> Claim:
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
        return f"is computed and has no cell in {CHECKS}/"
    return ""
