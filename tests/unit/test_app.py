"""The web app manifest: what a browser needs to offer an installation."""

import json
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from livecells.errors import BuildError
from livecells.release.app import head, write_app
from livecells.runtime.errors import InputMissingError
from livecells.settings import App

ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><rect width="9"/></svg>'
APP = App(icon="icon.svg", short_name="Short", colour="#123")


def test_the_manifest_names_icons_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_text(ICON)
    write_app(APP, tmp_path, tmp_path / "site", tmp_path / "cache", about={"name": "Long"})
    manifest = json.loads((tmp_path / "site/manifest.webmanifest").read_text())
    assert (manifest["name"], manifest["short_name"]) == ("Long", "Short")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        width, height = struct.unpack(">II", (tmp_path / "site" / icon["src"]).read_bytes()[16:24])
        assert icon["sizes"] == f"{width}x{height}"


def test_it_names_no_place(tmp_path: Path) -> None:
    """The site lies under any path: everything is relative to the manifest."""
    (tmp_path / "icon.svg").write_text(ICON)
    write_app(APP, tmp_path, tmp_path / "site", tmp_path / "cache", about={})
    manifest = json.loads((tmp_path / "site/manifest.webmanifest").read_text())
    assert {manifest[key] for key in ("id", "start_url", "scope")} == {"./"}
    assert 'href="../manifest.webmanifest"' in head(APP, "../")


def test_an_installed_site_opens_files_and_has_shortcuts(tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_text(ICON)
    app = replace(APP, opens="try/", shortcuts={"Look": "look/"})
    write_app(app, tmp_path, tmp_path / "site", tmp_path / "cache", about={})
    manifest = json.loads((tmp_path / "site/manifest.webmanifest").read_text())
    (handler,) = manifest["file_handlers"]
    assert handler["action"] == manifest["share_target"]["action"] == "./try/"
    endings = {ending for endings in handler["accept"].values() for ending in endings}
    assert endings == {".csv", ".tsv", ".parquet", ".xlsx"}
    assert endings < set(manifest["share_target"]["params"]["files"][0]["accept"])
    assert manifest["shortcuts"] == [{"name": "Look", "url": "./look/"}]
    write_app(APP, tmp_path, tmp_path / "site", tmp_path / "cache", about={})
    assert "share_target" not in (tmp_path / "site/manifest.webmanifest").read_text()


def test_a_missing_icon_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        write_app(APP, tmp_path, tmp_path / "site", tmp_path / "cache", about={})


@pytest.mark.parametrize("written", [{"icon": "a.svg"}, {"icon": "", "name": "", "colour": ""}])
def test_a_wrong_key_stops_the_build(written: dict[str, str]) -> None:
    with pytest.raises(BuildError, match="short_name"):
        App.read(written)
