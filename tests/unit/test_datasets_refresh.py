"""How extracts are refreshed: what is fetched, what stays, and what the report says."""

import gzip
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from livecells.datasets import catalogue
from livecells.datasets.refresh import forms, source, tags, web
from livecells.datasets.refresh.source import Source
from trends import data
from trends.datasets import changes
from trends.datasets.refresh import run, top_packages
from trends.datasets.refresh.forms import FORMS

ROOT = Path(__file__).parents[2]
SQL = ROOT / "py" / "trends" / "datasets" / "refresh" / "sql"
DERIVED = {"claims", "claim_checks", "pypi_key_months"}
TODAY = date(2027, 1, 31)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data folder; tests that change it copy it again."""
    return Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("refresh") / "data"))


def served(files: dict[str, bytes]) -> web.Get:
    """A network of a few files; all other addresses have none."""

    def get(address: str) -> bytes:
        for end, content in files.items():
            if address.endswith(end):
                return content
        raise web.SourceAbsentError(address, "HTTP 404")

    return get


def fetched(name: str, get: web.Get, folder: Path) -> pl.DataFrame:
    """The new extract of a dataset, as the catalogue says."""
    (found,) = (one for one in run.sources(folder) if name in one.datasets)
    assert found.fetch
    return found.fetch(get, folder)[name]


def offline(address: str) -> bytes:
    raise web.SourceUnreachableError(address, "no network")


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def dump(month: str, **changes: object) -> bytes:
    rows = [{"download_count": 3100, "project": "boto3"}, {"download_count": 62, "project": "nh3"}]
    return json.dumps(
        {"last_update": f"{month}-01 06:00:00", "source": "ClickHouse", "rows": rows} | changes
    ).encode()


def test_every_dataset_has_a_source() -> None:
    known = run.sources(ROOT / "data")
    assert sorted(name for one in known for name in one.datasets) == sorted(
        set(data.NAMES) - DERIVED
    ), "an entry of the catalogue needs a [name.refresh]"
    assert all(one.how for one in known)


def test_without_a_network_everything_stays(shipped: Path) -> None:
    before = content_of(shipped)
    report = run.refresh(shipped, run.sources(shipped), offline, today=TODAY)
    assert content_of(shipped) == before
    assert {line.outcome for line in report.lines} == {"kept", "by hand"}
    assert all(line.rows_before == line.rows_after for line in report.lines)
    assert "no network" in report.text()
    assert "Verdicts that flipped: 0" in report.text()


def test_top_packages_appends_the_new_month(shipped: Path) -> None:
    months = top_packages.fetch(
        served({"/2026.05/top-pypi-packages.json": dump("2026-05")}), shipped
    )
    new = months["pypi_top_packages"].tail(2)
    assert new["month"].to_list() == [date(2026, 4, 1)] * 2
    assert new["downloads_30d"].to_list() == [3100, 62], "April has 30 days"
    assert new["rank"].to_list() == [1, 2]
    tracked = months["pypi_monthly_downloads"].tail(1).row(0, named=True)
    assert (tracked["month"], tracked["package"], tracked["rank"]) == ("2026-04", "boto3", "1")
    snapshot = months["pypi_download_snapshots"].tail(1).row(0, named=True)
    assert (snapshot["month"], snapshot["last_rank_downloads"]) == ("2026-04", "62")


def test_top_packages_refuses_a_dump_of_another_month_or_method(shipped: Path) -> None:
    path = "/2026.05/top-pypi-packages.json"
    with pytest.raises(web.SourceChangedError, match="not that month"):
        top_packages.fetch(served({path: dump("2026-06")}), shipped)
    with pytest.raises(web.SourceChangedError, match="new era"):
        top_packages.fetch(served({path: dump("2026-05", source="BigQuery")}), shipped)
    with pytest.raises(web.SourceAbsentError):
        top_packages.fetch(served({}), shipped)


def test_version_downloads_skips_holes(shipped: Path) -> None:
    rows = [
        {"download_count": 5_000, "python_version": "3.14"},
        {"download_count": 9, "python_version": "3.15"},
        {"download_count": 9_000, "python_version": "None"},
    ]
    get = served({"data/2025-05.json": json.dumps({"rows": rows}).encode()})
    new = fetched("python_version_downloads", get, shipped)
    assert new.tail(1).row(0) == ("2025-05", "(all packages)", "3.14", "5000", "pypinfo")
    with pytest.raises(web.SourceAbsentError):
        fetched("python_version_downloads", served({}), shipped)
    assert new.height == data.describe("python_version_downloads").rows + 1


def test_pypl_reads_the_script(shipped: Path) -> None:
    script = b"""// begin section languages
