"""Names of scattered points: none covers another, a point or the words of the rule."""

from itertools import combinations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from trends.charts.parts.label_placement import Corner, Place, Scatter, _box, _overlap
from trends.charts.parts.words import CHARACTER

WORDS = "median package 3.2-fold"
VALUES = st.lists(
    st.tuples(st.floats(0.1, 1000), st.floats(0.1, 100)), min_size=1, max_size=15, unique=True
)


def picture(points: list[tuple[float, float]], *, width: int = 560) -> Scatter:
    names = [f"package-{i}" for i in range(len(points))]
    rows = pl.DataFrame(points, schema={"x": pl.Float64, "y": pl.Float64}, orient="row")
    rows = rows.with_columns(package=pl.Series(names))
    return Scatter(rows, x="x", y="y", size=(width, 320), rule=3.2)


@given(VALUES)
def test_names_cover_nothing(points: list[tuple[float, float]]) -> None:
    scatter = picture(points)
    boxes = {}
    for name, place in scatter.free_places(WORDS).rows():
        at = scatter.points[scatter.names.index(name)]
        boxes[name] = _box(Place[place], at, CHARACTER * len(name))
    assert not [pair for pair in combinations(boxes.values(), 2) if _overlap(*pair)]
    for name, box in boxes.items():
        others = [dot for n, dot in zip(scatter.names, scatter.dots, strict=True) if n != name]
        assert not any(_overlap(box, dot) for dot in others)


def test_the_words_of_the_rule_take_the_empty_corner() -> None:
    left = [(0.1, 3.3), (0.2, 3.6), (0.15, 3.0), (1000, 100), (1000, 0.1)]
    assert picture(left).rule_corner(WORDS) in (Corner.RIGHT_ABOVE, Corner.RIGHT_BELOW)


def test_a_name_keeps_off_the_rule_where_it_can() -> None:
    scatter = picture([(10, 3.2), (0.1, 100), (1000, 0.1)])
    places = dict(scatter.free_places(WORDS).rows())
    assert places["package-0"] not in ("LEFT", "RIGHT")
