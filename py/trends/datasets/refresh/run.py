"""Refresh the data: fetch, check, make, compare; the old files stay where anything fails."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from livecells.kernel.files import earlier
from trends import claims, data
from trends.claims.model import show
from trends.data import Name
from trends.datasets import catalogue, changes
from trends.datasets.catalogue import DatasetSpec
from trends.datasets.derived import scanner
from trends.datasets.errors import ExtractError
from trends.datasets.make import frame, make
from trends.datasets.refresh.report import Flip, Outcome, Report, SourceLine
from trends.datasets.refresh.source import Extracts, Source
from trends.datasets.refresh.web import Get, SourceChangedError, SourceUnreachableError

Findings = dict[str, tuple[str, str]]


def refresh(folder: Path, sources: Iterable[Source], get: Get, *, today: date) -> Report:
    """Fetch every source that can be reached, and make the datasets from what came.

    The work is done in a copy beside the data folder's files, and moved there only when all
    datasets could be made. An extract that cannot be fetched, or fails its checks, stays as it
    was, and the report says so. What was taken is written into the list of changes, and what it
    replaced is kept.
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
            tables = map(data.describe, data.NAMES)
            earlier.keep(folder, work, str(changes.read(folder)[0].day), tables)
            _compare(before, _findings(work), report)
            changes.add(work, report.change(today))
            shutil.copytree(work, folder, dirs_exist_ok=True)
    return report


def _refresh_one(
    source: Source, specs: dict[str, DatasetSpec], work: Path, get: Get
) -> Iterator[SourceLine]:
    rows = {name: frame(specs[name], work) for name in source.datasets}
    note, done = source.how, dict[Name, tuple[Outcome, int]]()
    default: Outcome = "by hand"
    if source.fetch is not None:
        try:
            fetched = source.fetch(get, work)
            done = {name: _replace(name, specs[name], fetched, work) for name in rows}
            note = ""
        except (SourceUnreachableError, SourceChangedError, ExtractError) as error:
            default, note = "kept", str(error)
    for name, before in rows.items():
        outcome, after = done.get(name, (default, before.height))
        yield SourceLine(
            source=source.name,
            dataset=name,
            outcome=outcome,
            rows_before=before.height,
            rows_after=after,
            note=note,
        )


def _replace(name: Name, spec: DatasetSpec, fetched: Extracts, work: Path) -> tuple[Outcome, int]:
    """Put a new extract in the old one's place if it passes its checks."""
    target = work / spec.extract
    old_rows, old_bytes = frame(spec, work), target.read_bytes()
    try:
        write = fetched[name].write_parquet if target.suffix == ".parquet" else None
        (write or fetched[name].write_csv)(target)
        new_rows = frame(spec, work)
    except ExtractError:
        target.write_bytes(old_bytes)
        raise
    if new_rows.equals(old_rows):
        target.write_bytes(old_bytes)
        return "unchanged", new_rows.height
    return "new", new_rows.height


def _findings(folder: Path) -> Findings:
    """Verdict and value of every claim, over the Parquet files of a folder."""
    found: Findings = {}
    for claim in claims.all_claims():
        try:
            finding = claims.check(claim.id, scan=scanner(folder))
            found[claim.id] = (finding.verdict, show(finding.value))
        except claims.JudgeAnewError as error:
            found[claim.id] = ("judge anew", str(error))
    return found


def _compare(before: Findings, after: Findings, report: Report) -> None:
    for claim_id, (verdict, value) in before.items():
        flip = Flip(claim_id, verdict, after[claim_id][0], value, after[claim_id][1])
        if flip.before != flip.after:
            report.flips.append(flip)
        elif flip.value_before != flip.value_after:
            report.moved.append(flip)
