"""The editorial text of the claims: one TOML file for each part of the article."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

PARTS = ("introduction", "frameworks", "libraries", "tooling", "outlook", "recommendations")


@cache
def read() -> dict[str, dict[str, Any]]:
    """All claims' texts by id, in the order of the article; `part` names their file."""
    folder = resources.files(__name__)
    texts: dict[str, dict[str, Any]] = {}
    for part in PARTS:
        entries = tomllib.loads((folder / f"{part}.toml").read_text(encoding="utf-8"))
        texts |= {claim_id: {"part": part, **entry} for claim_id, entry in entries.items()}
    return texts
