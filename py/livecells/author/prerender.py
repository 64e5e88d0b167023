"""Runs cells at build time, in the kernel that the browser runs, and keeps what they gave."""

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from livecells.figures import draw
from livecells.kernel import VEGALITE, Emitted, ExecuteReply, Kernel, Output
from livecells.kernel.coalesce import coalesce
from livecells.kernel.expressions import Request, Value
from livecells.kernel.outputs import Error, ExecuteRequest
from livecells.store import digest

CACHE_FORMAT = "5"
"""Change it when `Rendered` changes shape."""


@dataclass(frozen=True)
class Rendered:
    """What one cell gave.

    Attributes:
        outputs: In the order they were made, neighbouring text of one stream joined.
        pictures: For each output the drawn figure, or `None` where it is not a chart.
        error_line: Line of the cell, from 1, at which `error` arose; 0 when unknown.
        values: What the expressions gave that were asked for after it.
        asked: Those expressions and the module of their formatters, as JSON.
        failed: Number of the first check of an exercise that does not hold; -1 where none.
    """

    outputs: list[Output]
    pictures: list[draw.Picture | None] = field(default_factory=list)
    error_line: int = 0
    values: list[Value] = field(default_factory=list)
    asked: str = ""
    failed: int = -1

    @property
    def error(self) -> Error | None:
        """The exception that ended the cell, if one did."""
        return next((out for out in self.outputs if out["output_type"] == "error"), None)

    @property
    def problem(self) -> str | None:
        """What a page must not contain although the cell ran through."""
        charts = [spec for out in self.outputs if (spec := chart_spec(out))]
        if any(not draw.description(spec) for spec in charts):
            return "a chart has no text alternative: give it .properties(description=...)"
        return None


@dataclass
class Prerenderer:
    """Runs the cells of a site, with a cache on disk.

    Attributes:
        cache: Folder for results; safe to delete at any time.
        code: Folders and files whose content the results depend on.
        packages: Names of packages to import afresh when that content has changed.
    """

    cache: Path
    code: Sequence[Path]
    packages: Sequence[str] = ()
    _environment: str = ""

    def refresh(self) -> None:
        """Notice changed code and data; call it once before each build."""
        environment = digest(*_versions(), *_contents(self.code))
        if self._environment and environment != self._environment:
            _forget_modules(self.packages)
        self._environment = environment

    @property
    def environment(self) -> str:
        """Changes with everything that the result of a cell depends on, but its text."""
        return self._environment

    def session(self, page: str) -> "Session":
        """Start the namespace of one page."""
        return Session(page, self.cache, digest(self._environment, page))


Step = tuple[str, str, list[Request]]
"""A cell to run: its id, its text, the expressions to evaluate after it."""