'Go', 'Python' // end section languages
[new Date(2009,11,1),0.5,0.5],
[new Date(2026,0,1),0.1,0.9],
[new Date(2026,0,1),0.2,0.8],"""
    every = forms.read("All.js", script, FORMS["months"], "")
    assert every.select("month", "name", "place").rows() == [
        ("2009-12", "Go", 1),
        ("2009-12", "Python", 1),
        ("2026-01", "Go", 2),
        ("2026-01", "Python", 1),
    ]
    kept = fetched("pypl_languages", served({"PYPL/All.js": script}), shipped)
    assert kept.rows() == [("2026-01", "Python", "80.0", "1")]
    with pytest.raises(web.SourceChangedError):
        fetched("pypl_languages", served({"PYPL/All.js": b"<html>"}), shipped)


def test_calendars(shipped: Path) -> None:
    product = {"releases": {"6.1": {"releaseDate": None, "eoas": "2027-04-30", "eol": False}}}
    products = ("aws-lambda", "django", "apache-airflow", "ansible-core")
    files = {f"/{name}.json": json.dumps(product).encode() for name in products}
    rows = fetched("eol_calendar", served(files), shipped)
    assert rows.row(1) == ("django", "6.1", None, "2027-04-30", None)
    bare = json.dumps({"releases": {"6.1": {}}}).encode()
    with pytest.raises(web.SourceChangedError, match="releaseDate"):
        fetched("eol_calendar", served({f"/{name}.json": bare for name in products}), shipped)
    toml = b"""[metadata."3.16"]
pep = 826
status = "feature"
release-manager = "Savannah Ostrowski"
start-of-development = 2026-05-05
feature-freeze = 2027-05-04
first-release = 2027-10-06
end-of-bugfix = 2029-10-06
end-of-life = 2032-10-01
"""
    versions = fetched("python_versions", served({"python-releases.toml": toml}), shipped)
    row = versions.row(0, named=True)
    assert (row["version"], row["pep"], row["first_release"]) == ("3.16", "826", "2027-10-06")


def test_peps(shipped: Path) -> None:
    text = """PEP: {}
Title: A wheel for
  Emscripten
Status: Draft
Type: Standards Track
Topic: Packaging
Created: 05-Aug-2026
Resolution: `06-Sep-2026 <https://example.org>`__

