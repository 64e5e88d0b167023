"""`livecells new DIR`: a small site that runs."""

import shutil
from pathlib import Path
from typing import TextIO

from livecells.errors import BuildError
from livecells.parts import PACKAGE

MINIMAL = PACKAGE / "minimal"


def write(folder: Path, out: TextIO) -> int:
    """Write the site and say what to do next.

    Raises:
        BuildError: Something is in the folder.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        msg = f"{folder} is not empty: name a folder that is not there yet"
        raise BuildError(msg)
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    out.write(f"{folder} has a site. To see it: cd {folder} && mkdocs serve --dirty\n")
    return 0
