"""Exercises that check themselves: what the page gets, and which check a wrong answer fails."""

from __future__ import annotations

import asyncio
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import chapters
from buildlib import convert
from livecells.author import exercise
from livecells.author.source import fences
from livecells.kernel import Kernel

PAGE = """
```python cell="before"
limit = 3
```

```exercise cell="ex"
x = limit
# %% solution
x = limit + 1
# %% check Give `x` a number.
isinstance(x, int)
# %% check It must be `4`.
assert x == 4
# %% hint Add one.
```

{= limit =}
"""


def test_the_page_gets_text_checks_and_help(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    page = convert(tmp_path / "page.md", tmp_path / "cache")
    (checks,) = re.findall(r'data-checks="([^"]+)"', page)
    assert json.loads(html.unescape(checks)) == ["isinstance(x, int)", "assert x == 4"]
    assert "It must be <code>4</code>." in page
    assert "<summary>Hint 1</summary>" in page
    assert "<summary>Solution</summary>" in page
    assert "# %%" not in html.unescape(re.sub(r"<[^>]+>", "", page))


def failed(answer: str, checks: list[str]) -> int | None:
    kernel, outputs = Kernel(), list[Any]()
    request: Any = {"page": "p", "cell": "c", "source": answer, "checks": checks}
    reply = asyncio.run(kernel.execute(request, outputs.append))
    assert "extra" not in kernel.namespace("p").variables  # checks leave nothing behind
    return reply.get("failed")


@pytest.mark.parametrize(
    ("answer", "number"),
    [("x = 4", -1), ("x = '4'", 0), ("x = 5", 1), ("y = 4", 0), ("1 / 0", None), ("x = = 4", None)],
)
def test_a_wrong_answer_fails_the_check_that_is_about_it(answer: str, number: int | None) -> None:
    assert failed(answer, ["extra = x\nisinstance(x, int)", "assert x == 4"]) == number


WRONG = {
    "learn-median": {
        "result = grown": 0,
        "against = grown.head(5).with_columns(beside_median=pl.col('growth'))": 1,
        "against = grown.with_columns(beside_median=pl.col('growth') / pl.mean('growth'))": 2,
        "against = grown.with_columns(beside_median=pl.col('growth') / 2)": 3,
    },
    "learn-start": {
        "first = snapshots.head(1)": 0,
        "first = date(1999, 1, 1)": 1,
        "first = date(2025, 1, 1)": 2,
        "first = date(2024, 1, 1)": 3,
    },
    "learn-share": {
        "python = used.filter(item='Python')": 0,
        "python = 57.9": 1,
        "python = used.filter(item='Python')['share'].item()": 2,
        "python = used.filter(item='Python')['share'].item() / used.height": 3,
    },
}
"""By exercise of the site, answers with the number of the check that each must fail."""


def test_wrong_answers_of_the_site_get_the_right_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(chapters.ROOT)
    run = chapters.Run("learn")
    for cell in chapters.cells("learn"):
        run.execute(cell)
    text = (chapters.SITE / "learn.md").read_text(encoding="utf-8")
    found = {one.cell: one for one in fences(text) if one.language == "exercise"}
    assert set(found) == set(WRONG)
    for name, answers in WRONG.items():
        checks = exercise.parse(found[name].source).code
        assert set(answers.values()) == set(range(len(checks)))
        for answer, number in answers.items():
            request: Any = {"page": "learn", "cell": name, "source": answer, "checks": checks}
            reply = asyncio.run(run.kernel.execute(request, lambda _: None))
            assert reply.get("failed") == number, f"{name}: {answer}"
