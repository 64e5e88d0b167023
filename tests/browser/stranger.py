"""A stranger's machine: the wheel in an empty environment, no part of this project, no Node."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from livecells.package import lay

ROOT = Path(__file__).parents[2]
MOST_BYTES = 30_000_000
MKDOCS = (("mkdocs", "build", "--strict"),)
ZENSICAL = (("zensical", "build"), ("livecells", "finish"))


def build_wheel(folder: Path) -> Path:
    """Build the wheel as `make livecells-wheel` does."""
    lay(folder / "package", ROOT)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=folder / "package", check=True, capture_output=True)
    (wheel,) = folder.glob("livecells-*.whl")
    return wheel


@dataclass(frozen=True)
class Machine:
    """An environment with the wheel and what others make.

    Third-party packages are borrowed from this project's environment. A .pth file there is not
    read again, so that nothing leads back to this project's code.
    """

    folder: Path

    @classmethod
    def with_wheel(cls, folder: Path, wheel: Path) -> Machine:
        """Install the wheel with pip into a new environment."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        (packages,) = folder.glob("lib/*/site-packages")
        others = [path for path in sys.path if path.endswith("site-packages")]
        (packages / "others.pth").write_text("\n".join(others))
        pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet"]
        pip += ["--disable-pip-version-check", "--no-index", "--no-deps", str(wheel)]
        subprocess.run(pip, check=True)
        return cls(folder)

    def run(self, command: str, *words: str, at: Path) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in a folder, with nothing else on the path."""
        return subprocess.run(
            [str(self.folder / "bin" / command), *words],
            cwd=at,
            env={"PATH": str(self.folder / "bin"), "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, at: Path, files: Mapping[str, str]) -> Path:
        """Write the files of a site and build it; returns the folder of what was built."""
        for name, text in files.items():
            (at / name).parent.mkdir(parents=True, exist_ok=True)
            (at / name).write_text(text, encoding="utf-8")
        is_zensical = "markdown_extensions: [livecells]" in (at / "mkdocs.yml").read_text()
        for words in ZENSICAL if is_zensical else MKDOCS:
            done = self.run("python", "-m", *words, at=at)
            assert done.returncode == 0, done.stdout + done.stderr
        return at / "site"