class Session:
    """The cells of one page, run in order.

    Attributes:
        key: Changes with everything that the results of the cells so far depend on.
    """

    def __init__(self, page: str, cache: Path, key: str) -> None:
        self._page = page
        self._cache = cache
        self.key = key
        self._kernel = Kernel()
        self._skipped: list[tuple[str, str]] = []

    def run(
        self,
        cell: str,
        source: str,
        expressions: Sequence[Request] = (),
        wording: str = "",
        raises: str = "",
    ) -> Rendered:
        """Run a cell, or take its result from the cache.

        The key of a cell covers the cells above it, for it may use what they
        defined; these run only when a later cell has to run.

        Args:
            cell: Its id.
            source: Its Python.
            expressions: Of the prose, to evaluate after it.
            wording: Module with their formatters.
            raises: The exception that ends it on purpose, whose result is then kept.
        """
        self.key = digest(self.key, cell, source, *filter(None, [raises]))
        asked = json.dumps([expressions, wording])
        kept = self._cache / f"{self.key}.json"
        if known := _recall(kept, asked if expressions else ""):
            self._skipped.append((cell, source))
            return known
        self._catch_up()
        outputs, reply = self._execute(cell, source, expressions, wording)
        pictures = [draw.draw(spec) if (spec := chart_spec(out)) else None for out in outputs]
        values = reply.get("values", [])
        rendered = Rendered(outputs, pictures, reply.get("line", 0), values, asked)
        if bool(rendered.error) == bool(raises) and not rendered.problem:
            _save(kept, rendered)
        return rendered

    def try_out(self, steps: Sequence[Step], wording: str = "") -> Rendered:
        """Run another text of the next cell, and leave the namespace as it was.

        Args:
            steps: The cell, and hidden ones that run with it.
            wording: Module with the formatters of expressions.

        Returns:
            Outputs of the first without pictures, and values of the expressions of all.
        """
        cell, source, _ = steps[0]
        asked = json.dumps([steps, wording])
        kept = self._cache / f"{digest(self.key, 'tried', cell, source)}.json"
        if known := _recall(kept, asked if any(expressions for *_, expressions in steps) else ""):
            return known
        self._catch_up()
        with self._kernel.namespace(self._page).restored():
            runs = [self._execute(*step, wording) for step in steps]
        outputs, reply = runs[0]
        values = [value for _, one in runs for value in one.get("values", [])]
        nothing: list[draw.Picture | None] = [None] * len(outputs)
        rendered = Rendered(outputs, nothing, reply.get("line", 0), values, asked)
        if not rendered.error:
            _save(kept, rendered)
        return rendered

    def answer(self, cell: str, source: str, checks: Sequence[str]) -> Rendered:
        """Run an answer to an exercise and its checks, and leave the namespace as it was.

        Returns:
            What it gave, with `failed`, and without pictures.
        """
        kept = self._cache / f"{digest(self.key, 'answer', cell, source, *checks)}.json"
        if known := _recall(kept, ""):
            return known
        self._catch_up()
        with self._kernel.namespace(self._page).restored():
            outputs, reply = self._execute(cell, source, checks=checks)
        nothing: list[draw.Picture | None] = [None] * len(outputs)
        failed = reply.get("failed", -1)
        rendered = Rendered(outputs, nothing, reply.get("line", 0), failed=failed)
        _save(kept, rendered)
        return rendered

    def _catch_up(self) -> None:
        """Run the cells whose results came from the cache: the next may need what they define."""
        for earlier in self._skipped:
            self._execute(*earlier)
        self._skipped.clear()

    def _execute(
        self,
        cell: str,
        source: str,
        expressions: Sequence[Request] = (),
        wording: str = "",
        checks: Sequence[str] = (),
    ) -> tuple[list[Output], ExecuteReply]:
        outputs: list[Emitted] = []
        request: ExecuteRequest = {
            "page": self._page,
            "cell": cell,
            "source": source,
            "expressions": list(expressions),
            "wording": wording,
            "checks": list(checks),
        }
        reply = asyncio.run(self._kernel.execute(request, outputs.append))
        return coalesce(json.loads(json.dumps(outputs, default=str))), reply


def chart_spec(output: Output) -> dict[str, Any] | None:
    """Return the Vega-Lite specification of a chart output."""
    spec: dict[str, Any] | None = output.get("data", {}).get(VEGALITE)  # type: ignore[attr-defined]
    return spec


def _versions() -> list[str]:
    names = ("altair", "polars", "vl-convert-python")
    return [CACHE_FORMAT, sys.version, *(version(name) for name in names)]


def _contents(places: Iterable[Path]) -> Iterable[bytes]:
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.name.encode()
                yield path.read_bytes()


def _forget_modules(packages: Iterable[str]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in set(packages)]:
        del sys.modules[name]


def _recall(path: Path, asked: str) -> Rendered | None:
    """Return what is kept, unless other values are asked for than it has; "" asks for none."""
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if asked not in ("", kept["asked"]):
        return None
    pictures = [draw.Picture(**item) if item else None for item in kept["pictures"]]
    return Rendered(**{**kept, "pictures": pictures})


def _save(path: Path, rendered: Rendered) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")  # two builds may have the same to keep
    unfinished.write_text(json.dumps(asdict(rendered)), encoding="utf-8")
    unfinished.replace(path)
