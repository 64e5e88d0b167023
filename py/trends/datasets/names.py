"""`python -m trends.datasets.names`: the datasets as a type of names, and on the Data page."""

import re
from collections.abc import Iterable
from pathlib import Path

import trends
from livecells.datasets import catalogue

FILE = Path(trends.__path__[0]) / "names.py"

PAGE = Path("site/data.md")

ENTRIES = re.compile(r"(?:^## (\w+) { #\1 }\n\n```dataset\n\1\n```\n\n)+", re.MULTILINE)

HEAD = '"""The names of the datasets, written by `make data` from data/sources/catalogue.toml."""'


def script(names: Iterable[str]) -> str:
    """Return the text of the module."""
    lines = [f'    "{name}",' for name in sorted(names)]
    return "\n".join(
        [
            HEAD,
            "",
            "from typing import Literal, get_args",
            "",
            "Name = Literal[",
            *lines,
            "]",
            "NAMES: tuple[Name, ...] = get_args(Name)",
            "",
        ]
    )


def listed(page: str, names: Iterable[str]) -> str:
    """Return the Data page with an entry for each dataset, where it has its entries now."""
    parts = [f"## {name} {{ #{name} }}\n\n```dataset\n{name}\n```\n\n" for name in sorted(names)]
    return ENTRIES.sub("".join(parts), page, count=1)


if __name__ == "__main__":
    known = catalogue.read(Path("data")).datasets
    FILE.write_text(script(known), encoding="utf-8")
    PAGE.write_text(listed(PAGE.read_text(encoding="utf-8"), known), encoding="utf-8")
