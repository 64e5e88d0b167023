"""What programs read of the built site: validated by their own tools, and enough to check again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from browser.server import SITE, serve
from livecells.release import archives
from livecells.release.version import read_changes
from trends import claims, data
from trends.pages import linked

ROOT = Path(__file__).parents[2]
VALIDATORS = ROOT / ".cache/validators/bin/python"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def built_site() -> Path:
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run 'make build', or 'make test' for everything")
    return SITE


@cache
def graphs(site: Path) -> dict[str, list[dict[str, Any]]]:
    """The linked data of each page that has some."""
    pages = {
        path.relative_to(site).as_posix(): SCRIPT.findall(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("index.html"))
    }
    return {name: [json.loads(one) for one in found] for name, found in pages.items() if found}


def of_type(content: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in content if one["@type"] == kind]


def test_each_page_says_what_it_is_and_where(built_site: Path) -> None:
    found = graphs(built_site)
    for page, content in found.items():
        assert len(of_type(content, "Article")) == 1, page
        (way,) = of_type(content, "BreadcrumbList")
        url = page.removesuffix("index.html")
        assert way["itemListElement"][-1]["item"].endswith(f"/{url}" if url else "/"), page
    chapter = found["frameworks/modern-web/index.html"]
    (way,) = of_type(chapter, "BreadcrumbList")
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3]
    assert len(found) > 25


def test_each_claim_is_a_review_on_its_chapter_and_on_the_ledger(built_site: Path) -> None:
    found = graphs(built_site)
    ledger = of_type(found["claims/index.html"], "ClaimReview")
    assert [one["@id"].rpartition("#claim-")[2] for one in ledger] == [
        claim.id for claim in claims.all_claims()
    ]
    assert all(one["reviewRating"]["ratingExplanation"] for one in ledger)
    shown = [
        one
        for page, content in found.items()
        if page != "claims/index.html"
        for one in of_type(content, "ClaimReview")
    ]
    assert sorted(map(str, shown)) == sorted(map(str, ledger))


def test_schema_org_knows_every_word(built_site: Path) -> None:
    """The types are Google's own, written from the vocabulary; the compiler refuses any other."""
    lines = ['import type * as schema from "schema-dts";']
    for content in graphs(built_site).values():
        for one in content:
            kind = f"schema.WithContext<schema.{one['@type']}>"
            lines.append(f"export const _{len(lines)}: {kind} = {json.dumps(one)};")
    assert len(lines) > 150
    place = ROOT / ".cache" / "linked"
    place.mkdir(parents=True, exist_ok=True)
    (place / "linked.ts").write_text("\n".join(lines), encoding="utf-8")
    options = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]
    command = [str(ROOT / "node_modules/.bin/tsc"), *options, str(place / "linked.ts")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:3000]


def test_tables_and_release_load_in_the_tools_of_others(built_site: Path) -> None:
    if not VALIDATORS.is_file():
        pytest.skip("no validators: make validators")
    command = [VALIDATORS, Path(__file__).with_name("validate.py"), built_site]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["tables"] == len(data.NAMES)
    assert (told["errors"], told["warnings"]) == ([], [])
    for name, columns in told["rows"].items():
        known = [f"rows/{column.name}" for column in data.describe(name).columns]
        assert columns == sorted(known), name
    assert len(told["crate"]) > len(data.NAMES)
    assert [one for one in told["crate"] if not (built_site / one).is_file()] == []


def test_the_verdicts_follow_from_the_linked_data_alone(built_site: Path) -> None:
    stated = of_type(graphs(built_site)["index.html"], "Article")[0]["url"]
    script = Path(__file__).with_name("from_json_ld.py")
    with serve(built_site) as server:
        command = [sys.executable, "-P", script, f"{server.url}claims/", stated, server.url]
        environment = {"PYTHONSAFEPATH": "1"}  # our own code must come from the wheel
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, cwd="/"
        )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line.split() for line in done.stdout.splitlines()]
    assert len(lines) == len(claims.all_claims())
    assert [line for line in lines if line[1] != line[2]] == []


def test_the_citation_is_of_this_release(built_site: Path) -> None:
    newest = read_changes(ROOT / "CHANGELOG.md")[0]
    lines = (built_site / archives.CITATION).read_text(encoding="utf-8").splitlines()
    assert f'version: "{newest["version"]}"' in lines
    assert f"date-released: {newest['date']}" in lines
    own = (ROOT / archives.CITATION).read_text(encoding="utf-8").splitlines()
    assert own == [line for line in lines if not line.startswith("url:")]
    assert (built_site / linked.WHEEL.format(version=newest["version"])).is_file()


def test_each_page_leads_to_what_programs_read(built_site: Path) -> None:
    page = (built_site / "frameworks/async/index.html").read_text(encoding="utf-8")
    for name in ("feed.xml", "claims.jsonld", archives.CRATE):
        assert f'href="../../{name}"' in page
        assert (built_site / name).is_file()
