"""Lays out the package `livecells` for its wheel, with everything that an author need not make.

`python -m livecells.package FOLDER` in this repository writes the folder that hatchling builds.
"""

import json
import shutil
import sys
from pathlib import Path

from livecells.messages import WORDS
from livecells.parts import FOLDER, PACKAGE
from livecells.release import components
from livecells.release.assets import bundled, keep_bundled, web_in
from livecells.release.scripts import Bundler
from livecells.release.version import Release
from livecells.runtime import ready
from livecells.runtime.bundle import assemble
from livecells.settings import Settings

ABOUT = ("pyproject.toml", "README.md")
RARE = ("openpyxl", "et_xmlfile")
"""Fetched when a cell imports them: readers' own Excel files."""


def lay(target: Path, root: Path) -> None:
    """Write the folder that the wheel is built from.

    Args:
        target: It is emptied first.
        root: Of the repository, where npm has installed.

    Raises:
        BuildError: A part is missing, or a tool failed.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(PACKAGE, target / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ABOUT:
        shutil.copy(root / "py/package" / name, target)
    shutil.copy(root / "LICENSE", target)
    settings = Settings(root, on_demand=RARE, warm_up="livecells.kernel.first_outputs")
    parts = target / PACKAGE.name / FOLDER.name
    runtime = assemble(settings)
    runtime.install(parts)
    (parts / ready.MANIFEST).write_text(json.dumps(runtime.manifest), encoding="utf-8")
    cache = settings.cached("vendor")
    bundler = Bundler(root / settings.node_modules, cache)
    for language in WORDS:
        keep_bundled(bundled(bundler, web_in(language, cache)), parts, language)
    engine = components.of_engine(runtime, bundler.packages, root / settings.wheels)
    components.write(engine, parts)
    held = components.gather(engine, ())
    sbom = components.sbom(held, "livecells", Release())
    (target / components.SBOM).write_text(sbom, encoding="utf-8")
    (target / components.TEXTS).write_text(components.texts(held), encoding="utf-8")


if __name__ == "__main__":
    lay(Path(sys.argv[1]), Path.cwd())
