"""The record of what runs in which browser."""

from trends import data


def test_the_record_has_every_engine_with_every_feature() -> None:
    kept = data.load("engines")
    side_by_side = kept.pivot("engine", index="feature", values="runs")
    assert side_by_side.null_count().sum_horizontal().item() == 0
    assert set(kept["engine"]) == {"Chromium", "Firefox", "WebKit"}
