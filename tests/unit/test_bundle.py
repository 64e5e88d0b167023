"""Assembling a small runtime: names, determinism, cache, an error for each thing missing."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

from livecells import parts
from livecells.errors import BuildError
from livecells.runtime import bytecode, packs, ready, startup_trace
from livecells.runtime.bundle import RUFF, Bundle, assemble
from livecells.runtime.errors import (
    BundleError,
    CoreSplitError,
    DuplicateFileError,
    FileHashError,
    FileTooLargeError,
    InputMissingError,
    PyodideVersionError,
    ToolError,
)
from livecells.runtime.precompile import DOCSTRINGS
from livecells.runtime.sources import own_sources
from livecells.runtime.zstd import squeeze
from livecells.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livecells.runtime.core import Core

ABI = "2026_0"


@dataclass
class Compiler:
    """Stands in for Node: the sources come back as byte code, with empty docstrings."""

    calls: int = 0

    def __call__(self, files: Mapping[str, bytes], target: str, core: Core) -> dict[str, bytes]:
        self.calls += 1
        stems = [path.removesuffix(".py") for path in files if path.endswith(".py")]
        code = {f"{stem}.pyc": files[f"{stem}.py"] for stem in stems}
        return code | {f"{stem}{DOCSTRINGS}": b"{}" for stem in stems}


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    """A build without Node: nothing is compiled, and a start opens the package `pure`."""
    compiler = Compiler()
    monkeypatch.setattr(bytecode, "compile_tree", compiler)
    opened = frozenset({"site-packages/pure/__init__.pyc"})
    monkeypatch.setattr(startup_trace, "opened", lambda *_: opened)
    return compiler


@pytest.fixture
def project(tmp_path: Path, compiler: Compiler) -> Settings:
    """A project with everything that a runtime is made of, each part tiny."""
    write_pyodide(tmp_path)
    pure = write_wheel(tmp_path / ".cache/wheels", "pure", "2.0", "py3-none-any")
    (tmp_path / "browser.txt").write_text(f"pure==2.0 \\\n    --hash=sha256:{sha256(pure)}\n")
    fast = write_wheel(tmp_path / "wheels", "fast", "1.0", f"cp39-abi3-pyemscripten_{ABI}_wasm32")
    (tmp_path / "wheels/wheels.toml").write_text(
        f'[[wheel]]\nfile = "{fast.name}"\nsha256 = "{sha256(fast)}"\nlicence = "MIT"\n'
    )
    for path in ("py/ours/__init__.py", "py/ours/deep/a.py", "py/ours/left/b.py"):
        write(tmp_path / path, f"# {path}\n")
    write(tmp_path / "data/a.csv", "x\n1\n")
    write(tmp_path / "data/index.toml", '[a]\nfile = "a.csv"\nlicence = "CC0-1.0"\n')
    return Settings(
        root=tmp_path,
        requirements="browser.txt",
        wheels="wheels",
        packages=("py/ours",),
        exclude=("left/**",),
        data=("data/*.csv",),
        data_index="data/index.toml",
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def write_pyodide(root: Path, version: str = "9.0.0") -> None:
    write(root / "package.json", '{"devDependencies": {"pyodide": "9.0.0"}}')
    folder = root / "node_modules/pyodide"
    write(folder / "package.json", json.dumps({"version": version}))
    info = {"python": "3.14.2", "abi_version": ABI, "platform": "emscripten_5_0_3"}
    write(folder / "pyodide-lock.json", json.dumps({"info": info}))
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"):
        write(folder / name, name * 100)
    with zipfile.ZipFile(folder / "python_stdlib.zip", "w") as archive:
        archive.writestr("this.py", "print()")
    ruff = root / "node_modules" / RUFF
    write(ruff / "package.json", '{"license": "MIT"}')
    write(ruff / "ruff_wasm_bg.wasm", "ruff" * 100)


def write_wheel(folder: Path, name: str, version: str, tag: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "")
        archive.writestr(f"{name}/__init__.pyi", "")
        if tag != "py3-none-any":
            archive.writestr(f"{name}/fast.so", "binary")
        meta = f"Name: {name}\nVersion: {version}\nLicense: MIT\n        in all its words\n"
        archive.writestr(f"{info}/METADATA", f"{meta}Requires-Python: >=3.9\n\nWhat it is.\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_file_is_what_the_manifest_says(project: Settings) -> None:
    bundle = assemble(project)
    assert [file["path"] for file in bundle.manifest["files"]] == list(bundle.files)
    for file in bundle.manifest["files"]:
        path = bundle.files[file["path"]]
        assert sha256(path) == file["sha256"]
        assert path.stat().st_size == file["bytes"]


def test_names_tell_the_content(project: Settings) -> None:
    for file in assemble(project).manifest["files"]:
        if file["kind"] in ("pack", "module", "tool"):
            assert file["path"] == f"livecells/runtime/{file['name']}-{file['sha256'][:12]}.zst"


def test_the_core_keeps_its_names_in_one_folder(project: Settings) -> None:
    core = [Path(f["path"]) for f in assemble(project).manifest["files"] if f["kind"] == "core"]
    assert {path.name for path in core} == {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"}
    assert len({path.parent for path in core}) == 1
    assert core[0].parent.name.startswith("core-")


def split_core(project: Settings) -> dict[str, bytes]:
    """Record parts of the core, and return what they hold."""
    contents = {"first": b"the first part" * 9, "rest": b"the rest" * 9}
    folder = project.root / project.wheels
    lines = [f'[core]\nsha256 = "{sha256(project.root / "node_modules/pyodide/pyodide.asm.wasm")}"']
    for part, content in contents.items():
        (folder / part).write_bytes(squeeze(content))
        lines.append(f'parts.{part} = {{ file = "{part}", sha256 = "{sha256(folder / part)}" }}')
    with (folder / "wheels.toml").open("a") as table:
        table.write("\n".join(lines))
    return contents


def test_of_a_split_core_the_first_part_is_its_module_and_the_rest_comes_later(
    project: Settings,
) -> None:
    contents = split_core(project)
    bundle = assemble(project)
    files = {file["name"]: file for file in bundle.manifest["files"]}
    core, rest = files["pyodide.asm.wasm"], files["pyodide.asm.wasm.rest"]
    assert bundle.files[core["path"]].read_bytes() == contents["first"]
    assert (core["kind"], core["stage"]) == ("core", "boot")
    packed = bundle.files[rest["path"]].read_bytes()
    assert zstandard.ZstdDecompressor().decompress(packed) == contents["rest"]
    assert (rest["kind"], rest["stage"]) == ("rest", "later")


def test_parts_of_another_core_are_refused(project: Settings) -> None:
    split_core(project)
    write(project.root / "node_modules/pyodide/pyodide.asm.wasm", "a newer one")
    with pytest.raises(CoreSplitError, match=r"wheels\.toml are not those of .*asm\.wasm"):
        assemble(project)


def test_only_what_hosts_compress_travels_smaller(project: Settings) -> None:
    for file in assemble(project).manifest["files"]:
        assert (file["wire"] < file["bytes"]) == (file["kind"] == "core")


def unpacked(bundle: Bundle) -> dict[str, dict[str, bytes]]:
    """The files of each pack."""
    names = {file["path"]: file["name"] for file in bundle.manifest["files"]}
    return {
        names[path]: packs.split(zstandard.ZstdDecompressor().decompress(place.read_bytes()))
        for path, place in bundle.files.items()
        if names[path] in ("hot", "cold", "sources", "project", "project-sources")
    }


def test_what_a_start_opens_is_hot_and_sources_wait(project: Settings) -> None:
    held = unpacked(assemble(project))
    assert held["hot"].keys() == {"site-packages/pure/__init__.pyc"}
    assert "site-packages/fast/__init__.pyc" in held["cold"]
    assert {"this.py", "site-packages/pure/__init__.py"} < held["sources"].keys()
    assert not any(path.endswith(".so") for files in held.values() for path in files)
    assert "site-packages/ours/deep/a.pyc" in held["project"]
    read = {"site-packages/ours/deep/a.py", f"site-packages/ours/deep/a{DOCSTRINGS}"}
    assert read < held["project-sources"].keys()
    assert not held["project"].keys() & held["project-sources"].keys()


def test_metadata_travels_without_long_texts(project: Settings) -> None:
    meta = unpacked(assemble(project))["cold"]["site-packages/pure-2.0.dist-info/METADATA"]
    assert meta == b"Name: pure\nVersion: 2.0\nLicense: MIT\nRequires-Python: >=3.9\n"


def test_compiled_modules_travel_alone(project: Settings) -> None:
    files = {file["name"]: file for file in assemble(project).manifest["files"]}
    assert files["fast.so"]["kind"] == "module"
    assert files["fast.so"]["target"] == "/lib/python3.14/site-packages/fast/fast.so"
    assert {name: files[name]["stage"] for name in ("hot", "cold", "sources", "fast.so")} == {
        "hot": "boot",
        "cold": "later",
        "sources": "asked",
        "fast.so": "boot",
    }


def test_data_lies_in_the_browser_as_in_the_project(project: Settings) -> None:
    (file,) = (f for f in assemble(project).manifest["files"] if f["kind"] == "data")
    assert (file["path"], file["target"]) == ("data/a.csv", "/home/pyodide/data/a.csv")
    assert file["licence"] == "CC0-1.0"


def test_packages_are_listed(project: Settings) -> None:
    packages = assemble(project).manifest["packages"]
    assert [(p["name"], p["version"], p["licence"]) for p in packages] == [
        ("fast", "1.0", "MIT"),
        ("pure", "2.0", "MIT"),
    ]


def test_left_out_folders_do_not_ship(project: Settings) -> None:
    assert set(own_sources(project)[1].read()) == {"ours/__init__.py", "ours/deep/a.py"}


def test_two_builds_are_equal(project: Settings) -> None:
    first, second = (made_anew(project, name) for name in ("one", "two"))
    assert first.manifest == second.manifest
    assert [path.read_bytes() for path in first.files.values()] == [
        path.read_bytes() for path in second.files.values()
    ]


def made_anew(project: Settings, cache: str) -> Bundle:
    folder = project.root / cache
    folder.mkdir()
    (folder / "wheels").symlink_to(project.cached("wheels"))
    return assemble(replace(project, cache=cache))


def test_nothing_is_compiled_twice(project: Settings, compiler: Compiler) -> None:
    assemble(project)
    assert compiler.calls == 3
    assemble(project)
    assert compiler.calls == 3
    write(project.root / "py/ours/deep/a.py", "# changed\n")
    assemble(project)
    assert compiler.calls == 4


def test_own_code_changes_only_its_own_pack(project: Settings) -> None:
    before = set(assemble(project).files)
    write(project.root / "py/ours/deep/a.py", "# changed\n")
    changed = before ^ set(assemble(project).files)
    assert {Path(path).name.partition("-")[0] for path in changed} == {"project"}


def test_an_altered_cache_is_made_again(project: Settings) -> None:
    bundle = assemble(project)
    (path,) = (path for name, path in bundle.files.items() if "/cold-" in name)
    path.write_bytes(b"altered")
    assert assemble(project).manifest == bundle.manifest
    assert path.read_bytes() != b"altered"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("node_modules/pyodide/pyodide.asm.wasm", "run npm ci"),
        ("node_modules/pyodide/package.json", "run npm ci"),
        (f"node_modules/{RUFF}/ruff_wasm_bg.wasm", "run npm ci"),
        ("browser.txt", "run make lock"),
        ("wheels/wheels.toml", "restore it from git"),
        ("data/a.csv", "no data file matches"),
        ("data/index.toml", "licence of each data file"),
        ("package.json", "pins Pyodide's version"),
    ],
)
def test_what_is_missing_is_named(project: Settings, path: str, message: str) -> None:
    (project.root / path).unlink()
    with pytest.raises(InputMissingError, match=message):
        assemble(project)


def test_another_pyodide_is_refused(project: Settings) -> None:
    write_pyodide(project.root, version="9.0.1")
    with pytest.raises(PyodideVersionError, match=r"has pyodide 9.0.1, package.json pins 9.0.0"):
        assemble(project)


def test_an_altered_pinned_wheel_is_refused(project: Settings) -> None:
    (path,) = project.cached("wheels").glob("*.whl")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(FileHashError, match=r"pure-2\.0"):
        assemble(project)


def test_a_file_too_large_for_the_host_is_refused(project: Settings) -> None:
    with pytest.raises(FileTooLargeError, match="the limit is 200"):
        assemble(replace(project, max_file_bytes=200))


def test_a_file_from_two_places_is_refused(project: Settings) -> None:
    with pytest.raises(DuplicateFileError, match=r"ours/__init__\.py comes from package ours"):
        assemble(replace(project, packages=(*project.packages, *project.packages)))


def test_a_missing_package_is_named(project: Settings) -> None:
    with pytest.raises(InputMissingError, match="no file of package nowhere"):
        assemble(replace(project, packages=("py/nowhere",)))


@pytest.fixture
def wheel_parts(project: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the wheel brings, and neither Node nor anything else to make it of."""
    bundle = assemble(replace(project, packages=(), data=(), data_index=""))
    folder = project.root / "parts"
    bundle.install(folder)
    write(folder / ready.MANIFEST, json.dumps(bundle.manifest))
    monkeypatch.setattr(parts, "FOLDER", folder)
    monkeypatch.setattr(bytecode, "compile_tree", None)
    return folder


