"""What ships beside Polars: byte-compiled, complete, and as the manifest says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from buildlib import project_settings
from livecells.runtime.sources import own_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from livecells.runtime.sources import own_sources
from pyodide.conftest import BuiltSite, Session


@pytest.mark.parametrize(
    "name",
    ["altair", "jinja2", "jsonschema", "markupsafe", "micropip", "narwhals", "tzdata", "packaging"],
)
def test_imports(pyodide: Session, name: str) -> None:
    assert pyodide.run(f"import {name}\n{name}.__spec__.cached").endswith(".cpython-314.pyc")
    assert "sources" not in pyodide.reads


def test_versions_are_the_manifests(pyodide: Session, site: BuiltSite) -> None:
    expected = {package["name"]: package["version"] for package in site.manifest["packages"]}
    source = (
        f"from importlib.metadata import version\n{{n: version(n) for n in {list(expected)!r}}}"
    )
    assert pyodide.run(source) == expected
    assert pyodide.run("import platform\nplatform.python_version()") == site.manifest["python"]


LATE = """
import altair, sys
before = [name for name in ("jinja2", "altair.datasets", "urllib.request") if name in sys.modules]
page = altair.Chart(altair.Data(values=[])).mark_point().to_html()
[before, page.strip()[:15], altair.datasets.__name__, "datasets" in dir(altair)]
"""


def test_what_a_first_chart_does_not_need_is_imported_when_it_is_used(
    boot: Callable[..., Session], site: BuiltSite
) -> None:
    before, page, datasets, is_listed = boot(site).run(LATE)
    assert (before, page) == ([], "<!DOCTYPE html>")
    assert (datasets, is_listed) == ("altair.datasets", True)


DOCUMENTED = """
import altair
import narwhals
import polars
import pydoc

documented = [
    polars, polars.DataFrame, polars.DataFrame.filter, polars.DataFrame.columns, polars.Expr.str,
    polars.col("a").sum, altair.Chart, altair.Chart().mark_bar, altair.X,
    narwhals.from_native,
]
found = [pydoc.getdoc(one) for one in documented]
"""


def test_docstrings_travel_only_when_wanted(
    boot: Callable[[BuiltSite], Session], site: BuiltSite
) -> None:
    session = boot(site)
    session.run("import altair, polars, trends.charts")
    assert "docstrings" not in session.reads
    native: dict[str, Any] = {}
    exec(DOCUMENTED, native)
    assert all(native["found"])
    assert session.run(f"{DOCUMENTED}\nfound") == native["found"]
    assert "docstrings" in session.reads
    said = session.run("import polars, pydoc\npydoc.plain(pydoc.render_doc(polars.Expr.sum))")
    assert native["polars"].Expr.sum.__doc__.strip().splitlines()[0] in said


VALIDATE = """
import jsonschema
schema = {{"$schema": {schema!r}, "type": "integer"}}
jsonschema.validate(7, schema)
try:
    jsonschema.validate("seven", schema)
except jsonschema.ValidationError as error:
    message = error.message
message
"""


@pytest.mark.parametrize(
    "schema",
    [
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-04/schema#",
        pytest.param(
            "http://json-schema.org/draft-07/schema#",
            marks=pytest.mark.xfail(
                strict=True,
                reason="jsonschema 4.17, the last without Rust, cannot check schemas of draft 6 "
                "and 7 on Python 3.14, whose urljoin keeps an empty fragment; Altair never does",
            ),
        ),
    ],
)
def test_jsonschema_validates(pyodide: Session, schema: str) -> None:
    assert pyodide.run(VALIDATE.format(schema=schema)) == "'seven' is not of type 'integer'"


def test_jsonschema_resolves_references(pyodide: Session) -> None:
    source = """
import jsonschema
properties = {"a": {"$ref": "#/definitions/b"}}
definitions = {"b": {"type": "integer"}}
validator = jsonschema.Draft7Validator({"properties": properties, "definitions": definitions})
[validator.is_valid({"a": 1}), validator.is_valid({"a": "x"})]
"""
    assert pyodide.run(source) == [True, False]


def test_time_zones_come_from_tzdata(pyodide: Session) -> None:
    source = """
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones
july = datetime(2025, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))
[str(july.utcoffset()), len(available_timezones()) > 400]
"""
    assert pyodide.run(source) == ["2:00:00", True]


def test_tracebacks_show_where_files_lie(pyodide: Session) -> None:
    source = """
import json, traceback
import altair as alt
def places(call):
    try:
        call()
    except Exception as error:
        return [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
places(lambda: json.loads("{")) + places(lambda: alt.Chart().mark_bar().encode(x=7).to_dict())
"""
    places = set(pyodide.run(source)) - {"<exec>"}
    assert all(place.startswith("/lib/python3") for place in places)
    assert any(place == "/lib/python3.14/json/decoder.py" for place in places)
    assert any("/site-packages/altair/" in place for place in places)


def test_our_own_code_ships_as_source(pyodide: Session) -> None:
    source = "import inspect, livecells\n[inspect.getsource(livecells)[:3], livecells.__file__]"
    text, place = pyodide.run(source)
    assert text == '"""'
    assert place == "/lib/python3.14/site-packages/livecells/__init__.py"


def test_the_build_side_stays_behind(pyodide: Session) -> None:
    source = """
from importlib.util import find_spec
import livecells, trends
[find_spec("livecells.author") is None, find_spec("trends.datasets") is None]
"""
    assert pyodide.run(source) == [True, True]


def test_every_module_of_ours_imports(pyodide: Session) -> None:
    paths = [
        path
        for tree in own_sources(project_settings())
        for path in tree.read()
        if path.endswith(".py")
    ]
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    assert (
        pyodide.run(f"import importlib\nlen([importlib.import_module(n) for n in {names!r}])") > 0
    )


def test_nothing_can_be_fetched_from_a_default_address(pyodide: Session) -> None:
    """Pyodide's own default for packages is another origin."""
    source = "import pyodide_js\nstr(pyodide_js._api.config.packageBaseUrl)"
    assert "://" not in pyodide.run(source)
    with pytest.raises(Exception, match="No known package with name 'numpy'"):
        pyodide.run("import pyodide_js\nawait pyodide_js.loadPackage('numpy')")
