"""Read the tags and trees of a public repository without fetching its files."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from trends.datasets.refresh.web import SourceUnreachableError

TIMEOUT_S = 600

Clone = Callable[[str, Path], Path]


def clone(repository: str, folder: Path) -> Path:
    """Clone `owner/name` from GitHub without its file contents; they come when shown.

    Raises:
        SourceUnreachableError: It cannot be cloned.
    """
    target = folder / repository.replace("/", "+")
    address = f"https://github.com/{repository}.git"
    command = ["clone", "--quiet", "--bare", "--filter=blob:none", address, str(target)]
    _git(command, address)
    return target


def tags(repository: Path) -> dict[str, str]:
    """Day of each tag, or of the commit it stands at, by tag."""
    form = "--format=%(refname:strip=2) %(creatordate:short)"
    lines = show(repository, "for-each-ref", form, "refs/tags").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def paths(repository: Path, tag: str, folder: str) -> list[str]:
    """All files below a folder at a tag."""
    return show(repository, "ls-tree", "-r", "--name-only", tag, f"{folder}/").splitlines()


def show(repository: Path, *arguments: str) -> str:
    """What a git command prints about a repository."""
    return _git(["-C", str(repository), *arguments], str(repository))


def _git(arguments: list[str], address: str) -> str:
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
        raise SourceUnreachableError(address, str(reason).strip()) from error
    return done.stdout
