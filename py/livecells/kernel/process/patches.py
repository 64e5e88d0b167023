"""Patches of libraries, each made from outside when its library is imported.

Altair validates each part of a chart as it is made. Three hot spots of that take three fifths of
the time of a layered chart. A patch changes only the version of a library that it was made for.

Gains are of such a chart's processor time under CPython: the minimum of 25 runs with one patch off
and the others on, against all on.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, ClassVar

from livecells.kernel.failures.errors import file_of_class
from livecells.kernel.process import docstrings, host
from livecells.kernel.process.imports import after_import


class Patch:
    """A change to one library.

    The docstring of each patch says what it changes, what that gains, and when it may go.

    Attributes:
        module: The library's import name.
        version: The only one that is changed; empty for any.
        is_needed: Whether it has a use on this host.
    """

    module: ClassVar[str]
    version: ClassVar[str] = ""
    is_needed: ClassVar[bool] = True

    def apply(self, module: ModuleType) -> None:
        """Change the library, given as its imported module."""
        raise NotImplementedError


class NoThreads(Patch):
    """Refuse what would wait for ever: without threads nobody ends an asynchronous query.

    Gain: a sentence in place of a cell that never ends. May go when Pyodide has threads.
    """

    module = "polars"
    is_needed = host.IS_BROWSER

    def apply(self, module: ModuleType) -> None:
        """Replace `collect_async` and `collect_all_async`."""

        def refused(*_: object, **__: object) -> None:
            msg = "Polars has no threads in a browser: use collect() or collect_all()"
            raise RuntimeError(msg)

        module.LazyFrame.collect_async = refused
        vars(module)["collect_all_async"] = refused


class ClassesOfCells(Patch):
    """Let `inspect` find the source of a class that a cell has defined.

    Gain: `inspect.getsource` works for all that a cell defines. May go when `inspect` looks for a
    class of `__main__` by the code of its body.
    """

    module = "inspect"

    def apply(self, module: ModuleType) -> None:
        """Replace `getfile`, which knows such a class only by its module's file."""
        getfile = module.getfile

        def file_of(value: Any) -> str:
            is_cells = isinstance(value, type) and value.__module__ == "__main__"
            return (is_cells and file_of_class(value)) or str(getfile(value))

        vars(module)["getfile"] = file_of


class Docstrings(Patch):
    """Let `help()` find the docstrings that lie apart.

    `inspect.getdoc` stays: libraries ask it while they are imported, which would fetch them all.
    Gain: a fifth of the bytes of a first visit's Python files. May go with them.
    """

    module = "pydoc"

    def apply(self, module: ModuleType) -> None:
        """Replace `_getowndoc`, by which `pydoc` also finds inherited ones."""
        own_doc = module._getowndoc
        vars(module)["_getowndoc"] = lambda value: own_doc(value) or docstrings.find(value)


class SharedResolvers(Patch):
    """Let validations against one schema share one resolver, and with it what it has found.

    jsonschema 4.17 searches the whole schema of Vega-Lite (1.9 MB) at every validation for the
    places that references may point to. Gain: 56 percent. May go with
    jsonschema 4.18, whose registry keeps what it finds; that release needs rpds-py, which is Rust.
    """

    module = "jsonschema"
    version = "4.17.3"

    def apply(self, module: ModuleType) -> None:
        """Keep one `RefResolver` for each schema."""
        resolvers = module.RefResolver
        make = resolvers.from_schema.__func__
        known: dict[int, Any] = {}

        def from_schema(cls: Any, schema: Any, *more: Any, **options: Any) -> Any:
            if more or options or not isinstance(schema, dict):
                return make(cls, schema, *more, **options)
            found = known.get(id(schema))
            if found is None or found.referrer is not schema:
                found = known[id(schema)] = make(cls, schema)
            return found

        resolvers.from_schema = classmethod(from_schema)


class SparseCopies(Patch):
    """Copy of a chart only what was given, and pass on the mark of what was not.

    Every `layer` copies all its charts, each with the hundreds of arguments that nobody gave.
    Gain: 30 percent. May go when Altair's `_deep_copy` skips `Undefined`.
    """

    module = "altair"
    version = "6.3.0"

    def apply(self, module: ModuleType) -> None:
        """Replace `schemapi._deep_copy`."""
        schemapi = module.utils.schemapi
        undefined, base, debug_mode = schemapi.Undefined, schemapi.SchemaBase, schemapi.debug_mode

        def deep_copy(value: Any, by_ref: set[str]) -> Any:
            if value is undefined or isinstance(value, str | float | int):
                return value
            if isinstance(value, base):
                if copier := getattr(value, "__deepcopy__", None):
                    with debug_mode(False):  # noqa: FBT003
                        return copier(value)
                given = [deep_copy(item, by_ref) for item in value._args]
                named = copied(value._kwds, by_ref)
                with debug_mode(False):  # noqa: FBT003
                    return value.__class__(*given, **named)
            if isinstance(value, list):
                return [deep_copy(item, by_ref) for item in value]
            return copied(value, by_ref) if isinstance(value, dict) else value

        def copied(items: dict[str, Any], by_ref: set[str]) -> dict[str, Any]:
            return {
                key: item if item is undefined or key in by_ref else deep_copy(item, by_ref)
                for key, item in items.items()
            }

        schemapi._deep_copy = deep_copy


class KeptHashes(Patch):
    """Hash each schema once.

    Every `encode` hashes the schemas of all 568 classes. Gain: 12 percent. May
    go when Altair keeps them.
    """

    module = "altair"
    version = "6.3.0"

    MOST: ClassVar[int] = 4000
    """Several times the number of schemas that stay."""

    def apply(self, module: ModuleType) -> None:
        """Keep what `_FromDict.hash_schema` returns, by schema."""
        converter = module.utils.schemapi._FromDict
        hash_schema = converter.hash_schema.__func__
        known: dict[tuple[int, bool], tuple[Any, int]] = {}

        def kept(cls: Any, schema: Any, use_json: bool = True) -> int:  # noqa: FBT001, FBT002  Altair's
            key = id(schema), use_json
            if key not in known or known[key][0] is not schema:
                if len(known) > self.MOST:
                    known.clear()
                known[key] = schema, hash_schema(cls, schema, use_json)
            return known[key][1]

        converter.hash_schema = classmethod(kept)


PATCHES: tuple[type[Patch], ...] = (
    NoThreads,
    ClassesOfCells,
    Docstrings,
    SharedResolvers,
    SparseCopies,
    KeptHashes,
)


def apply() -> None:
    """Apply every patch when its library is imported, or now where it was."""
    for patch in PATCHES:
        if patch.is_needed:
            after_import(patch.module, _checked(patch()))


def _checked(patch: Patch) -> Callable[[ModuleType], None]:
    def apply_to(module: ModuleType) -> None:
        if not patch.version or _version(module) == patch.version:
            patch.apply(module)

    return apply_to


def _version(module: ModuleType) -> str:
    if module.__name__ == "jsonschema":  # asking it for its version warns
        from importlib.metadata import version

        return version("jsonschema")
    return str(getattr(module, "__version__", ""))
