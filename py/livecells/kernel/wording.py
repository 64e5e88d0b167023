"""How sentences write a value: the formatters that expressions in prose call as `| name`."""

from calendar import month_name as MONTH_NAMES  # noqa: N812
from collections.abc import Iterable
from datetime import date

MILLION = 1_000_000
SECOND = 1000
"""Milliseconds; from here on a reader counts in seconds."""

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def millions(count: float, digits: int = 1) -> str:
    """109919392 becomes `109.9 million`."""
    return f"{count / MILLION:,.{digits}f} million"


def thousands(count: float) -> str:
    """27293.4 becomes `27,293`."""
    return f"{count:,.0f}"


def times(value: float, digits: int = 1) -> str:
    """4.24 becomes `4.2 times`."""
    return f"{value:,.{digits}f} times"


def fold(value: float, digits: int = 1) -> str:
    """7.18 becomes `7.2-fold`."""
    return f"{value:,.{digits}f}-fold"


def percent(share: float, digits: int = 1) -> str:
    """0.579 becomes `57.9 percent`; a whole percent loses its zero."""
    text = f"{100 * share:,.{digits}f}"
    return f"{text.removesuffix('.' + '0' * digits) if digits else text} percent"


def points(difference: float, digits: int = 1) -> str:
    """A difference of shares: 0.049 becomes `4.9 points`."""
    return f"{percent(difference, digits).removesuffix(' percent')} points"


def dollars(amount: float) -> str:
    """150000 becomes `150,000 dollars`."""
    return f"{amount:,.0f} dollars"


def day_name(day: date) -> str:
    """A date becomes `11 June 2025`."""
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"


def in_words(number: int) -> str:
    """Whole numbers up to ten as words, larger ones in digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def ordinal(number: int) -> str:
    """2 becomes `2nd`; up to 20."""
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")


def listing(names: Iterable[str]) -> str:
    """Several names become `a, b and c`; none becomes an empty text."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def wait(ms: float) -> str:
    """1240 milliseconds become `1.2 seconds`, 87.4 become `87 milliseconds`."""
    return f"{ms / SECOND:.1f} seconds" if ms >= SECOND else f"{ms:.0f} milliseconds"


def megabytes(size: float) -> str:
    """15.92 becomes `15.9 MB`, 647.2 becomes `647 MB`."""
    return f"{size:,.0f} MB" if size >= 100 else f"{size:.1f} MB"


def capital(text: str) -> str:
    """`nine` becomes `Nine`, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]
