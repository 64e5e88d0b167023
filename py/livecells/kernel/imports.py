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
        teachers = _wanted.pop(name, [])
        spec = PathFinder.find_spec(name, path) if teachers else None
        if spec and spec.loader:
            _teach_after(spec, teachers)
        return spec


def _teach_after(spec: ModuleSpec, teachers: list[Teach]) -> None:
    loader = spec.loader
    assert loader
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        try:
            run(module)
        except BaseException:  # a stopped import is tried again
            _wanted[module.__name__] = teachers
            raise
        for teach in teachers:
            teach(module)

    loader.exec_module = exec_module  # type: ignore[method-assign]