Abstract: none
"""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for number in ("9999", "0783"):
            content = text.format(number).encode()
            member = tarfile.TarInfo(f"peps-main/peps/pep-{number}.rst")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    rows = fetched("peps", served({"refs/heads/main": buffer.getvalue()}), shipped)
    known, new = rows.rows(named=True)
    assert new["title"] == "A wheel for Emscripten"
    assert (new["created"], new["resolution_date"]) == ("2026-08-05", "2026-09-06")
    assert new["theme"] == "packaging;wasm-mobile"
    assert (known["pep"], known["theme"]) == ("783", "wasm-mobile;packaging")


def test_benchmarks(shipped: Path) -> None:
    times = "timestamp,task,data,in_rows,question,solution,version,run,time_sec,machine_type\n"
    times += "1697528163.2,join,J1,1e7,q,polars,1.0,1,2.5,c6id.metal\n"
    times += "1761000000.0,join,J1,1e7,q,polars,1.34,1,1.5,c6id.metal\n"
    times += "1761000000.0,sort,J1,1e7,q,polars,1.34,1,1.5,c6id.metal\n"
    get = served({"time.csv.gz": gzip.compress(times.encode())})
    rows = fetched("dataframe_benchmark", get, shipped).rows(named=True)
    assert [(row["seconds"], row["version"], row["rows"]) for row in rows] == [
        ("1.5", "1.34", "10000000")
    ]
    people = b"num_pushers,language,language_type,iso2_code,year,quarter\n"
    people += b"5,Python,programming,DE,2024,1\n7,Python,programming,FR,2024,1\n"
    pushers = fetched("github_pushers_by_language", served({"languages.csv": people}), shipped)
    assert pushers.row(0) == ("2024-Q1", "Python", "12")


def changed(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Source:
    """A source whose monthly downloads are the old ones, changed."""

    def fetch(get: web.Get, folder: Path) -> dict[str, pl.DataFrame]:
        file = folder / "sources" / "pypi_monthly_downloads.csv"
        return {"pypi_monthly_downloads": change(pl.read_csv(file, infer_schema=False))}

    return Source(name="test", datasets=("pypi_monthly_downloads",), how="-", fetch=fetch)


def test_flipped_verdicts_are_reported(shipped: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped, tmp_path / "data"))
    django = (pl.col("package") == "django") & (pl.col("month") == "2025-07")
    count = pl.col("downloads_30d")
    other = changed(
        lambda f: f.with_columns(
            pl.when(django).then(pl.lit("8100000")).otherwise(count).alias("downloads_30d")
        )
    )
    report = run.refresh(folder, [other], offline, today=TODAY)
    assert [line.outcome for line in report.lines] == ["new"]
    flips = {flip.claim_id: (flip.before, flip.after) for flip in report.flips}
    assert flips["django-8m"] == ("contradicted", "supported")
    assert "django-8m: contradicted -> supported (25.95 -> 8.1)" in report.text()
    assert "fastapi-passes-django" in {flip.claim_id for flip in report.moved}
    ledger = pl.read_parquet(folder / "claims.parquet")
    assert ledger.filter(claim_id="django-8m")["verdict"].item() == "supported"
    newest, *older = changes.read(folder)
    assert tuple(older) == changes.read(shipped)
    assert (newest.day, newest.datasets) == (TODAY, ("pypi_monthly_downloads",))
    assert "django-8m: contradicted -> supported (25.95 -> 8.1)" in newest.verdicts
    assert newest.text.startswith("pypi_monthly_downloads 16,627 to 16,627 rows")
    (kept,) = (folder / "releases").iterdir()
    assert kept.name == str(older[0].day)
    assert {file.stem for file in kept.iterdir()} == {
        "pypi_monthly_downloads",
        "claims",
        "claim_checks",
    }


def test_a_broken_extract_is_not_taken(shipped: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped, tmp_path / "data"))
    before = content_of(folder)
    other = changed(lambda f: pl.concat([f, f.head(1)]))
    report = run.refresh(folder, [other], offline, today=TODAY)
    assert report.lines[0].outcome == "kept"
    assert "the same key a second time" in report.lines[0].note
    assert content_of(folder) == before


def test_only_https_is_fetched() -> None:
    with pytest.raises(web.SourceUnreachableError, match="only https"):
        web.get("file:///etc/hosts")


def test_clickhouse_sql_counts_and_ranks() -> None:
    """Runs where the engine is installed: `pip install chdb`; it is no dependency of ours."""
    session = pytest.importorskip("chdb.session").Session()
    session.query("CREATE DATABASE pypi")
    table = "pypi.pypi_downloads_per_month"
    session.query(f"CREATE TABLE {table} (month Date, project String, count Int64) ENGINE=Memory")
    session.query(
        f"INSERT INTO {table} VALUES ('2025-06-01', 'fastapi', 300), "
        "('2025-06-01', 'fastapi', 300), ('2025-06-01', 'boto3', 900), "
        "('2025-07-01', 'fastapi', 310), ('2025-05-01', 'fastapi', 1)"
    )
    sql = (SQL / "clickhouse.sql").read_text(encoding="utf-8")
    answer = session.query(sql, params={"first": "2025-06-01", "packages": "['fastapi']"})
    rows = [line.replace('"', "") for line in str(answer).strip().splitlines()]
    assert rows == [
        "month,package,downloads_30d,rank,downloads_raw,window_days",
        "2025-06,fastapi,600,2,600,30",
        "2025-07,fastapi,300,1,310,31",
    ]


def test_sql_gives_the_columns_of_the_extract() -> None:
    header = (ROOT / "data/sources/pypi_monthly_downloads.csv").read_text().split("\n", 1)[0]
    for file in ("clickhouse.sql", "bigquery.sql"):
        sql = (SQL / file).read_text(encoding="utf-8")
        assert all(
            f" AS {name}" in sql or f"    {name}," in sql or f"  {name}," in sql
            for name in header.split(",")
        )


def tagged_repository(folder: Path, files: dict[str, str], tag: str) -> Path:
    """A repository with one commit of 2026-09-01 and one tag."""
    folder.mkdir()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    day = {"GIT_AUTHOR_DATE": "2026-09-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-09-01T12:00:00Z"}
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", tag]):
        subprocess.run(["git", "-C", str(folder), *who, *command], check=True, env=os.environ | day)
    return folder


def test_runtimes_appends_new_final_tags(shipped: Path, tmp_path: Path) -> None:
    pyodide = {
        "packages/numpy/meta.yaml": "",
        "packages/x/extra/meta.yaml": "",
        "Makefile.envs": "export PYVERSION ?= 3.15.0\n",
    }
    board = "ports/stm32/boards/PYBV11/"
    micropython = {
        f"{board}mpconfigboard.h": "",
        f"{board}mpconfigboard.mk": "",
        f"{board}board.json": "",
        "ports/unix/main.c": "",
    }
    trees = {
        "pyodide/pyodide": tagged_repository(tmp_path / "p", pyodide, "316.0.0"),
        "micropython/micropython": tagged_repository(tmp_path / "m", micropython, "v1.99.0"),
    }
    appended = {}
    for name in ("pyodide_releases", "micropython_releases"):
        about = catalogue.read(shipped).datasets[name].refresh
        assert about is not None
        old = source.old_extract(shipped, name)
        appended[name] = tags.newer(old, about, lambda _: b"", clone=lambda of, _: trees[of])
    new = appended["pyodide_releases"].tail(1).row(0, named=True)
    assert (new["version"], new["date"], new["package_recipes"]) == ("316.0.0", "2026-09-01", "1")
    assert new["python_version"] == "3.15.0"
    boards = appended["micropython_releases"].tail(1).row(0, named=True)
    assert (boards["version"], boards["ports"], boards["boards"]) == ("1.99.0", "2", "1")


def test_a_repository_that_cannot_be_read_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(web.SourceUnreachableError):
        tags.days(tmp_path / "none")
