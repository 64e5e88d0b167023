"""Names at the ends of lines: none covers another, and none moves without need."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.charts.parts.words import spread

POSITIONS = st.lists(st.floats(-100, 100), max_size=12).map(sorted)


@given(POSITIONS, st.floats(0.1, 20))
def test_neighbours_are_apart_and_stay_in_order(positions: list[float], gap: float) -> None:
    placed = spread(positions, gap=gap)
    assert len(placed) == len(positions)
    steps = [b - a for a, b in pairwise(placed)]
    assert all(step >= gap - 1e-6 for step in steps)


def test_only_what_is_in_the_way_moves() -> None:
    assert spread([0, 1, 50], gap=5) == [-2, 3, 50]
    assert spread([0, 10, 20], gap=5) == [0, 10, 20]
    assert spread([7, 7, 7], gap=2) == pytest.approx([5, 7, 9])
    assert spread([], gap=5) == []
