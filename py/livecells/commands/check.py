"""`livecells check PATH`: runs the Python blocks and cells of Markdown files, of whatever site."""

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TextIO

from livecells.author.source import Fence, fences, unexpected
from livecells.config import NAME, options, read
from livecells.errors import BuildError, PageError
from livecells.kernel import Emitted, ExecuteRequest, Kernel

LANGUAGES = ("python", "py", "python3")


@dataclass
class Tally:
    """What a check has seen so far."""

    ran: int = 0
    left: int = 0
    failed: int = 0


def report(paths: Sequence[Path], out: TextIO) -> int:
    """Run the blocks of each file in order, in one namespace, and tell each that fails.

    Args:
        paths: Markdown files, or folders of them.
        out: Where to tell it.

    Returns:
        1 where one failed, else 0.

    Raises:
        BuildError: There is no such path, or no Markdown in it.
    """
    sys.path[:0] = [str(home) for home in _homes(Path.cwd())]
    tally = Tally()
    files = list(_files(paths))
    for file in files:
        for error in _mistakes(file, tally):
            out.write(f"{error}\n")
    out.write(
        f"{tally.ran} blocks of {len(files)} files ran, {tally.failed} failed"
        f"{f', {tally.left} are not to be run' if tally.left else ''}.\n"
    )
    return 1 if tally.failed else 0


def _homes(folder: Path) -> Iterator[Path]:
    """Find where the packages lie that the blocks are about: here, or where a site says."""
    yield folder
    given = options(read(folder)) if (folder / NAME).is_file() else []
    for package in [name for one in given for name in one.get("packages", ())]:
        yield (folder / package).parent


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        if not found or not found[0].is_file():
            msg = f"{path} is not a Markdown file, nor a folder with one"
            raise BuildError(msg)
        yield from found


def _mistakes(file: Path, tally: Tally) -> Iterator[PageError]:
    kernel = Kernel()
    for block in fences(file.read_text(encoding="utf-8")):
        if block.language not in LANGUAGES and not block.is_cell:
            continue
        if not block.runs_here:
            tally.left += 1
            continue
        tally.ran += 1
        if mistake := _run(kernel, str(file), block):
            tally.failed += 1
            yield mistake


def _run(kernel: Kernel, file: str, block: Fence) -> PageError | None:
    """Run a block and return what is wrong with it."""
    outputs: list[Emitted] = []
    page = f"{file}#{block.line}" if "alone" in block.options else file
    request: ExecuteRequest = {
        "page": page,
        "cell": str(block.line),
        "source": dedent(block.source),
        "expressions": [],
        "wording": "",
    }
    reply = asyncio.run(kernel.execute(request, outputs.append))
    error = next((one for one in outputs if one["output_type"] == "error"), None)
    raised = (error["ename"], error["evalue"]) if error else None
    if problem := unexpected(raised, block.options.get("raises")):
        return PageError(file, block.line + reply.get("line", 0), problem)
    return None
