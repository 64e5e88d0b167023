"""Split the Polars module, or Pyodide's core: what readers' cells call, and the rest.

usage: split.py WORK_DIR polars|core

Needs a built site and Binaryen's wasm-split of version 131 or newer on the PATH; the chroot of
build.sh has one. The functions that the programme below calls in the real Pyodide go into the
first part. Writes both parts beside this file and prints their hashes for wheels.toml.
"""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import stand_ins
import zstandard
from playwright.sync_api import expect, sync_playwright

from agreement import pages_with_cells, read_page
from browser import chromium
from browser.faults import CELL_FAULTS
from browser.reader import WITHOUT_CELLS, Reader
from browser.server import Reply, serve
from livecells.runtime.core import MODULE
from livecells.runtime.zstd import squeeze
from pyodide import everyday, mistakes, queries, strings
from pyodide.conftest import SITE_VARIABLE, BuiltSite, Session

HERE = Path(__file__).parent
FEATURES = (  # never --all-features: exact reference types are refused by browsers
    "simd",
    "bulk-memory",
    "exception-handling",
    "mutable-globals",
    "sign-ext",
    "nontrapping-float-to-int",
    "reference-types",
    "multivalue",
    "bulk-memory-opt",
    "call-indirect-overlong",
)
SYMBOLS = """
const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
const named = WebAssembly.Module.imports(module).filter((one) => one.module.startsWith("GOT."));
process.stdout.write(JSON.stringify(named.map((one) => [one.module, one.name])));
"""
"""What the rest wants the loader to resolve; web/worker/rest.js asks for it."""

ROUNDS = 2
"""Hash seeds differ from start to start. So does, now and then, what the same query calls."""

PROFILE_BYTES = 1 << 22
WRITE_PROFILE = f"""
import base64, polars, pyodide_js, zlib
core = pyodide_js._module
(module,) = [one for name, one in core.LDSO.loadedLibsByName.to_py(depth=1).items()
             if hasattr(one.exports, "__write_profile")]
start = core._malloc({PROFILE_BYTES})
size = module.exports.__write_profile(start, {PROFILE_BYTES})
base64.b64encode(zlib.compress(core.HEAPU8.slice(start, start + size).to_py())).decode()
"""
WAITS = """
import asyncio
import time
from pyodide.ffi import run_sync
await asyncio.sleep(0.01)
run_sync(asyncio.sleep(0.01))
time.sleep(0.01)
input("Your name?")
help(len)
"""
STOPPED = ("while True: pass", "import asyncio\nawait asyncio.sleep(1000)")
UNREACHABLE = """
import polars as pl
names = ["pypi_top_packages", "pypi_monthly_downloads"]
for name in names:
    for read in (pl.read_parquet, lambda path: pl.scan_parquet(path).collect()):
        try:
            read(f"data/{name}.parquet")
        except OSError as error:
            print(error)
"""
"""What a reader gets who has lost the network."""

RUN = """
import shutil

from livecells.kernel import Kernel
from livecells.kernel.process import host
from livecells.kernel.requests import reply as answer


class Whole:
    \"\"\"Large files are read in ranges, as in the browser; here all of them are there.\"\"\"

    def sparse(self, path):
        if path.endswith("pypi_top_packages.parquet"):
            return shutil.copy(path, "/sparse.parquet")

    def fetch(self, path, places):
        pass


host.connect(None, None, Whole())
kernel = Kernel()
failed = []
for page, cell, source in {cells!r}:
    outputs = []
    request = {{"page": page, "cell": cell, "source": source}}
    reply = await kernel.execute(request, outputs.append)
    if reply["status"] != "ok":
        failed.append([cell, str(outputs[-1])[-300:]])
    variables = kernel.namespace(page)
    of_page = {{"page": page, "cell": cell, "source": source}}
    for cursor in range(0, len(source), 1 + len(source) // 4):
        for what in ("complete", "explain"):
            answer(of_page | {{"what": what, "cursor": cursor}}, variables)
    for what in ("check", "dependencies", "givers"):
        answer(of_page | {{"what": what, "source": source[:-1]}}, variables)
    for shown in [name for name in variables.shown if name.rpartition(".")[0] == cell]:
        first = answer(of_page | {{"what": "rows", "shown": shown}}, variables)
        if not first or first["height"] > 1000:
            continue
        for form in ("csv", "parquet"):
            answer(of_page | {{"what": "export", "shown": shown, "form": form}}, variables)
        for column in first["columns"]:
            order = {{"by": column, "is_descending": True}}
            answer(of_page | order | {{"what": "rows", "shown": shown, "start": 1}}, variables)
failed
"""


