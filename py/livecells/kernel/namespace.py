"""What the cells of one page share: their variables and the count of runs."""

import builtins
import contextlib
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from livecells.kernel.code import is_a
from livecells.kernel.selections import Selections


class Namespace:
    """The state of one page.

    Attributes:
        execution_count: Number of runs so far; the next run gets one more.
        shown: Frames and charts that cells have shown, by the names in their outputs' metadata.
        selections: What the reader has selected in the page's charts.
        displays: Where displays stand that can be updated, by their names and their cells.
        givers: The cell that gave each variable its value last.
    """

    def __init__(self) -> None:
        self._module = ModuleType("__main__")
        self.selections = Selections()
        self.execution_count = 0
        self.displays: dict[str, dict[str, Any]] = {}
        self.shown: dict[str, object] = {}
        self.givers: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._ran: dict[str, str] = {}

    @property
    def variables(self) -> dict[str, Any]:
        """What the page's cells have defined."""
        return self._module.__dict__

    def given(self) -> dict[str, str]:
        """Return who gave the variables there are their values.

        Returns:
            By name the cell, or nothing where another text has run in that cell since then.
        """
        return {
            name: cell if self._texts.get(name) == self._ran.get(cell) else ""
            for name, cell in self.givers.items()
            if is_a(name, str) and name in self.variables and name not in ("_", "__builtins__")
        }

    def forget_shown(self, cell: str) -> None:
        """Forget what an earlier run of a cell has shown."""
        for name in [name for name in self.shown if name.rpartition(".")[0] == cell]:
            del self.shown[name]

    @contextlib.contextmanager
    def restored(self) -> Iterator[None]:
        """Bring variables and count back afterwards; objects changed in place stay so."""
        variables, count, givers = dict(self.variables), self.execution_count, dict(self.givers)
        try:
            yield
        finally:
            self.variables.clear()
            self.variables.update(variables)
            self.execution_count, self.givers = count, givers

    @contextlib.contextmanager
    def active(
        self, cell: str, source: str, defines: Iterable[str] = ()
    ) -> Iterator[dict[str, Any]]:
        """Make this `__main__` while a cell runs: dataclasses and pickle look names up there.

        Args:
            cell: It is noted as the giver of what it changes.
            source: Its text.
            defines: Names that it gives a value, though perhaps the one that they had.
        """
        before, values = sys.modules.get("__main__"), dict(self.variables)
        self.variables["__builtins__"] = builtins  # a cell may have taken them away
        sys.modules["__main__"] = self._module
        try:
            yield self.variables
        finally:
            if before is not None:
                sys.modules["__main__"] = before
            changed = (
                name
                for name, value in self.variables.items()
                if values.get(name, self) is not value
            )
            given = [*changed, *defines]
            self.givers.update(dict.fromkeys(given, cell))
            self._texts.update(dict.fromkeys(given, source))
            self._ran[cell] = source
