"""All computed claims checked again in one Python, and the receipt that others can reproduce."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import polars as pl

from livecells.kernel.claims.cells import Scan
from livecells.kernel.claims.model import Claim, Finding, show
from livecells.kernel.files.tables import Tables

FORMAT = 1
"""Of the receipt; a reader of another one refuses it."""

MIME = "application/vnd.livecells.recheck+json"
"""How a page hears of each result, and of the receipt."""


class Check(Protocol):
    """Runs the check of a claim."""

    def __call__(self, claim_id: str, *, scan: Scan) -> Finding: ...  # noqa: D102


@dataclass(frozen=True)
class Result:
    """What the check of a claim found now, beside the ledger that ships.

    Attributes:
        claim_id: Id of the claim, the one at `place` of `total`.
        verdict: Now; empty where the check could not be run.
        value: Measured value as text, and `as_of` the date that it speaks of.
        tables: Datasets that the check has read.
        before: Verdict and value of the ledger.
        reason: Why it does not agree with the ledger; empty where it does.
    """

    claim_id: str
    place: int
    total: int
    verdict: str
    value: str
    as_of: str
    tables: tuple[str, ...]
    before: tuple[str, str]
    reason: str

    def __repr__(self) -> str:
        """How far it is, and what was found."""
        said = self.reason or f"{self.verdict} {self.value}".strip()
        return f"{self.place} of {self.total}: {self.claim_id}: {said}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME: asdict(self), "text/plain": repr(self)}


@dataclass(frozen=True, repr=False)
class Receipt:
    """What was found from which data by which code; equal on every machine.

    Attributes:
        present: The month that counted as the text's present.
        data: Hash of each file that was read, by the name of its dataset.
        code: Hash of the code and the rules.
        results: One for each computed claim.
    """

    present: str
    data: Mapping[str, str]
    code: str
    results: tuple[Result, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The content as canonical JSON: keys sorted, no spaces, values as text."""
        told = ("as_of", "value", "verdict")
        claims = {
            one.claim_id: {name: getattr(one, name) for name in told}
            | {"tables": sorted(one.tables)}
            for one in self.results
        }
        content = {"claims": claims, "code": self.code, "data": self.data, "format": FORMAT}
        content |= {"polars": pl.__version__, "present": self.present}
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def sha256(self) -> str:
        """Hash of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def differing(self) -> tuple[Result, ...]:
        """The results that do not agree with the ledger."""
        return tuple(one for one in self.results if one.reason)

    def file(self, made: Mapping[str, str]) -> str:
        """Write it with its hash, and with when and by what it was made, which is not hashed."""
        python = f"{platform.python_implementation()} {platform.python_version()}"
        about = json.dumps({**made, "with": f"{python}, {platform.system()}"}, ensure_ascii=False)
        return f'{{"receipt":{self.text},"sha256":"{self.sha256}","made":{about}}}\n'

    def __repr__(self) -> str:
        """How many agree, which do not and why, and the hash."""
        agreed = len(self.results) - len(self.differing)
        head = f"{agreed} of {len(self.results)} computed claims agree with the ledger."
        lines = [f"{one.claim_id}: {one.reason}" for one in self.differing]
        return "\n".join([head, *lines, f"Receipt, SHA-256: {self.sha256}"])

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        told = {"text": self.text, "sha256": self.sha256, "said": repr(self)}
        results = [asdict(one) for one in self.results]  # updates may have overtaken each other
        return {MIME: told | {"results": results}, "text/plain": repr(self)}


class Files:
    """Reads each Parquet file once, whole, for all claims; remembers who has read what."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.hashes: dict[str, str] = {}
        self.read: list[str] = []
        self._frames: dict[str, pl.DataFrame] = {}

    def scan(self, name: str) -> pl.LazyFrame:
        """Open a dataset.

        Raises:
            DatasetMissingError: Its file is not there.
            OSError: The browser cannot have it.
            DatasetBrokenError: It is not whole.
        """
        self.read.append(name)
        if name not in self._frames:
            content = self.tables.path(name).read_bytes()
            self.hashes[name] = hashlib.sha256(content).hexdigest()
            self._frames[name] = self.tables.frame_of(name, content)
        return self._frames[name].lazy()

    def altered(self, names: Iterable[str]) -> list[str]:
        """Return those of the datasets whose bytes are not the published ones."""
        return [
            name for name in names if self.hashes.get(name) != self.tables.describe(name).sha256
        ]


def recheck(
    claims: Sequence[Claim],
    check: Check,
    tables: Tables,
    code: str,
    *,
    present: str,
    report: Callable[[Result], object] | None = None,
) -> Receipt:
    """Run the checks of claims again and compare them with the ledger that ships.

    Args:
        claims: The computed claims.
        check: Runs the check of a claim by its id.
        tables: The data folder; its dataset `claims` is the ledger.
        code: Hash of the code, `code_sha256`.
        present: The month that counted as the text's present.
        report: Called with each result.
    """
    files, results = Files(tables), []
    for result in _results(files, claims, check):
        results.append(result)
        if report:
            report(result)
    return Receipt(present, dict(sorted(files.hashes.items())), code, tuple(results))


def code_sha256(code: Mapping[str, Sequence[str]]) -> str:
    """Return the hash of the code and the rules that verdicts follow from, as they are here.

    Args:
        code: Files and folders by the name of their package.
    """
    files = (
        file
        for package, names in code.items()
        for name in names
        for file in _files(resources.files(package) / name, name)
    )
    whole = hashlib.sha256()
    for name, file in sorted(files, key=lambda pair: pair[0]):
        whole.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _results(files: Files, claims: Sequence[Claim], check: Check) -> Iterator[Result]:
    kept = {row["claim_id"]: row for row in files.tables.load("claims").iter_rows(named=True)}
    for place, claim in enumerate(claims, 1):
        before = (kept[claim.id]["verdict"], kept[claim.id]["value"])
        found, trouble = _found(files, claim, check)
        tables = tuple(dict.fromkeys(files.read))
        if altered := files.altered(tables):
            trouble = trouble or f"the data is not this site's: {', '.join(altered)}"
        elif not trouble and found[:2] != before:
            trouble = f"found {' '.join(found[:2])}, the ledger has {' '.join(before)}"
        yield Result(claim.id, place, len(claims), *found, tables, before, trouble)


def _found(files: Files, claim: Claim, check: Check) -> tuple[tuple[str, str, str], str]:
    """Return verdict, value and date of a claim, and why its check could not be run."""
    files.read.clear()
    try:
        finding = check(claim.id, scan=files.scan)
    except Exception as error:  # altered data can make a check raise anything
        files.read.extend(claim.tables)  # those that it did not come to
        return ("", "", ""), f"could not be checked: {type(error).__name__}: {error}"
    return (finding.verdict, show(finding.value), finding.as_of), ""


def _files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        if name.endswith((".py", ".toml")):
            yield name, place
        return
    for child in place.iterdir():
        yield from _files(child, f"{name}/{child.name}")