OWN_FILES = """
from pathlib import Path
from livecells.kernel.files import uploads

Path("own.csv").write_text("day;amount\\n2025-01-01;1,5\\n2025-01-02;2\\n")
Path("own.json").write_text('[{"day": "2025-01-01", "amount": 1.5}]')
Path("own.txt").write_bytes(bytes(range(256)))
for path in ("own.csv", "own.json", "own.txt"):
    uploads.preview(path, None)
uploads.replace("own.csv", "data/python_versions.parquet")
None
"""
"""What a page asks of a reader's own files."""


def programme(site: Path) -> Iterator[tuple[str, str]]:
    """Yield what is run, each with its name: cells and edits of each page, and common queries."""
    for path in pages_with_cells(site):
        page = read_page(site, path)
        edited = (page.edited(cell) for cell in reversed(page.cells) if cell.cell in page.edits)
        cells = [(one.page, one.cell, one.source) for one in (*page.cells, *edited)]
        yield f"{path}index.html", RUN.format(cells=cells)
    for module in (queries, strings):
        text = inspect.getsource(module)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not inspect.signature(function).parameters:
                yield name, f"{text}\n{name}()\nNone"
    text = inspect.getsource(mistakes)
    yield "mistakes", f"{text}\nfor mistake in MISTAKES: told(mistake)"
    panics = [("panics", "cell", one.source) for one in CELL_FAULTS.values() if one.kind == "panic"]
    yield "panics", RUN.format(cells=panics)
    yield "own files", OWN_FILES
    for step in everyday.steps():
        yield "everyday", step
    for origin in strings.ORIGINS:
        yield origin, f"{inspect.getsource(strings)}\nresult({origin!r}, [1, 3])\nNone"


def profile(site: BuiltSite, name: str, instrumented: Path, work: Path) -> bytes:
    """Run the programme with the instrumented module; returns which functions were called."""
    lab = _with_instrumented(site, name, instrumented.read_bytes(), work / "site")
    jobs = list(programme(site.folder))
    merged = reduce(_merged, (in_chromium(lab.folder) for _ in range(ROUNDS)))
    for is_restored in (False, True):
        session = Session(lab, work / "stderr.txt", is_restored=is_restored)
        for title, source in jobs:
            if failed := session.run(source):
                sys.stderr.write(f"{title}: {failed}\n")
        merged = _merged(merged, _unpacked(session.run(WRITE_PROFILE)))
        session.close()
    return merged


