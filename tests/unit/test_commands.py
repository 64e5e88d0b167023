"""The command `livecells`: what it finds, what it writes, how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from livecells import config, parts
from livecells.commands import main

PAGE = """# A page

```python
import shop
price = shop.PRICE
```

Words, and a block of another language.

```console
not Python
```

!!! note

    ```py
    total = price * 2
    total / 0
    ```

```python raises="ZeroDivisionError"
total / 0
```

```python raises="KeyError"
total
```

```python alone
price
```

```python network
read_from_elsewhere()
```

```python plain
...but not code
```

```python
price = = 2
```
"""

ON_PURPOSE = 'if it is on purpose, write raises="ZeroDivisionError"'
FAILURES = (
    f"18: raised ZeroDivisionError: division by zero; {ON_PURPOSE}",
    "25: raised nothing, not KeyError: take 'raises' out",
    "30: raised NameError: name 'price' is not defined",
    "42: raised SyntaxError: invalid syntax",
)


def test_check_tells_each_block_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.py").write_text("PRICE = 3\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert main(["check", "docs"]) == 1
    *told, last = capsys.readouterr().out.splitlines()
    assert len(told) == len(FAILURES)
    for line, failure in zip(told, FAILURES, strict=True):
        assert line.startswith(f"docs/page.md:{failure}")
    assert last == "6 blocks of 1 files ran, 4 failed, 2 are not to be run."


def test_check_wants_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "is not a Markdown file, nor a folder with one" in capsys.readouterr().err


def test_new_writes_a_site_that_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    assert main(["check", "docs"]) == 0
    monkeypatch.setattr(parts, "FOLDER", tmp_path)
    assert main(["doctor"]) == 0, capsys.readouterr().out
    assert main(["new", str(tmp_path / "site")]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_the_doctor_lists_all_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "mkdocs.yml").write_text(
        "theme: nowhere\n"
        "nav: !ENV [NAV, []]\n"
        "plugins:\n"
        '  - livecells: { data: ["data/*.csv"], packages: [shop], changelog: LOG.md }\n'
        "  - livecells\n"
    )
    assert main(["doctor", str(tmp_path)]) == 1
    missing = [
        line.removeprefix("MISSING  ").split(":")[0].removeprefix(f"{tmp_path}/")
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("MISSING")
    ]
    assert missing == [
        "livecells in mkdocs.yml",
        "theme nowhere (livecells is tried with material, mkdocs, readthedocs)",
        "Node",
        "package.json",
        "node_modules/pyodide",
        "node_modules/esbuild/bin/esbuild",
        "requirements/browser.txt",
        "py/wheels/wheels.toml",
        "data",
        "packages",
        "changelog",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "run this where your site is"),
        ("a: [", "it is not valid YAML"),
        ("plugins: [search]", "write 'plugins: [search, livecells]'"),
        ("plugins: [{livecells: {dta: x}}]", "has no setting dta: did you mean data?"),
    ],
)
def test_the_doctor_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text)
    assert main(["doctor", str(tmp_path)]) == 1
    assert said in capsys.readouterr().out


def test_the_doctor_waits_for_nothing_large() -> None:
    code = (
        "import sys; from livecells.commands import main; main(['doctor']); "
        "print({'polars', 'altair', 'mkdocs', 'markdown'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_finish_wants_a_site_that_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["finish", "site"]) == 1
    assert "mkdocs.yml: run this where your site is" in capsys.readouterr().err
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    assert main(["finish", "site"]) == 1
    assert "build the site first, with 'zensical build'" in capsys.readouterr().err
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text('<head><meta name="livecells-build"></head>')
    assert main(["finish", "site"]) == 1
    assert "is finished already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("# A\n---\nb\n", ({}, "# A\n---\nb\n")),
        ("---\ncells: all\n---\n# A\n", ({"cells": "all"}, "# A\n")),
        ("---\nA line\n---\nB\n", ({}, "---\nA line\n---\nB\n")),
    ],
)
def test_the_head_of_a_page_is_parted(text: str, parts: tuple[object, str]) -> None:
    assert config.front_matter(text) == parts
