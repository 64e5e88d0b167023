"""What happens before a first cell, and when Python comes back from a snapshot."""

import random
import sys

import pytest

from livecells.kernel import warm
from livecells.kernel.process import host


def test_preload_imports_and_names_what_is_missing() -> None:
    sys.modules.pop("this", None)
    warm.preload(["colorsys"])
    assert "colorsys" in sys.modules
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        warm.preload(["no_such_module"])


def test_a_warm_up_is_a_module_with_run(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    module = type(sys)("small_warm_up")
    module.run = lambda: calls.append("run")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "small_warm_up", module)
    warm.run("small_warm_up")
    assert calls == ["run"]


def test_pythons_from_one_snapshot_draw_different_numbers() -> None:
    kept = random.getstate()
    drawn = set()
    for _ in range(3):
        random.setstate(kept)  # as a snapshot does
        warm.restored()
        drawn.add(random.random())
    assert len(drawn) == 3


def test_outside_a_browser_nothing_is_changed() -> None:
    import time

    sleep = time.sleep
    host.prepare()
    assert time.sleep is sleep
