"""All computed claims checked again in one Python, and the receipt that others can reproduce."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import polars as pl

from trends import data
from trends.claims.ledger import all_claims, check
from trends.claims.model import Claim, show
from trends.data import Name
from trends.frames import PRESENT

FORMAT = 1
"""Of the receipt; a reader of another one refuses it."""

MIME = "application/vnd.trends.recheck+json"
"""How the page of all claims hears of each result, and of the receipt (web/claim-check.js)."""

CODE = ("claims", "frames", "data.py", "names.py", "records.py")
"""What of this package a verdict depends on: all that `trends.claims` imports of it."""


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
        present: The month that counted as the article's present.
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

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}
        self.read: list[Name] = []
        self._frames: dict[str, pl.DataFrame] = {}

    def scan(self, name: Name) -> pl.LazyFrame:
        """Open a dataset.

        Raises:
            DatasetMissingError: Its file is not there.
            OSError: The browser cannot have it.
            DatasetBrokenError: It is not whole.
        """
        self.read.append(name)
        if name not in self._frames:
            content = data.path(name).read_bytes()
            self.hashes[name] = hashlib.sha256(content).hexdigest()
            self._frames[name] = data.frame_of(name, content)
        return self._frames[name].lazy()

    def altered(self, names: Iterable[Name]) -> list[str]:
        """Return those of the datasets whose bytes are not the published ones."""
        return [name for name in names if self.hashes.get(name) != data.describe(name).sha256]


def recheck(*, present: str = PRESENT, report: Callable[[Result], object] | None = None) -> Receipt:
    """Run the check of every computed claim again and compare it with the ledger that ships.

    Args:
        present: The month that counts as the article's present.
        report: Called with each result.
    """
    files, results = Files(), []
    for result in _results(files, present):
        results.append(result)
        if report:
            report(result)
    hashes = dict(sorted(files.hashes.items()))
    return Receipt(present, hashes, code_sha256(), tuple(results))


def code_sha256() -> str:
    """Return the hash of the code and the rules that verdicts follow from, as they are here."""
    package = resources.files("trends")
    files = (one for name in CODE for one in _files(package / name, name))
    whole = hashlib.sha256()
    for name, file in sorted(files, key=lambda pair: pair[0]):
        whole.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _results(files: Files, present: str) -> Iterator[Result]:
    kept = {row["claim_id"]: row for row in data.load("claims").iter_rows(named=True)}
    computed = [claim for claim in all_claims() if claim.kind == "computed"]
    for place, claim in enumerate(computed, 1):
        before = (kept[claim.id]["verdict"], kept[claim.id]["value"])
        found, trouble = _found(files, claim, present)
        tables = tuple(dict.fromkeys(files.read))
        if altered := files.altered(tables):
            trouble = trouble or f"the data is not this site's: {', '.join(altered)}"
        elif not trouble and found[:2] != before:
            trouble = f"found {' '.join(found[:2])}, the ledger has {' '.join(before)}"
        yield Result(claim.id, place, len(computed), *found, tables, before, trouble)


def _found(files: Files, claim: Claim, present: str) -> tuple[tuple[str, str, str], str]:
    """Return verdict, value and date of a claim, and why its check could not be run."""
    files.read.clear()
    try:
        finding = check(claim.id, present=present, scan=files.scan)
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
