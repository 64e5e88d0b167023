"""Refresh the data: fetch, check, make, compare; the old files stay where anything fails."""

import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from trends import claims
from trends.claims.model import show
from trends.data import Name
from trends.datasets import catalogue, changes, history
from trends.datasets.catalogue import DatasetSpec
from trends.datasets.errors import ExtractError
from trends.datasets.make import frame, make
from trends.datasets.refresh.report import Flip, Report, SourceLine
from trends.datasets.refresh.source import Extracts, Source
from trends.datasets.refresh.web import Get, SourceChangedError, SourceUnreachableError

Findings = dict[str, tuple[str, str]]


def refresh(folder: Path, sources: Iterable[Source], get: Get, *, today: date) -> Report:
    """Fetch every source that can be reached, and make the datasets from what came.

    The work is done in a copy beside the data folder's files, and moved there only when all
    datasets could be made. An extract that cannot be fetched, or fails its checks, stays as it
    was, and the report says so. What was taken is written into the list of changes, and what it
    replaced is kept (history.py).

    Args:
        folder: The data folder.
        sources: Whom to ask.
        get: Fetches an address.
        today: The day of the change.
    """
    report = Report()
    with tempfile.TemporaryDirectory(prefix="refresh-") as scratch:
        work = Path(scratch) / "data"
        shutil.copytree(folder, work)
        specs = catalogue.read(work).datasets
        for source in sources:
            report.lines += _refresh_one(source, specs, work, get)
        if any(line.outcome == "new" for line in report.lines):
            before = _findings(folder)
            make(work)
            history.keep(folder, work, str(changes.read(folder)[0].day))
            _compare(before, _findings(work), report)
            changes.add(work, report.change(today))
            shutil.copytree(work, folder, dirs_exist_ok=True)
    return report


def _refresh_one(
    source: Source, specs: dict[str, DatasetSpec], work: Path, get: Get
) -> list[SourceLine]:
    before = {name: frame(specs[name], work).height for name in source.datasets}
    if source.fetch is None:
        lines = [(name, "by hand", before[name], source.how) for name in source.datasets]
    else:
        try:
            fetched = source.fetch(get, work)
            lines = [_replace(name, specs[name], fetched, work) for name in source.datasets]
        except (SourceUnreachableError, SourceChangedError, ExtractError) as error:
            lines = [(name, "kept", before[name], str(error)) for name in source.datasets]
    return [
        SourceLine(
            source=source.name,
            dataset=name,
            outcome=outcome,  # type: ignore[arg-type]
            rows_before=before[name],
            rows_after=after,
            note=note,
        )
        for name, outcome, after, note in lines
    ]


def _replace(
    name: Name, spec: DatasetSpec, fetched: Extracts, work: Path
) -> tuple[Name, str, int, str]:
    """Put a new extract in the old one's place if it passes its checks."""
    target = work / spec.extract
    old_rows, old_bytes = frame(spec, work), target.read_bytes()
    try:
        _write(fetched[name], target)
        new_rows = frame(spec, work)
    except ExtractError:
        target.write_bytes(old_bytes)
        raise
    if new_rows.equals(old_rows):
        target.write_bytes(old_bytes)
        return name, "unchanged", new_rows.height, ""
    return name, "new", new_rows.height, ""


def _write(extract: pl.DataFrame, target: Path) -> None:
    if target.suffix == ".parquet":
        extract.write_parquet(target)
    else:
        extract.write_csv(target)


def _findings(folder: Path) -> Findings:
    """Verdict and value of every claim, over the Parquet files of a folder."""

    def scan(name: Name) -> pl.LazyFrame:
        return pl.scan_parquet(folder / f"{name}.parquet")

    found: Findings = {}
    for claim in claims.all_claims():
        try:
            finding = claims.check(claim.id, scan=scan)
            found[claim.id] = (finding.verdict, show(finding.value))
        except claims.JudgeAnewError as error:
            found[claim.id] = ("judge anew", str(error))
    return found


def _compare(before: Findings, after: Findings, report: Report) -> None:
    for claim_id, (verdict, value) in before.items():
        new_verdict, new_value = after[claim_id]
        flip = Flip(
            claim_id=claim_id,
            before=verdict,
            after=new_verdict,
            value_before=value,
            value_after=new_value,
        )
        if verdict != new_verdict:
            report.flips.append(flip)
        elif value != new_value:
            report.moved.append(flip)
