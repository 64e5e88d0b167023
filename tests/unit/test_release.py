"""A release: what it is called, what it says on every page, and the id of its build."""

import tomllib
from pathlib import Path

import pytest

from livecells.errors import BuildError
from livecells.release import footer
from livecells.release.version import BUILD_TOKEN, Change, Release, build_id, read_changes, stamp
from livecells.runtime.errors import InputMissingError

CHANGELOG = """# Changelog

Words before.

## 1.1.0, 2026-11-25

- The first thing,
  which is long.
- The second.

## [1.0.0] - 2026-11-01

* All of it.
"""


@pytest.fixture
def changelog(tmp_path: Path) -> Path:
    path = tmp_path / "CHANGELOG.md"
    path.write_text(CHANGELOG)
    return path


def test_the_changelog_names_versions_and_what_they_changed(changelog: Path) -> None:
    first, second = read_changes(changelog)
    assert first == Change(
        version="1.1.0", date="2026-11-25", notes=["The first thing, which is long.", "The second."]
    )
    assert (second["version"], second["notes"]) == ("1.0.0", ["All of it."])
    assert Release((first, second)).version == "1.1.0"


@pytest.mark.parametrize("text", ["# Nothing\n", "## 1.0.0, 2026-11-25\n", "## Soon\n\n- More.\n"])
def test_a_changelog_that_says_nothing_stops_the_build(changelog: Path, text: str) -> None:
    changelog.write_text(text)
    with pytest.raises(BuildError, match=r"CHANGELOG\.md"):
        read_changes(changelog)


def test_a_missing_changelog_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        read_changes(tmp_path / "CHANGELOG.md")


def test_the_project_and_its_changelog_agree_on_the_version() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    assert read_changes(Path("CHANGELOG.md"))[0]["version"] == project["version"]


def test_the_build_is_named_after_everything_it_serves(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<p>{BUILD_TOKEN}")
    before = build_id(tmp_path)
    (tmp_path / "sitemap.xml").write_text("today")
    (tmp_path / "sw.js").write_text("written last")
    assert build_id(tmp_path) == before
    (tmp_path / "more.bin").write_bytes(b"1")
    assert build_id(tmp_path) != before


def test_a_stamp_does_not_write_through_links(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text(BUILD_TOKEN)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").hardlink_to(kept)
    stamp(site, {BUILD_TOKEN: "abc"})
    assert (site / "index.html").read_text() == "abc"
    assert kept.read_text() == BUILD_TOKEN


def test_every_page_says_its_release_and_links_from_where_it_is() -> None:
    release = Release((Change(version="1.0", date="2026-11-25", notes=["All."]),))
    line = footer.line("A & B", release, {"News": "news/", "Home": ""}, "../../")
    page = f"<html><head><title>x</title></head><body>{footer.PLACE}</body></html>"
    done = footer.finish(page, line, footer.head(release))
    assert "A &amp; B 1.0, build" in done
    assert '<a href="../../news/">News</a>' in done
    assert f'<meta name="livecells-build" content="{BUILD_TOKEN}">' in done
    assert '<meta name="livecells-release" content="1.0, 2026-11-25"></head>' in done
    assert "livecells-release" not in footer.head(Release())
    assert footer.PLACE not in done
