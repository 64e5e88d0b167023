"""`python -m trends.datasets.names`: the names of the datasets as a type, in `trends/names.py`."""

from collections.abc import Iterable
from pathlib import Path

import trends
from trends.datasets import catalogue

FILE = Path(trends.__path__[0]) / "names.py"

HEAD = '"""The names of the datasets, written by `make data` from data/sources/catalogue.toml."""'


def script(names: Iterable[str]) -> str:
    """Write the module."""
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


if __name__ == "__main__":
    FILE.write_text(script(catalogue.read(Path("data")).datasets), encoding="utf-8")
