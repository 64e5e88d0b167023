"""Data files appear as files and are read when they are first opened, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyodide.conftest import BuiltSite, Session

EIO = 29  # Emscripten's number
LOOK = """
import glob, os, pathlib
names = sorted(os.listdir("data"))
sizes = {name: os.stat(f"data/{name}").st_size for name in names}
assert sorted(glob.glob("data/*")) == [f"data/{name}" for name in names]
assert all(path.is_file() for path in pathlib.Path("data").iterdir())
sizes
"""


def data_files(site: BuiltSite) -> list[str]:
    return [file["name"] for file in site.manifest["files"] if file["kind"] == "data"]


def smallest(site: BuiltSite) -> str:
    files = [file for file in site.manifest["files"] if file["name"].endswith(".parquet")]
    return min(files, key=lambda file: file["bytes"])["name"]


@pytest.fixture
def fresh(site: BuiltSite, boot: Callable[[BuiltSite], Session]) -> Session:
    return boot(site)


def test_looking_reads_nothing_and_opening_reads_once(fresh: Session, site: BuiltSite) -> None:
    sizes = {f["name"]: f["bytes"] for f in site.manifest["files"] if f["kind"] == "data"}
    assert fresh.run(LOOK) == sizes
    assert fresh.reads == []
    name = smallest(site)
    fresh.run(f"import polars\npolars.scan_parquet('data/{name}').head(1).collect().height")
    assert fresh.reads == [name]
    fresh.run(f"import polars\npolars.read_parquet('data/{name}').height")
    fresh.run(f"open('data/{name}', 'rb').read(4).decode()")
    assert fresh.reads == []


def test_sources_are_read_for_whoever_looks_at_them(fresh: Session) -> None:
    fresh.run("import altair, polars, email.mime.text, wsgiref")
    assert "sources" not in fresh.reads
    source = "import altair, inspect\ninspect.getsource(altair.Chart).splitlines()[0]"
    assert fresh.run(source).startswith("class Chart(")
    assert fresh.reads == ["sources"]


def test_a_librarys_traceback_has_its_lines(fresh: Session) -> None:
    source = """
import json, traceback
try:
    json.loads("{")
except ValueError:
    text = traceback.format_exc()
text
"""
    assert "return _default_decoder.decode(s)" in fresh.run(source)
    assert "sources" in fresh.reads


def test_working_directory_is_home(pyodide: Session) -> None:
    assert pyodide.run("import os\nos.getcwd()") == "/home/pyodide"


def test_a_data_file_can_be_written_over(fresh: Session, site: BuiltSite) -> None:
    name = smallest(site)
    source = f"""
path = "data/{name}"
with open(path, "ab") as file:
    file.write(b"more")
whole = open(path, "rb").read()
with open(path, "w") as file:
    file.write("short")
import os
[len(whole), whole[:4].decode(), whole[-4:].decode(), open(path).read(), os.stat(path).st_size]
"""
    size = next(f["bytes"] for f in site.manifest["files"] if f["name"] == name)
    assert fresh.run(source) == [size + 4, "PAR1", "more", "short", 5]


def test_a_data_file_can_be_deleted_and_moved(fresh: Session, site: BuiltSite) -> None:
    name = smallest(site)
    source = f"""
import os
os.rename("data/{name}", "data/moved")
head = open("data/moved", "rb").read(4).decode()
os.remove("data/moved")
[head, os.path.exists("data/moved"), os.path.exists("data/{name}")]
"""
    assert fresh.run(source) == ["PAR1", False, False]


def test_an_altered_data_file_is_an_oserror(
    site: BuiltSite, boot: Callable[[BuiltSite], Session], tmp_path: Path
) -> None:
    name = smallest(site)
    copy = site.copy(tmp_path / "altered")
    (file,) = (f for f in site.manifest["files"] if f["name"] == name)
    broken = copy.folder / file["path"]
    content = broken.read_bytes()
    broken.unlink()  # it may be a link to the original
    broken.write_bytes(content[:-1] + b"?")
    session = boot(copy)
    lines = ["try:", f"    open('data/{name}', 'rb').read()", "except OSError as error:"]
    assert session.run("\n".join([*lines, "    number = error.errno", "number"])) == EIO
    assert session.run("1 + 1") == 2


def test_the_index_of_data_is_there_too(pyodide: Session, site: BuiltSite) -> None:
    if "datasets.toml" in data_files(site):
        source = "import tomllib\nlen(tomllib.load(open('data/datasets.toml', 'rb'))) > 0"
        assert pyodide.run(source) is True
