"""The command `livecells`: doctor, new, check, finish."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from livecells.errors import BuildError


def main(words: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        words: Its arguments; those of the process if None.

    Returns:
        The exit code: 1 where something is wrong.
    """
    asked = _parser().parse_args(words)
    try:
        return _run(asked)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="livecells", description="Live Python in a static MkDocs or Zensical site."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    doctor = commands.add_parser("doctor", help="list everything that a build needs")
    doctor.add_argument("folder", nargs="?", type=Path, default=Path(), help="of mkdocs.yml")
    new = commands.add_parser("new", help="write a small site that runs")
    new.add_argument("folder", type=Path, help="a folder that is not there yet, or is empty")
    check = commands.add_parser("check", help="run all Python blocks of Markdown files")
    check.add_argument("paths", nargs="+", type=Path, help="folders or files")
    finish = commands.add_parser("finish", help="finish a site that Zensical has built")
    finish.add_argument("folder", nargs="?", type=Path, default=Path("site"), help="of that site")
    return parser


def _run(asked: argparse.Namespace) -> int:
    """Import only what the command needs: the doctor must answer where much is missing."""
    if asked.command == "doctor":
        from livecells.commands import doctor

        return doctor.report(asked.folder, sys.stdout)
    if asked.command == "new":
        from livecells.commands import new

        return new.write(asked.folder, sys.stdout)
    if asked.command == "finish":
        from livecells import zensical

        for warning in zensical.finish(Path.cwd(), asked.folder):
            sys.stderr.write(f"{warning}\n")
        return 0
    from livecells.commands import check

    return check.report(asked.paths, sys.stdout)
