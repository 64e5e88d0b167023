"""The bench's report: a table for the terminal, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.record import Measure

FILE = Path(".bench/bench.json")
SCHEMA = 1


def write(measures: Sequence[Measure], taken: dict[str, str], file: Path = FILE) -> None:
    """Write the report: when and where it was taken, and all measures."""
    rows = [{**asdict(one), "is_met": one.is_met} for one in measures]
    file.parent.mkdir(exist_ok=True)
    text = json.dumps({"schema": SCHEMA, "taken": taken, "measures": rows}, indent=1)
    file.write_text(text + "\n")


def read(file: Path = FILE) -> tuple[list[Measure], dict[str, str]]:
    """Read a report back.

    Raises:
        ValueError: It is none of this schema.
    """
    raw = json.loads(file.read_text())
    if raw.get("schema") != SCHEMA:
        msg = f"{file} is no report of schema {SCHEMA}: run make bench again"
        raise ValueError(msg)
    names = {name for row in raw["measures"] for name in row} - {"is_met"}
    rows = [{name: row[name] for name in names} for row in raw["measures"]]
    return [Measure(**row) for row in rows], raw["taken"]


def table(measures: Sequence[Measure], ratios: Iterable[Measure]) -> str:
    """Write all measures as a table, each with its ratio to the plain page where there is one."""
    against = {(one.topic, one.what, one.when): one.median for one in ratios}
    lines = [f"{'':52} {'median':>10} {'least':>10} {'most':>10}  {'':6} {'/ plain':>7}"]
    for one in measures:
        ratio = against.get((one.topic, one.what, one.when)) if one.where == "site" else None
        numbers = f"{one.median:10,.2f} {one.low:10,.2f} {one.high:10,.2f}"
        shown = f"{ratio:7.2f}" if ratio else ""
        lines.append(f"{name(one):52} {numbers}  {one.unit:6} {shown}".rstrip())
    return "\n".join(lines)


def name(one: Measure) -> str:
    """Name a measure in a line."""
    where = "" if one.where == "site" else f" [{one.where}]"
    size = f" at {one.size:,}" if one.size else ""
    when = f", {one.when}" if one.when else ""
    return f"{one.topic}: {one.what}{when}{size}{where}"


def goals(measures: Iterable[Measure]) -> str:
    """Say of each goal whether it is met, and by how much it is missed."""
    lines = []
    for one in measures:
        if one.goal is None:
            continue
        verdict = "met" if one.is_met else f"MISSED by {one.median - one.goal:,.2f} {one.unit}"
        reached = f"{one.median:,.2f} of at most {one.goal:,.2f} {one.unit}"
        lines.append(f"{name(one):52} {reached:32} {verdict}")
    met = sum(1 for line in lines if line.endswith(" met"))
    return "\n".join([*lines, f"{met} of {len(lines)} goals met"])
