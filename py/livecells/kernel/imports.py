"""Does something right after a module is imported, whoever imports it and whenever."""

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

Teach = Callable[[ModuleType], None]

_wanted: dict[str, list[Teach]] = {}


def after_import(name: str, teach: Teach) -> None:
    """Call `teach` with the module `name` when it has been imported, or now if it was."""
    if name in sys.modules:
        teach(sys.modules[name])
        return
    _wanted.setdefault(name, []).append(teach)
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in _wanted else None
        if spec and spec.loader:
            _teach_after(spec)
        return spec


def _teach_after(spec: ModuleSpec) -> None:
    loader = spec.loader
    assert loader
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        run(module)
        for teach in _wanted.pop(module.__name__, ()):  # not before: an import may be stopped
            teach(module)

    loader.exec_module = exec_module  # type: ignore[method-assign]
