"""Does something right after a module is imported, whoever imports it and whenever."""

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

Patch = Callable[[ModuleType], None]

_wanted: dict[str, list[Patch]] = {}


def after_import(name: str, patch: Patch) -> None:
    """Call `patch` with the module `name` when it has been imported, or now if it was."""
    if name in sys.modules:
        patch(sys.modules[name])
        return
    _wanted.setdefault(name, []).append(patch)
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def forget_half_imported() -> None:
    """Let a package whose import was stopped be imported from its beginning.

    Python drops the package itself and keeps its parts, which the next import would then not bind.
    Compiled parts stay: they can be initialised only once.
    """
    for name, module in list(sys.modules.items()):
        is_python = (getattr(module, "__file__", None) or "").endswith(".py")
        if is_python and name.partition(".")[0] not in sys.modules:
            del sys.modules[name]


class _Finder:
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in _wanted else None
        if spec and spec.loader:
            _patch_after(spec)
        return spec


def _patch_after(spec: ModuleSpec) -> None:
    loader = spec.loader
    assert loader
    run = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        run(module)
        for patch in _wanted.pop(module.__name__, ()):  # not before: an import may be stopped
            patch(module)

    loader.exec_module = exec_module  # type: ignore[method-assign]