def in_chromium(site: Path) -> bytes:
    """Run every page and edit, and what Node cannot: waiting, Stop, questions, a lost network.

    What a cell calls depends on what has run before it. So each page has a new Python here, as for
    a reader who comes by a link; under Node one Python runs them all.
    """
    with serve(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        reader = Reader(browser.new_page(), server)
        reader.open("playground/")
        cell = reader.first_cell()
        reader.edit(cell, WAITS)
        reader.press(cell, "Run")
        cell.get_by_label("Your name?").fill("Ada")
        reader.page.keyboard.press("Enter")
        reader.wait_for_state(cell, "ok")
        for endless in STOPPED:
            reader.edit(cell, endless)
            reader.press(cell, "Run")
            reader.wait_for_state(cell, "busy")
            reader.press(cell, "Stop")
            reader.wait_for_state(cell, "error")
        server.faults.append(lambda path: None if ".rest-" in path else Reply(drop=True))
        reader.edit(cell, UNREACHABLE)
        reader.run(cell)
        server.faults.clear()
        for fault in CELL_FAULTS.values():
            if fault.kind == "memory" and fault.state == "error":
                reader.edit(cell, fault.source)
                reader.run(cell, fault.state)
        reader.edit(cell, "kept = None")  # room for the profile
        reader.run(cell)
        merged = _written(reader)
        reader.open("playground/")
        for text in everyday.cells():
            reader.edit(cell, text)
            reader.run(cell)
        merged = _merged(merged, _written(reader))
        for path in pages_with_cells(site):
            sys.stderr.write(f"profiles {path or 'the first page'}\n")
            reader.open(path)
            reader.run_all()
            for edit in reversed(read_page(site, path).edits):
                reader.try_out(edit)
            merged = _merged(merged, _written(reader))
        browser.close()
    return merged


def _written(reader: Reader) -> bytes:
    """Return the profile of a page's Python, which lives on when the reader follows a link."""
    reader.follow(WITHOUT_CELLS)
    expect(reader.page.locator("code-cell")).to_have_count(0)
    reader.follow("playground/")
    cell = reader.first_cell()
    reader.edit(cell, WRITE_PROFILE)
    reader.run(cell)
    text = reader.outputs(cell).inner_text()
    return _unpacked(text.strip("'"))


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def _with_instrumented(site: BuiltSite, name: str, content: bytes, folder: Path) -> BuiltSite:
    lab = site.copy(folder)
    manifest = lab.manifest
    (entry,) = [file for file in manifest["files"] if file["name"] == name]
    manifest["files"] = [file for file in manifest["files"] if file["name"] != f"{name}.rest"]
    stored = content if entry["kind"] == "core" else zstandard.compress(content, 1)
    entry |= {"sha256": hashlib.sha256(stored).hexdigest(), "unpacked": len(content)}
    entry |= {"bytes": len(stored), "wire": len(stored)}
    for path, written in ((entry["path"], stored), (lab.manifest_path, json.dumps(manifest))):
        target = lab.folder / path
        target.unlink()  # a link to the site's own
        target.write_bytes(written if isinstance(written, bytes) else written.encode())
    return lab


def _merged(one: bytes, other: bytes) -> bytes:
    """Merge profiles: a hash of the module, then a word for each function, zero if not called."""
    assert one[:8] == other[:8]
    return one[:8] + bytes(map(max, one[8:], other[8:]))


def split(whole: Path, called: Path, work: Path) -> Iterator[tuple[str, bytes]]:
    """Part a module by a profile; yields the first part and the rest, each with its name."""
    first, rest = work / "first.wasm", work / "rest.wasm"
    out = (f"-o1={first}", f"-o2={rest}", "--export-prefix=%", "--placeholdermap")
    _wasm_split("--split", whole, f"--profile={called}", *out)
    node = ["node", "-e", SYMBOLS, str(rest)]
    symbols = subprocess.run(node, capture_output=True, check=True).stdout  # noqa: S603
    yield "first", stand_ins.within(first.read_bytes()) + _section("rest.symbols", symbols)
    yield "rest", rest.read_bytes()


def _wasm_split(*arguments: str | Path) -> None:
    features = [f"--enable-{feature}" for feature in FEATURES]
    subprocess.run(["wasm-split", *features, *arguments], check=True)  # noqa: S603, S607  a developer's own tools


def _section(name: str, content: bytes) -> bytes:
    """Write a custom section of WebAssembly."""
    body = stand_ins.leb(len(name)) + name.encode() + content
    return b"\0" + stand_ins.leb(len(body)) + body


def main(work: Path, what: str) -> None:
    """Write the parts and print their lines for wheels.toml."""
    whole, instrumented, called = (work / name for name in ("whole", "instrumented", "profile"))
    (wheel,) = HERE.glob("polars-*.whl")
    if what == "core":
        package = HERE.parents[1] / "node_modules/pyodide"
        name, stem = (
            MODULE,
            f"pyodide-{json.loads((package / 'package.json').read_text())['version']}",
        )
        whole.write_bytes((package / name).read_bytes())
    else:
        name, stem = "polars.abi3.so", "-".join(wheel.name.split("-")[:2])
        whole.write_bytes(zipfile.ZipFile(wheel).read(f"polars/{name}"))
    _wasm_split("--instrument", whole, "-o", instrumented)
    (manifest,) = Path(os.environ[SITE_VARIABLE]).glob("livecells/*/manifest.json")
    site = BuiltSite(manifest.parents[2], manifest)
    called.write_bytes(profile(site, name, instrumented, work))
    sys.stdout.write(f'sha256 = "{hashlib.sha256(whole.read_bytes()).hexdigest()}"\n')
    for part, content in split(whole, called, work):
        packed = squeeze(content)
        file = HERE / f"{stem}.{part}.wasm.zst"
        file.unlink(missing_ok=True)  # a built site may be linked to it
        file.write_bytes(packed)
        sha256 = hashlib.sha256(packed).hexdigest()
        sys.stdout.write(f'parts.{part} = {{ file = "{file.name}", sha256 = "{sha256}" }}\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
