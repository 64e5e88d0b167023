"""What archives and programs read of a site's tables, for a site that is not ours."""

import json
from pathlib import Path

import pytest

from livecells.kernel.files.described import Column, Table
from livecells.release import archives, feeds

SITE = archives.Site("Birds", "https://example.org/birds/", "1.2", "2026-11-30")
COLUMNS = (
    Column(name="day", type="Date", unit="day", meaning="day of the walk"),
    Column(name="kind", type="Enum", unit="", meaning="kind of bird", values=("tit", "crow")),
)
TABLE = Table(
    name="walks",
    title="Birds seen on walks",
    publisher="us",
    source="our notebooks",
    licence="CC0 1.0",
    retrieved="today",
    method="Counted.",
    attribution=("We counted.",),
    caveats=("At dawn only.",),
    key=("day", "kind"),
    sort=("day",),
    file="walks.parquet",
    sha256="ab12",
    rows=2,
    bytes=77,
    span="2025-01-01 to 2025-12-31",
    columns=COLUMNS,
)


def test_a_table_says_what_it_holds() -> None:
    assert repr(TABLE).splitlines()[:3] == [
        "walks: Birds seen on walks",
        "2 rows, 2025-01-01 to 2025-12-31; CC0 1.0",
        "",
    ]
    assert "  day   Date     day of the walk (day)" in repr(TABLE)


def test_tools_load_the_columns_of_the_file() -> None:
    made = archives.croissant(SITE, TABLE)
    (rows,) = made["recordSet"]
    assert [field["dataType"] for field in rows["field"]] == ["sc:Date", "sc:Text"]
    assert rows["key"] == [{"@id": "rows/day"}, {"@id": "rows/kind"}]
    assert made["distribution"][0]["sha256"] == "ab12"


@pytest.mark.parametrize("has_csv", [True, False])
def test_search_engines_are_told_of_the_files_there_are(has_csv: bool) -> None:  # noqa: FBT001
    made = archives.dataset(SITE, TABLE, has_csv=has_csv)
    kinds = [file["encodingFormat"] for file in made["distribution"]]
    assert ("text/csv" in kinds) == has_csv
    assert made["temporalCoverage"] == "2025-01-01/2025-12-31"
    assert made["description"] == "Birds seen on walks. Counted. At dawn only."


def test_the_crate_lists_each_file_once() -> None:
    others = {"about.txt": ("About", "text/plain")}
    made = archives.crate(SITE, [TABLE], others, description="Birds", licences="All free.")
    graph = {one["@id"]: one for one in made["@graph"]}
    parts = [part["@id"] for part in graph["./"]["hasPart"]]
    assert parts == ["about.txt", archives.CITATION, "data/walks.parquet"]
    assert all(part in graph for part in parts)
    assert graph["https://example.org/birds/licences/"]["description"] == "All free."


def test_a_citation_needs_no_address() -> None:
    homeless = archives.Site("Birds", "", "1.2", "2026-11-30")
    said = archives.citation(homeless, licence="MIT", message="Cite us.")
    assert "message: Cite us.\n" in said
    assert 'title: "Birds"\n' in said
    assert "url:" not in said


def test_linked_data_goes_into_the_head_of_pages_that_there_are(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<head><title>x</title></head><body>")
    archives.put_in_head(page, [{"name": "</script>"}])
    head = page.read_text().partition("</head>")[0]
    assert head.count("<script") == head.count("</script>") == 1
    archives.put_in_head(tmp_path / "none.html", [{}])
    assert not (tmp_path / "none.html").exists()


def test_both_feeds_have_the_same_entries(tmp_path: Path) -> None:
    news = feeds.Entry(
        "id-1", "https://e.org/#1", "News", "Text.", "2026-11-30T00:00:00Z", {"_n": 1}
    )
    feeds.write(tmp_path, [news], title="T", author="us", url="https://e.org/", page="news/")
    (item,) = json.loads((tmp_path / feeds.JSON).read_text())["items"]
    assert (item["content_text"], item["_n"]) == ("Text.", 1)
    atom = (tmp_path / feeds.FEED).read_text()
    assert "<id>id-1</id>" in atom
    assert "_n" not in atom
