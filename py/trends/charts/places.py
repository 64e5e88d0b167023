"""Where the names of scattered points fit without covering each other."""

import math
from enum import Enum
from typing import Literal

import polars as pl

from trends.charts.labels import CHARACTER

NAME_HEIGHT = 14
MARGIN = 18
RULE_WORDS = 160
"""Pixels: height of a name, margin around the points, length of the words of the rule."""

Align = Literal["left", "right", "center"]
Box = tuple[float, float, float, float]


class Place(Enum):
    """A side of a point: how the text is aligned and how far it is moved, in pixels."""

    RIGHT = ("left", 8, 0)
    LEFT = ("right", -8, 0)
    ABOVE = ("center", 0, -12)
    BELOW = ("center", 0, 13)

    @property
    def align(self) -> Align:
        """Alignment of the text."""
        align: Align = self.value[0]
        return align

    @property
    def dx(self) -> int:
        """Pixels to the right."""
        return self.value[1]

    @property
    def dy(self) -> int:
        """Pixels down."""
        return self.value[2]


def free_places(
    rows: pl.DataFrame, x: str, y: str, width: int, height: int, rule: float
) -> pl.DataFrame:
    """Choose a side for each name, first come first served; names without room are left out.

    Args:
        rows: One row a point, the most important first. Columns: `package`, `x`, `y` (positive,
            drawn on logarithmic axes).
        x: Column of the horizontal values.
        y: Column of the vertical values.
        width: Pixels of the picture.
        height: Pixels of the picture.
        rule: Value of `y` of a horizontal rule with words above its left end, to be kept free.

    Returns:
        `package`, `place` (name of a `Place`).
    """
    across, down = _pixels(rows[x], width), _pixels(rows[y].append(pl.Series([rule])), height)
    points = [(px, height - py) for px, py in zip(across, down[:-1], strict=True)]
    taken: list[Box] = [(px - 5, py - 5, px + 5, py + 5) for px, py in points]
    words = height - down[-1] - NAME_HEIGHT - 2
    taken.append((0, words, RULE_WORDS, words + NAME_HEIGHT))
    chosen = []
    for i, (name, point) in enumerate(zip(rows["package"], points, strict=True)):
        others = taken[:i] + taken[i + 1 :]
        for place in Place:
            box = _box(place, point, CHARACTER * len(name))
            if box[0] >= 0 and box[2] <= width and not any(_overlap(box, b) for b in others):
                taken.append(box)
                chosen.append((name, place.name))
                break
    return pl.DataFrame(chosen, schema={"package": pl.String, "place": pl.String}, orient="row")


def _pixels(values: pl.Series, size: int) -> list[float]:
    logs = [math.log(float(value)) for value in values]
    low, span = min(logs), (max(logs) - min(logs)) or 1.0
    return [MARGIN + (value - low) / span * (size - 2 * MARGIN) for value in logs]


def _box(place: Place, point: tuple[float, float], length: float) -> Box:
    x, y = point[0] + place.dx, point[1] + place.dy
    left = {"left": x, "right": x - length, "center": x - length / 2}[place.align]
    return left, y - NAME_HEIGHT / 2, left + length, y + NAME_HEIGHT / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
