"""Which cells of the site read a dataset: found in the Markdown of its pages."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

FENCE = re.compile(r'^```python cell="([a-z0-9-]+)"([^\n]*)\n(.*?)^```', re.MULTILINE | re.DOTALL)
READ = re.compile(r'data\.(?:load|scan|describe)\(\s*"(\w+)"|data/(\w+)\.parquet')

MONTHS_READ = "data.scan_months("
OF_MONTHS = {"pypi_key_months", "pypi_top_packages"}


def cells_with(dataset: str, pages: Mapping[str, Path]) -> list[tuple[str, str]]:
    """Return page and id of each shown cell that reads a dataset, in the pages' order."""
    return [
        (url, cell)
        for url, path in pages.items()
        if path.is_file()
        for cell, is_hidden, names in _reads(path, path.stat().st_mtime_ns)
        if dataset in names and not is_hidden
    ]


def datasets_of(page: Path) -> set[str]:
    """Return the names of the datasets that the cells of a page read."""
    return {name for _, _, names in _reads(page, page.stat().st_mtime_ns) for name in names}


@lru_cache(maxsize=256)
def _reads(path: Path, _changed: int) -> tuple[tuple[str, bool, frozenset[str]], ...]:
    return tuple(_cells(path.read_text(encoding="utf-8")))


def _cells(text: str) -> Iterator[tuple[str, bool, frozenset[str]]]:
    for cell, options, source in FENCE.findall(text):
        names = {name for pair in READ.findall(source) for name in pair if name}
        of_months = OF_MONTHS if MONTHS_READ in source else set()
        yield cell, "hide" in options.split(), frozenset(names | of_months)
