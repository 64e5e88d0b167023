"""Rows made of a repository's tags: what its tree holds at each, without fetching its files."""

import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from livecells.datasets.catalogue import Refresh
from livecells.datasets.refresh.web import Get, SourceUnreachableError

TIMEOUT_S = 600
FINAL = re.compile(r"^v?(\d+\.\d+(\.\d+)?)$")

Clone = Callable[[str, Path], Path]


def clone(repository: str, folder: Path) -> Path:
    """Clone `owner/name` from GitHub without its file contents; they come when shown.

    Raises:
        SourceUnreachableError: It cannot be cloned.
    """
    address = f"https://github.com/{repository}.git"
    _git("clone", "--quiet", "--bare", "--filter=blob:none", address, str(folder))
    return folder


def newer(old: pl.DataFrame, about: Refresh, get: Get, *, clone: Clone = clone) -> pl.DataFrame:
    """Append the final releases that are newer than the last known one; known rows stay.

    Raises:
        SourceUnreachableError: The repository cannot be read.
    """
    get(f"https://raw.githubusercontent.com/{about.tags}/HEAD/README.md")  # a clone takes minutes
    known = set(old["version"])
    last = old.filter(~pl.col("version").str.contains("@"))["date"].max()
    rows = []
    with tempfile.TemporaryDirectory(prefix="tags-") as scratch:
        tree = clone(about.tags, Path(scratch))
        for day, tag in sorted((day, tag) for tag, day in days(tree).items()):
            version = FINAL.match(tag)
            if version and version.group(1) not in known and day >= str(last):
                found = _counted(tree, tag, about) | _found(tree, tag, about)
                rows.append({"version": version.group(1), "date": day} | found)
    new = pl.DataFrame(rows, schema=dict.fromkeys(old.columns, pl.String))
    return pl.concat([old, new])


def days(tree: Path) -> dict[str, str]:
    """Day of each tag, or of the commit it stands at, by tag."""
    form = "--format=%(refname:strip=2) %(creatordate:short)"
    lines = _git("-C", str(tree), "for-each-ref", form, "refs/tags").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def _counted(tree: Path, tag: str, about: Refresh) -> dict[str, str]:
    paths = _git("-C", str(tree), "ls-tree", "-r", "--name-only", tag).splitlines()
    return {
        column: str(len({hit.group(1) for path in paths if (hit := re.match(pattern, path))}))
        for column, pattern in about.count.items()
    }


def _found(tree: Path, tag: str, about: Refresh) -> dict[str, str]:
    texts = {
        column: re.search(pattern, _git("-C", str(tree), "show", f"{tag}:{file}"))
        for column, (file, pattern) in about.find.items()
    }
    return {column: hit.group(1) if hit else "" for column, hit in texts.items()}


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 a fixed program, arguments as a list
            ["git", *arguments],  # noqa: S607 git is found by PATH
            capture_output=True,
            check=True,
            text=True,
            timeout=TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", None) or str(error)
        raise SourceUnreachableError(" ".join(arguments), str(reason).strip()) from error
    return done.stdout
