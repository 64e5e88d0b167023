"""The page "Which browsers": engines side by side, and their starts."""

from datetime import date

import polars as pl
import pytest

from trends import data, engines

DAY = date(2026, 11, 29)
RECORD = pl.DataFrame(
    [
        (DAY, "Chromium", "1", "run", "yes", 2.0, 1.0),
        (DAY, "Chromium", "1", "stop", "yes", None, None),
        (DAY, "WebKit", "2", "run", "yes", 8.0, 6.0),
        (DAY, "WebKit", "2", "stop", "no", None, None),
    ],
    ["date", "engine", "version", "feature", "runs", "first", "return"],
    orient="row",
)


def test_engines_stand_side_by_side() -> None:
    assert engines.table(RECORD).columns == ["feature", "Chromium", "WebKit"]
    assert engines.table(RECORD, only="differs").rows() == [("stop", "yes", "no")]
    with pytest.raises(ValueError, match="expected all or differs"):
        engines.table(RECORD, only="none")


def test_starts_are_compared_with_chromiums() -> None:
    _, webkit = engines.starts(RECORD).to_dicts()
    assert webkit["first / Chromium"] == 4
    assert webkit["return / first"] == 0.75


def test_the_record_has_every_engine_with_every_feature() -> None:
    kept = data.load("engines")
    assert engines.table(kept).null_count().sum_horizontal().item() == 0
    assert set(kept["engine"]) == {"Chromium", "Firefox", "WebKit"}
