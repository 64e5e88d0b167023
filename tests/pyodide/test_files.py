"""Data files appear as files and are read when they are first opened, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyodide.conftest import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyodide.conftest import BuiltSite

EIO = 29  # Emscripten's number
LOOKED_AT, WRITTEN_OVER, MOVED, ALTERED = range(4)
"""Data files by size: each is of one test."""

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


def in_parquet(site: BuiltSite, place: int) -> str:
    """One of the data files, from the smallest on: each test has its own."""
    files = [file for file in site.manifest["files"] if file["name"].endswith(".parquet")]
    return sorted(files, key=lambda file: file["bytes"])[place]["name"]


@pytest.fixture(scope="module")
def altered(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site in which one data file has another last byte."""
    copy = site.copy(tmp_path_factory.mktemp("altered") / "site")
    name = in_parquet(site, ALTERED)
    (file,) = (f for f in site.manifest["files"] if f["name"] == name)
    broken = copy.folder / file["path"]
    content = broken.read_bytes()
    broken.unlink()  # it may be a link to the original
    broken.write_bytes(content[:-1] + b"?")
    return copy


@pytest.fixture(scope="module")
def sessions(
    altered: BuiltSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Session]]:
    """Pythons by name, each booted when it is first asked for."""
    booted: dict[str, Session] = {}

    def get(name: str) -> Session:
        if name not in booted or not booted[name].is_alive:
            booted[name] = Session(altered, tmp_path_factory.mktemp("node") / "stderr.txt")
        return booted[name]

    yield get
    for session in booted.values():
        session.close()


@pytest.fixture
def fresh(sessions: Callable[[str], Session]) -> Session:
    """A Python in which nobody has asked for the sources yet, nor for the file of another test."""
    return sessions("fresh")


def read_data(session: Session) -> list[str]:
    """Return the data files that the last run has read; the rest of a module may have come, too."""
    return [name for name in session.reads if not name.endswith(".rest")]


def test_looking_reads_nothing_and_opening_reads_once(fresh: Session, site: BuiltSite) -> None:
    sizes = {f["name"]: f["bytes"] for f in site.manifest["files"] if f["kind"] == "data"}
    assert fresh.run(LOOK) == sizes
    assert read_data(fresh) == []
    name = in_parquet(site, LOOKED_AT)
    fresh.run(f"import polars\npolars.scan_parquet('data/{name}').head(1).collect().height")
    assert read_data(fresh) == [name]
    fresh.run(f"import polars\npolars.read_parquet('data/{name}').height")
    fresh.run(f"open('data/{name}', 'rb').read(4).decode()")
    assert read_data(fresh) == []


def test_sources_are_read_for_whoever_looks_at_them(fresh: Session) -> None:
    fresh.run("import altair, polars, email.mime.text, wsgiref")
    assert "sources" not in fresh.reads
    source = "import altair, inspect\ninspect.getsource(altair.Chart).splitlines()[0]"
    assert fresh.run(source).startswith("class Chart(")
    assert fresh.reads == ["sources"]


def test_a_librarys_traceback_has_its_lines(sessions: Callable[[str], Session]) -> None:
    source = """
import json, traceback
try:
    json.loads("{")
except ValueError:
    text = traceback.format_exc()
text
"""
    another = sessions("other")  # the sources are read once
    assert "return _default_decoder.decode(s)" in another.run(source)
    assert "sources" in another.reads


def test_working_directory_is_home(pyodide: Session) -> None:
    assert pyodide.run("import os\nos.getcwd()") == "/home/pyodide"


def test_a_data_file_can_be_written_over(
    sessions: Callable[[str], Session], site: BuiltSite
) -> None:
    fresh = sessions("other")  # what looks at all files must not find these
    name = in_parquet(site, WRITTEN_OVER)
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


def test_a_data_file_can_be_deleted_and_moved(
    sessions: Callable[[str], Session], site: BuiltSite
) -> None:
    fresh = sessions("other")
    name = in_parquet(site, MOVED)
    source = f"""
import os
os.rename("data/{name}", "data/moved")
head = open("data/moved", "rb").read(4).decode()
os.remove("data/moved")
[head, os.path.exists("data/moved"), os.path.exists("data/{name}")]
"""
    assert fresh.run(source) == ["PAR1", False, False]


def test_an_altered_data_file_is_an_oserror(fresh: Session, site: BuiltSite) -> None:
    name = in_parquet(site, ALTERED)
    lines = ["try:", f"    open('data/{name}', 'rb').read()", "except OSError as error:"]
    assert fresh.run("\n".join([*lines, "    number = error.errno", "number"])) == EIO
    assert fresh.run("1 + 1") == 2


def test_the_index_of_data_is_there_too(pyodide: Session, site: BuiltSite) -> None:
    if "datasets.toml" in data_files(site):
        source = "import tomllib\nlen(tomllib.load(open('data/datasets.toml', 'rb'))) > 0"
        assert pyodide.run(source) is True


CLOSE_ALL = """
import gc, importlib, sys

heard = []
hook, sys.unraisablehook = sys.unraisablehook, lambda failed: heard.append(str(failed.exc_value))
importlib.invalidate_caches()
gc.collect()
sys.unraisablehook = hook
heard
"""


def test_no_file_was_open_in_the_snapshot(pyodide: Session) -> None:
    """Its descriptor would mean nothing here, and closing it would print an error under a cell."""
    assert pyodide.run(CLOSE_ALL) == []
