"""Three hot spots of Altair, eased from outside: they were three quarters of the time of a chart.

Altair 6.3 validates each part of a chart as it is made. With jsonschema 4.17, the last release
without compiled parts, every validation searches the whole schema of Vega-Lite (1.9 MB) for the
places that references may point to. Every `layer` copies all its charts, each with the hundreds
of arguments that nobody gave. And every `encode` hashes the schemas of all 568 classes. Neither
library is changed where it is not of the version that this was measured with.
"""

from types import ModuleType
from typing import Any

from livecells.kernel import host
from livecells.kernel.imports import Teach, after_import

MEASURED = {"altair": "6.3.0", "jsonschema": "4.17.3"}

MOST_HASHES = 4000
"""Several times the number of schemas that stay."""


def ease() -> None:
    """Ease them as they are imported, or now where they were."""
    if host.IS_BROWSER:
        after_import("polars", _refuse_threads)
    after_import("altair", _if_measured(_tune_altair))
    after_import("jsonschema", _if_measured(_tune_jsonschema))


def _if_measured(change: Teach) -> Teach:
    def teach(module: ModuleType) -> None:
        if _version(module) == MEASURED[module.__name__]:
            change(module)

    return teach


def _refuse_threads(polars: ModuleType) -> None:
    """Refuse what would wait for ever: without threads nobody ends an asynchronous query."""

    def refused(*_: object, **__: object) -> None:
        msg = "Polars has no threads in a browser: use collect() or collect_all()"
        raise RuntimeError(msg)

    polars.LazyFrame.collect_async = refused
    vars(polars)["collect_all_async"] = refused


def _tune_jsonschema(jsonschema: ModuleType) -> None:
    """Let validations against one schema share one resolver, and with it what it has found."""
    resolvers = jsonschema.RefResolver
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


def _tune_altair(altair: ModuleType) -> None:
    """Copy what was given, and pass on the mark of what was not."""
    schemapi = altair.utils.schemapi
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
    _keep_hashes(schemapi._FromDict)


def _keep_hashes(converter: Any) -> None:
    hash_schema = converter.hash_schema.__func__
    known: dict[tuple[int, bool], tuple[Any, int]] = {}

    def kept(cls: Any, schema: Any, use_json: bool = True) -> int:  # noqa: FBT001, FBT002  Altair's
        key = id(schema), use_json
        if key not in known or known[key][0] is not schema:
            if len(known) > MOST_HASHES:
                known.clear()
            known[key] = schema, hash_schema(cls, schema, use_json)
        return known[key][1]

    converter.hash_schema = classmethod(kept)


def _version(module: ModuleType) -> str:
    if module.__name__ == "jsonschema":  # asking it for its version warns
        from importlib.metadata import version

        return version("jsonschema")
    return str(getattr(module, "__version__", ""))
