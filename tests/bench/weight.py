"""How many bytes a visit fetches, by what they are for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.record import Sample

KINDS = ("page", "core", "packs", "module", "data")
"""What a first chart needs: the page, Python's core, its libraries, Polars, the tables it reads."""

LATER = "libraries for later"
"""Packs and second parts that no start needs, and tools of the editor."""

MB = 1e6


def kinds_of(site: Path) -> dict[str, str]:
    """Read the kinds of Python's files by path from a built site."""
    (manifest,) = site.glob("livecells/*/manifest.json")
    files = json.loads(manifest.read_text())["files"]
    words = {"pack": "packs", "rest": LATER, "tool": LATER}
    return {
        file["path"]: LATER
        if file["kind"] == "pack" and file["stage"] != "boot"
        else words.get(file["kind"], file["kind"])
        for file in files
    }


def of_visit(
    sent: Counter[str], kept: Counter[str], kinds: Mapping[str, str], visit: str
) -> list[Sample]:
    """Sum up a visit.

    Args:
        sent: Bytes by path, of all that the page and its workers have asked for.
        kept: Bytes by path of what the service worker fetched beside them.
        kinds: Kinds of Python's files.
        visit: Its name.

    Returns:
        Megabytes of each kind; of what a first chart needs, of what comes beside it, of all.
    """
    sizes = dict.fromkeys([*KINDS, LATER], 0.0)
    for path, size in sent.items():
        sizes[kinds.get(path, "page")] += size / MB
    sizes["to a first chart"] = sum(sizes[kind] for kind in KINDS)
    sizes["pages for offline"] = sum(kept.values()) / MB
    sizes["whole visit"] = (sent.total() + kept.total()) / MB
    return [Sample("bytes", kind, "site", "MB", size, visit) for kind, size in sizes.items()]
