"""A cell of SQL: what it reads, what it gives, and where it is wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from livecells.kernel import Kernel, sql
from livecells.kernel.dependencies import dependencies
from livecells.kernel.requests import check, reply
from livecells.kernel.runner import parse

FRAME = "import polars as pl\nmonthly = pl.DataFrame({'package': ['a', 'b'], 'n': [1, 2]})"


class Page:
    """A page's Python."""

    def __init__(self) -> None:
        self.kernel = Kernel()

    def run(self, source: str) -> tuple[dict[str, Any], list[Any]]:
        outputs: list[Any] = []
        request: Any = {"page": "p", "cell": "c", "source": source}
        return dict(asyncio.run(self.kernel.execute(request, outputs.append))), outputs

    @property
    def variables(self) -> dict[str, Any]:
        return self.kernel.namespace("p").variables

    def offered(self, text: str) -> list[str]:
        """What is offered at the bar in a text."""
        cursor = text.index("|")
        request: Any = {"page": "p", "cell": "c", "source": text.replace("|", "", 1)}
        request |= {"what": "complete", "cursor": cursor}
        return [one["label"] for one in reply(request, self.kernel.namespace("p"))["options"]]


@pytest.fixture
def page() -> Page:
    made = Page()
    made.run(FRAME)
    return made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT a FROM m", ["m"]),
        ('select * from a, b c join "d e" using (x)', ["a", "b", "d e"]),
        ("with t as (select 1 from z) select * from t", ["z"]),
        ("select a from m where a in (select b from n, o) order by p, q", ["m", "n", "o"]),
        ("select 'from x' from y -- from z\n/* from q */", ["y"]),
        ("select * from (a join b on 1 = 1), c", ["a", "b", "c"]),
        ("select * from read_parquet('x') r, q", ["q"]),
        ("select 1", []),
        ("select 'open", []),
        ("select * from `odd name`", ["odd name"]),
    ],
)
def test_tables_are_found_in_the_statement(text: str, wanted: list[str]) -> None:
    assert sql.tables(text) == wanted


def test_a_cell_of_sql_reads_its_tables_and_gives_its_name() -> None:
    for source in ("%%sql top\nSELECT * FROM monthly", "top = pl.sql('SELECT * FROM monthly')"):
        found = dependencies(source, parse(source, "<cell>"))
        assert "monthly" in found["uses"]
        assert found["defines"] == ["top"]


def test_the_result_is_a_frame_that_python_sees_and_the_other_way_round(page: Page) -> None:
    reply, outputs = page.run("%%sql top\nSELECT package FROM monthly WHERE n > 1;")
    assert reply["status"] == "ok"
    assert "text/html" in outputs[-1]["data"]
    assert page.variables["top"].equals(pl.DataFrame({"package": ["b"]}))
    page.run("lazy = top.lazy()\nsql = 'hidden'")
    page.run("%%sql again\nSELECT COUNT(*) AS n FROM lazy")
    assert page.variables["again"].item() == 1


def test_without_a_name_the_result_is_only_shown(page: Page) -> None:
    before = set(page.variables)
    _, outputs = page.run("%%sql\nSELECT 1 AS one")
    assert "text/html" in outputs[-1]["data"]
    assert set(page.variables) - before <= {"_"}


def test_datasets_are_tables_unless_a_frame_has_their_name(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("monthly", "yearly"):
        pl.DataFrame({"a": [7]}).write_parquet(tmp_path / f"{name}.parquet")
    monkeypatch.setattr(sql, "find", lambda: tmp_path.glob("*.parquet"))
    page.run("%%sql both\nSELECT a, n FROM yearly CROSS JOIN monthly")
    assert page.variables["both"].rows() == [(7, 1), (7, 2)]


@pytest.mark.parametrize(
    ("statement", "line", "column"),
    [
        ("SELECT *\nFROM montly", 3, 6),
        ("SELECT\n  zz\nFROM monthly", 3, 3),
        ("SELECT * x y\nFROM monthly", 2, 10),
        ("SELECT *\nFROM monthly WHERE", 3, 19),
        ("SELECT foo(n)\nFROM monthly", 2, 8),
        ("", 1, 7),
    ],
)
def test_an_error_has_its_place_in_the_cell(
    page: Page, statement: str, line: int, column: int
) -> None:
    reply, outputs = page.run(f"%%sql top\n{statement}")
    assert (reply["line"], reply["column"]) == (line, column)
    assert outputs[-1]["details"]["frames"][0]["line"] == line


def test_a_table_that_is_not_there_is_named_with_those_that_are(page: Page) -> None:
    _, outputs = page.run("%%sql top\nSELECT * FROM montly")
    (hint,) = outputs[-1]["details"]["hints"]
    assert (hint["kind"], hint["name"], hint["near"]) == ("table", "montly", ["monthly"])
    assert "monthly" in hint["known"]


def test_a_name_that_python_has_not_is_refused(page: Page) -> None:
    for name in ("2x", "class", "a b"):
        reply, outputs = page.run(f"%%sql {name}\nSELECT 1")
        assert (outputs[-1]["ename"], reply["line"]) == ("SyntaxError", 1)
        assert name in outputs[-1]["evalue"]


def test_mistakes_are_found_without_a_run_and_missing_tables_are_none() -> None:
    assert check("%%sql t\nSELECT a\nFROM b c d", "") == {
        "line": 3,
        "column": 10,
        "message": "sql parser error: Expected: end of statement, found: d",
    }
    assert check("%%sql t\nSELECT * FROM nowhere", "") is None


def test_tables_and_columns_complete(page: Page) -> None:
    assert page.offered("%%sql t\nSELECT pa| FROM monthly")[0] == "package"
    assert "monthly" in page.offered("%%sql t\nSELECT * FROM mon|")
    assert page.offered("%%sql t\nSELECT m.| FROM monthly m") == ["package", "n"]
    assert "SELECT" in page.offered("%%sql t\nSEL|")
    assert page.offered("%%sql mon|\nSELECT 1") == []
