"""The engine as strangers have it: `pip install livecells`, a few lines of mkdocs.yml, no Node."""

from __future__ import annotations

import ast
import os
import re
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, expect

from browser.reader import Reader
from browser.releases import Visitor, go_offline
from browser.server import PagesServer, serve
from browser.stranger import MOST_BYTES, ROOT, Machine, build_wheel
from livecells.author.source import OPTIONS

THEMES = {
    "material": "{ name: material, font: false }",
    "mkdocs": "{ name: mkdocs, highlightjs: false }",
    "readthedocs": "{ name: readthedocs, highlightjs: false }",
}
CONFIG = "site_name: Shop\ntheme: {}\nplugins: [search, livecells]\n"
PAGE = """# A page

```python cell raises="ZeroDivisionError"
1 / 0
```

```python cell="sum"
{}
```
"""
SUM = 'import polars as pl\npl.DataFrame({"price": [1, 2]})["price"].sum()'
SITES = {
    theme: {"mkdocs.yml": CONFIG.format(written), "docs/index.md": PAGE.format(SUM)}
    for theme, written in THEMES.items()
}
SITES["zensical"] = {
    "mkdocs.yml": CONFIG.format("{ font: false }") + "markdown_extensions: [livecells]\n",
    "docs/index.md": PAGE.format(SUM) + "\n{= 1 + 1 =} fences.\n",
}
OURS = sorted(path.parent for path in ROOT.glob("py/package/**/mkdocs.yml"))
SITES["readthedocs"] |= {  # and a package of the author's own
    "mkdocs.yml": CONFIG.format(THEMES["readthedocs"]).replace(
        "livecells", "livecells: { packages: [shop] }"
    ),
    "docs/index.md": PAGE.format("import shop\nshop.total([1, 2])"),
    "shop/__init__.py": '"""A shop."""\n\n\ndef total(prices):\n    return sum(prices)\n',
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that LIVECELLS_WHEEL names, else one of these sources."""
    made = os.environ.get("LIVECELLS_WHEEL")
    return Path(made) if made else build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Machine:
    return Machine.with_wheel(tmp_path_factory.mktemp("machine") / "venv", wheel)


@pytest.fixture(scope="module", params=SITES)
def site_server(
    request: pytest.FixtureRequest, machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PagesServer]:
    built = machine.build(tmp_path_factory.mktemp("site"), SITES[request.param])
    with serve(built, "/below/a/path/" if request.param == "mkdocs" else "/") as running:
        yield running


def test_the_wheel_is_small_and_says_what_is_in_it(wheel: Path) -> None:
    assert wheel.stat().st_size <= MOST_BYTES
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = next(name.partition("/")[0] for name in names if ".dist-info/" in name)
        assert {f"{info}/sboms/sbom.cdx.json", f"{info}/licenses/licences.txt"} <= names
        assert b"Pyodide" in archive.read(f"{info}/sboms/sbom.cdx.json")
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]


def test_nothing_leads_back_to_this_project(machine: Machine) -> None:
    code = "from importlib.util import find_spec as f; print(f('livecells').origin, f('trends'))"
    origin, story = machine.run("python", "-c", code, at=machine.folder).stdout.split()
    assert Path(origin).is_relative_to(machine.folder)
    assert story == "None"


def test_the_command_writes_a_site_that_passes(machine: Machine, tmp_path: Path) -> None:
    for folder, *words in (
        (tmp_path, "new", "mine"),
        (tmp_path / "mine", "doctor"),
        (tmp_path / "mine", "check", "docs"),
    ):
        done = machine.run("livecells", *words, at=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    machine.build(tmp_path / "mine", {})


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: str(folder.name))
def test_documentation_and_examples_build(machine: Machine, tmp_path: Path, folder: Path) -> None:
    shutil.copytree(folder, tmp_path / "site")
    checked = machine.run("livecells", "check", "docs", at=tmp_path / "site")
    assert checked.returncode == 0, checked.stdout
    machine.build(tmp_path / "site", {})


def test_a_page_that_zensical_keeps_is_named_when_its_data_change(
    machine: Machine, tmp_path: Path
) -> None:
    files = SITES["zensical"] | {"docs/index.md": PAGE.format('open("fruit.csv").read()')}
    files["mkdocs.yml"] = files["mkdocs.yml"].replace(
        "livecells]\nm", "{ livecells: { data: [fruit.csv] } }]\nm"
    )
    machine.build(tmp_path, files | {"fruit.csv": "fig\n"})
    checked = machine.run("livecells", "doctor", at=tmp_path)
    assert checked.returncode == 0, checked.stdout
    (tmp_path / "fruit.csv").write_text("plum\n")
    assert machine.run("python", "-m", "zensical", "build", at=tmp_path).returncode == 0
    done = machine.run("livecells", "finish", at=tmp_path)
    assert done.returncode == 1
    assert "docs/index.md: Zensical has kept this page" in done.stderr
    assert "'watch' in mkdocs.yml" in done.stderr
    watching = files["mkdocs.yml"] + "watch: [fruit.csv]\n"
    assert "plum" in (machine.build(tmp_path, {"mkdocs.yml": watching}) / "index.html").read_text()


def test_the_options_are_documented() -> None:
    text = (ROOT / "py/package/docs/cells.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)", text, re.MULTILINE)) == set(OPTIONS)


def test_a_cell_runs_is_edited_and_stops(reader: Reader) -> None:
    reader.open()
    cell = reader.cell("sum")
    expect(reader.outputs(cell)).to_have_text("3")
    box, above = reader.bar.bounding_box(), cell.bounding_box()
    assert box
    assert above
    assert box["y"] >= above["y"] + above["height"], "the bar is at the foot"
    colours = "one => getComputedStyle(one).color"
    code = cell.locator("code").first
    assert code.evaluate(colours) != code.locator(".mi").first.evaluate(colours), "it has colours"
    source = reader.source(cell)
    reader.edit(cell, source.replace("[1, 2]", "[1, 41]"))
    reader.press(cell, "Run")
    reader.wait_for_state(cell, "ok")
    expect(reader.outputs(cell)).to_have_text("42")
    reader.edit(cell, "print('running')\nwhile True: pass")
    reader.press(cell, "Run")
    expect(reader.outputs(cell)).to_contain_text("running")
    reader.press(cell, "Stop")
    expect(cell.locator(".cell-status")).to_contain_text("stopped after")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(
    reader: Reader, width: int, scheme: Literal["light", "dark"]
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.page.emulate_media(color_scheme=scheme)
    reader.open()
    cell = reader.cell("sum")
    room = "one => [one.scrollWidth - one.clientWidth, one.clientWidth]"
    over, _ = reader.page.locator("html").evaluate(room)
    assert over <= 0, "the page does not scroll sideways"
    switch, runs = reader.page.locator(".reading-switch"), cell.get_by_role("button", name="Run")
    for part in (switch, runs.first):
        part.scroll_into_view_if_needed()
        part.click(trial=True)  # nothing lies over it
    small = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    parts = reader.page.locator("runtime-bar button, .reading-switch, code-cell :is(button, code)")
    assert min(parts.evaluate_all(small)) >= 12
    folded = cell.locator('[data-part="source"]')
    assert folded.evaluate("one => getComputedStyle(one).marginBottom") == "0px"


@pytest.mark.breaks
@pytest.mark.parametrize("site_server", ["material"], indirect=True)
def test_it_is_read_and_runs_offline(context: BrowserContext, server: PagesServer) -> None:
    visitor = Visitor(context, server)
    visitor.installed()
    visitor.save_everything()
    go_offline(server)
    visitor.reader.open()
    cell = visitor.reader.cell("sum")
    visitor.reader.run(cell)
    expect(visitor.reader.outputs(cell)).to_have_text("3")


def test_all_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "py/package/pyproject.toml").read_text("utf-8"))["project"]
    declared = {_normal(re.split("[=<>]", one)[0]) for one in project["dependencies"]}
    outside = {"js", "pyodide", "pyodide_js", "livecells"}  # the browser's, and ours
    asked = {"IPython", "openpyxl", "zensical"}  # only if an author's cells or site have them
    known = packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "py/livecells").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else _names(node))
    }
    others = imported - sys.stdlib_module_names - outside - asked
    assert {_normal(known[name][0]) for name in others} <= declared


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def _names(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]