def place_of(bundle: Bundle, name: str) -> Path:
    (path,) = (file["path"] for file in bundle.manifest["files"] if file["name"] == name)
    return bundle.files[path]


def test_a_sites_packages_join_what_the_wheel_has(project: Settings, wheel_parts: Path) -> None:
    site = Settings(project.root, packages=project.packages, data=project.data, preload=("x",))
    bundle = assemble(site)
    held = unpacked(bundle)["project"]
    assert {"site-packages/ours/deep/a.py", "site-packages/livecells/__init__.pyc"} < held.keys()
    for file in bundle.manifest["files"]:
        assert sha256(bundle.files[file["path"]]) == file["sha256"]
        assert file["kind"] in ("core", "data") or file["sha256"][:12] in file["path"]
    assert bundle.manifest["preload"] == ["x"]
    engine = place_of(bundle, "project").read_bytes()
    assert "project-sources" in packs.listed(zstandard.ZstdDecompressor().decompress(engine))
    before = {file["path"] for file in bundle.manifest["files"] if file["name"] == "project"}
    write(project.root / "py/ours/__init__.py", "1\n")
    assert before.isdisjoint(assemble(site).files)


def test_the_wheels_runtime_refuses_what_would_make_one(
    project: Settings, wheel_parts: Path
) -> None:
    with pytest.raises(BuildError, match=r"take livecells\.requirements out"):
        assemble(project)


def test_pip_failing_is_told(project: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = project.cached("wheels").glob("*.whl")
    path.unlink()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ToolError, match="-m pip download failed"):
        assemble(project)


def test_node_missing_is_told(
    project: Settings, monkeypatch: pytest.MonkeyPatch, compiler: Compiler
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolError, match="Node is not installed"):
        assemble(project)


def test_a_build_catches_every_error_as_one() -> None:
    assert issubclass(BundleError, BuildError)
