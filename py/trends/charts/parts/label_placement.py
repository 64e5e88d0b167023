"""Where the names of scattered points fit without covering each other."""

import math
from collections.abc import Collection, Iterable
from enum import Enum

import polars as pl

from trends.charts.parts.words import CHARACTER

NAME_HEIGHT = 12
MARGIN = 18
DOT = 5
"""Pixels: height of a name, margin around the points, half the width of a point."""

Box = tuple[float, float, float, float]


class Place(Enum):
    """A side of a point: how the text is aligned and how far it is moved, in pixels."""

    RIGHT = ("left", 8, 0)
    LEFT = ("right", -8, 0)
    ABOVE = ("center", 0, -12)
    BELOW = ("center", 0, 14)
    ABOVE_LEFT = ("right", 4, -12)
    ABOVE_RIGHT = ("left", -4, -12)
    BELOW_LEFT = ("right", 4, 14)
    BELOW_RIGHT = ("left", -4, 14)
    FAR_BELOW_LEFT = ("right", 4, 22)
    FAR_ABOVE_LEFT = ("right", 4, -20)


NEAR = tuple(place for place in Place if not place.name.startswith("FAR"))
"""The sides that leave no doubt which point is meant."""


class Corner(Enum):
    """An end and a side of a horizontal rule: how the words are aligned, and their pixels down."""

    LEFT_ABOVE = ("left", -8)
    RIGHT_ABOVE = ("right", -8)
    LEFT_BELOW = ("left", 9)
    RIGHT_BELOW = ("right", 9)


class Scatter:
    """Points of a picture with logarithmic axes and a horizontal rule, in pixels.

    Args:
        rows: One row a point, the most important first: `package`, and two positive numbers.
        x: Column of the horizontal values.
        y: Column of the vertical values.
        size: Pixels of the picture, across and down.
        rule: Value of `y` of the rule.
    """

    def __init__(
        self, rows: pl.DataFrame, *, x: str, y: str, size: tuple[int, int], rule: float
    ) -> None:
        self.width, height = size
        across = _pixels(rows[x], self.width)
        down = _pixels(rows[y].append(pl.Series([rule])), height)
        self.names = rows["package"].to_list()
        self.points = [(px, height - py) for px, py in zip(across, down[:-1], strict=True)]
        self.dots = [(px - DOT, py - DOT, px + DOT, py + DOT) for px, py in self.points]
        self.rule = height - down[-1]
        self.line = (0.0, self.rule - 1, float(self.width), self.rule + 1)

    def rule_corner(self, words: str) -> Corner:
        """The place for the words of the rule that covers the fewest points."""
        return min(Corner, key=lambda corner: self._hits(self._words(corner, words), self.dots))

    def free_places(self, words: str, *, wanted: Collection[str] = ()) -> pl.DataFrame:
        """Choose a side for each name, first come first served; names without room are left out.

        The `words` of the rule stay free, and its line if there is room elsewhere; names that are
        `wanted` may stand a little off their point. Returns `package`, `place` (name of a `Place`).
        """
        taken: list[Box] = [*self.dots, self._words(self.rule_corner(words), words)]
        chosen = []
        for i, name in enumerate(self.names):
            others = taken[:i] + taken[i + 1 :]
            boxes = {place: _box(place, self.points[i], CHARACTER * len(name)) for place in Place}
            free = [place for place, box in boxes.items() if self._is_free(box, others)]
            near = [place for place in free if place in NEAR]
            free = near or (free if name in wanted else [])
            if free:
                place = min(free, key=lambda side: _overlap(boxes[side], self.line))
                taken.append(boxes[place])
                chosen.append((name, place.name))
        schema = {"package": pl.String, "place": pl.String}
        return pl.DataFrame(chosen, schema=schema, orient="row")

    def _is_free(self, box: Box, others: Iterable[Box]) -> bool:
        return box[0] >= 0 and box[2] <= self.width + DOT and not self._hits(box, others)

    @staticmethod
    def _hits(box: Box, others: Iterable[Box]) -> int:
        return sum(_overlap(box, other) for other in others)

    def _words(self, corner: Corner, words: str) -> Box:
        align, dy = corner.value
        length = CHARACTER * len(words) + 4
        left = 0.0 if align == "left" else self.width - length
        middle = self.rule + dy
        return left, middle - NAME_HEIGHT / 2, left + length, middle + NAME_HEIGHT / 2


def _pixels(values: pl.Series, size: int) -> list[float]:
    logs = [math.log(float(value)) for value in values]
    low, span = min(logs), (max(logs) - min(logs)) or 1.0
    return [MARGIN + (value - low) / span * (size - 2 * MARGIN) for value in logs]


def _box(place: Place, point: tuple[float, float], length: float) -> Box:
    align, dx, dy = place.value
    x, y = point[0] + dx, point[1] + dy
    left = {"left": x, "right": x - length, "center": x - length / 2}[align]
    return left, y - NAME_HEIGHT / 2, left + length, y + NAME_HEIGHT / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
