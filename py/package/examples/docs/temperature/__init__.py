"""Temperatures in two scales: a library so small that all of its documentation fits on a page."""

ABSOLUTE_ZERO = -273.15
"""In degrees Celsius."""


def to_fahrenheit(celsius: float) -> float:
    """Convert degrees Celsius.

    Raises:
        ValueError: It is colder than absolute zero.
    """
    if celsius < ABSOLUTE_ZERO:
        msg = f"{celsius} is below absolute zero"
        raise ValueError(msg)
    return celsius * 9 / 5 + 32
