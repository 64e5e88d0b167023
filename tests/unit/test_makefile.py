"""`make build`: nothing is built again while nothing has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
MKDOCS = """#!/bin/sh
echo built >> log
mkdir -p _site
echo "<loc>$SITE_URL</loc>" > _site/sitemap.xml
"""


def test_what_is_up_to_date_is_not_built_again(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("py", "site", "data", "requirements", ".cache", ".venv/bin", "node_modules"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("requirements/dev.txt", "pyproject.toml", "package.json", "package-lock.json"):
        (tmp_path / file).touch()
    for file in ("mkdocs.yml", "CHANGELOG.md", "site/page.md"):
        (tmp_path / file).touch()
    for stamp in (".venv/.installed", "node_modules/.installed"):
        (tmp_path / stamp).touch()
    (tmp_path / ".venv/bin/mkdocs").write_text(MKDOCS)
    (tmp_path / ".venv/bin/mkdocs").chmod(0o755)

    def built(**variables: str) -> int:
        command = ["make", "build", *(f"{k}={v}" for k, v in variables.items())]
        environment = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "MAKEFLAGS")}
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        return (tmp_path / "log").read_text().count("built")

    assert [built(), built()] == [1, 1]
    time.sleep(0.02)
    (tmp_path / "site/page.md").write_text("changed")
    assert [built(), built()] == [2, 2]
    time.sleep(0.02)
    (tmp_path / "site/page.md").unlink()
    assert [built(), built()] == [3, 3]
    assert built(SITE_URL="https://example.org/other/") == 4
    shutil.rmtree(tmp_path / "_site")
    assert built(SITE_URL="https://example.org/other/") == 5
