"""What comes in parts: the long list, as few as a query needs, and Polars, its rest later."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.server import Reply

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

    from browser.reader import Reader

LONG_LIST = "data/pypi_top_packages.parquet"

COUNT = f"""
import polars as pl
rows = pl.scan_parquet("{LONG_LIST}").filter(pl.col("package") == "django").collect()
print(rows.height, rows["rank"].min())
"""


@pytest.fixture
def reader(newcomer: Reader) -> Reader:
    """The subject is what is asked of the server, without the cache of before."""
    return newcomer


def django() -> str:
    import polars as pl

    rows = pl.read_parquet(LONG_LIST).filter(package="django")
    return f"{rows.height} {rows['rank'].min()!r}"


def size() -> int:
    return Path(LONG_LIST).stat().st_size


def count(reader: Reader) -> None:
    """Ask for one package in an empty notebook."""
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, COUNT)
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text(django())


def test_explore_fetches_what_its_cells_ask_for(reader: Reader) -> None:
    reader.open("explore/")
    reader.bar.get_by_role("button", name="Run all").click()
    for cell in reader.page.locator("code-cell").all():
        reader.wait_for_state(cell, "ok")
    assert 0 < reader.server.sent[LONG_LIST] < size() / 5
    assert LONG_LIST not in [path for path, sent in reader.server.sent.items() if sent >= size()]


def test_what_was_fetched_is_not_fetched_again(reader: Reader) -> None:
    count(reader)
    before = reader.server.sent[LONG_LIST]
    reader.run(reader.first_cell())
    assert reader.server.sent[LONG_LIST] == before


def test_a_host_that_knows_no_parts_sends_all_once(reader: Reader) -> None:
    reader.server.faults.append(
        lambda asked: Reply(body=Path(LONG_LIST).read_bytes()) if asked == LONG_LIST else None
    )
    count(reader)
    assert reader.server.requests.count(LONG_LIST) == 1


@pytest.mark.breaks
def test_an_altered_part_is_not_used(reader: Reader) -> None:
    def altered(route: Route, request: Request) -> None:
        if "range" not in request.headers:
            return route.continue_()
        response = route.fetch()
        return route.fulfill(response=response, body=bytes(len(response.body())))

    reader.page.context.route(f"**/{LONG_LIST}", altered)
    count(reader)
    assert reader.server.sent[LONG_LIST] > size()


def test_another_file_in_its_place_is_read(reader: Reader) -> None:
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(
        cell,
        f"import polars as pl\npl.DataFrame({{'a': [1, 2]}}).write_parquet('{LONG_LIST}')\n"
        f"print(pl.scan_parquet('{LONG_LIST}').collect().to_dict(as_series=False))",
    )
    reader.run(cell)
    expect(reader.outputs(cell)).to_contain_text("{'a': [1, 2]}")


AVRO = """
import io
import polars as pl
file = io.BytesIO()
pl.DataFrame({"a": [1, 2]}).write_avro(file)
file.seek(0)
print(pl.read_avro(file)["a"].sum())
"""


def test_the_rest_of_polars_comes_when_a_cell_needs_it(reader: Reader) -> None:
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, "import polars as pl\nprint(pl.Series([1, 2]).sum())")
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("3")
    reader.page.wait_for_timeout(2000)  # twice as long as Python has to be idle for all else
    assert not [path for path in reader.requests if re.search(r"\.so\.rest-|/cold-", path)]
    reader.edit(cell, AVRO)
    with reader.page.expect_response("**/*.so.rest-*"):
        reader.run(cell)
    expect(reader.outputs(cell)).to_have_text("3")


ENCODED = 'print("\\u6f22".encode("gb18030").hex())'


@pytest.mark.breaks
@pytest.mark.fault("missing", rows=2)
@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("polars.abi3.so.rest", AVRO, "3"),
        ("pyodide.asm.wasm.rest", ENCODED, "\u6f22".encode("gb18030").hex()),
    ],
)
def test_a_rest_that_is_missing_is_named(reader: Reader, name: str, source: str, said: str) -> None:
    reader.server.faults.append(lambda path: Reply(404) if f"{name}-" in path else None)
    reader.open("playground/")
    cell = reader.first_cell()
    reader.edit(cell, source)
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "failed")
    expect(reader.bar).to_contain_text(name)
    reader.server.faults.clear()
    reader.bar.get_by_role("button", name="Restart").click()
    reader.run(cell)
    expect(reader.outputs(cell)).to_have_text(said)
