"""How sentences, titles and labels write a value; prose calls these, too, as `| name`."""

import re
import tomllib
from calendar import month_name as MONTH_NAMES  # noqa: N812
from collections.abc import Iterable
from importlib import resources

from livecells.kernel.wording import capital as capital
from livecells.kernel.wording import day_name as day_name
from livecells.kernel.wording import dollars as dollars
from livecells.kernel.wording import fold as fold
from livecells.kernel.wording import in_words as in_words
from livecells.kernel.wording import listing as listing
from livecells.kernel.wording import megabytes as megabytes
from livecells.kernel.wording import millions as millions
from livecells.kernel.wording import ordinal as ordinal
from livecells.kernel.wording import percent as percent
from livecells.kernel.wording import points as points
from livecells.kernel.wording import thousands as thousands
from livecells.kernel.wording import times as times
from livecells.kernel.wording import wait as wait
from trends.frames.months import Month, as_month

PRODUCTS: dict[str, str] = tomllib.loads(
    (resources.files("trends") / "products.toml").read_text(encoding="utf-8")
)
"""Packages as their makers write them, by their name on PyPI."""


def month_name(month: Month) -> str:
    """`2022-09` becomes `September 2022`."""
    first = as_month(month)
    return f"{MONTH_NAMES[first.month]} {first.year}"


def month_span(months: Iterable[Month]) -> str:
    """Several months become `September 2022 to January 2023`, one stays one."""
    dates = [as_month(month) for month in months]
    first, last = month_name(min(dates)), month_name(max(dates))
    return first if first == last else f"{first} to {last}"


def product(package: str) -> str:
    """`fastapi` becomes `FastAPI`; a package that `PRODUCTS` does not have keeps its name."""
    return PRODUCTS.get(package, package)


def with_products(text: str) -> str:
    """Write each package in a text as its makers do: `uv passes poetry`, `uv passes Poetry`."""
    return re.sub(r"(?<![\w-])[a-z][\w-]*\b(?!-)", lambda found: product(found[0]), text)
