"""Reads mkdocs.yml without MkDocs, and without running anything that it names."""

from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

from livecells.errors import BuildError

NAME = "mkdocs.yml"


class _Loose(yaml.SafeLoader):  # type: ignore[misc]  # it has no types
    """Drops values with tags of others, such as `!!python/name`."""


_Loose.add_multi_constructor("", lambda *_: None)
_Loose.add_multi_constructor("!", lambda *_: None)
add_env_tag(_Loose)


def read(folder: Path) -> dict[str, Any]:
    """Read the configuration in a folder.

    Raises:
        BuildError: It is not valid YAML.
    """
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
        return yaml.load(text, _Loose) or {}  # noqa: S506  makes no objects
    except yaml.YAMLError as error:
        msg = f"it is not valid YAML: {' '.join(str(error).split())}"
        raise BuildError(msg) from error


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Part a page into its head, which may be missing, and its text."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        return {}, text
    head = yaml.load(parts[1], _Loose)  # noqa: S506  makes no objects
    return (head, parts[2]) if isinstance(head, dict) else ({}, text)


def options(written: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what stands at each mention of livecells under `plugins`."""
    listed = [
        next(iter(one.items())) if isinstance(one, dict) else (one, None)
        for one in written.get("plugins") or ()
    ]
    return [given or {} for name, given in listed if name == "livecells"]
