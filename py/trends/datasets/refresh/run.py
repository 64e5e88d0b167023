"""Refresh the data: fetch, check, make, compare; the old files stay where anything fails."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from livecells.datasets import catalogue
from livecells.datasets.make import make, scanner
from livecells.datasets.refresh import source
from livecells.datasets.refresh.source import Fetch, Source
from livecells.datasets.refresh.web import Get
from livecells.kernel.claims.model import show
from livecells.kernel.files import earlier
from trends import claims, data
from trends.datasets import changes
from trends.datasets.derived import MAKERS
from trends.datasets.refresh import forms, top_packages
from trends.datasets.refresh.report import Flip, Report

Findings = dict[str, tuple[str, str]]

PROGRAMS: Mapping[str, Fetch] = {"top_packages": top_packages.fetch}


def sources(folder: Path) -> tuple[Source, ...]:
    """Return the sources that the catalogue of a data folder names."""
    return source.known(folder, forms.FORMS, PROGRAMS)


def refresh(folder: Path, fetched: Iterable[Source], get: Get, *, today: date) -> Report:
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
        for one in fetched:
            report.lines += source.take(one, specs, work, get)
        if any(line.outcome == "new" for line in report.lines):
            before = _findings(folder)
            make(work, MAKERS)
            tables = map(data.describe, data.NAMES)
            earlier.keep(folder, work, str(changes.read(folder)[0].day), tables)
            _compare(before, _findings(work), report)
            changes.add(work, report.change(today))
            shutil.copytree(work, folder, dirs_exist_ok=True)
    return report


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
