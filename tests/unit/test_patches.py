"""Altair and jsonschema, patched: the same charts, the same complaints, and no other version."""

import json
import subprocess
import sys

import pytest

from livecells.kernel.process import patches

COMPARE = """
import json, time
import altair as alt, polars as pl

frame = pl.DataFrame({"month": ["2025-01", "2025-02"], "n": [1, 2], "name": ["a", "b"]})

def draw():
    lines = alt.Chart(frame).mark_line(point=True).encode(
        x=alt.X("month:T").axis(format="%Y"),
        y="n",
        color=alt.Color("name").scale(domain=["a", "b"]),
    )
    words = lines.mark_text(dx=5).encode(text="name")
    both = alt.layer(lines, words).properties(title="two").add_params(alt.param(name="p", value=1))
    return alt.vconcat(both, lines.interactive(name="zoom")).resolve_scale(y="shared").to_dict()

def complain():
    try:
        alt.Chart(frame).mark_line().encode(x=alt.X("month:T").axis(formt="%Y")).to_dict()
    except Exception as error:
        return f"{type(error).__name__}: {error}"

before = draw(), complain()
untouched = alt.utils.schemapi._deep_copy
import livecells.kernel
is_patched = alt.utils.schemapi._deep_copy is not untouched
print(json.dumps([before == (draw(), complain()), before[1], is_patched]))
"""


def test_charts_and_complaints_are_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPARE], capture_output=True, text=True, check=True
    )
    is_same, complaint, is_patched = json.loads(done.stdout)
    assert is_same
    assert "formt" in complaint
    assert is_patched


def test_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import altair

    before = altair.utils.schemapi._deep_copy
    monkeypatch.setattr(altair, "__version__", "7.0.0")
    patches.apply()
    assert altair.utils.schemapi._deep_copy is before
