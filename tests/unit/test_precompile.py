"""Byte code without docstrings, and the docstrings beside it."""

import importlib.util
import json
import marshal
from typing import Any

import pytest

from livecells.runtime.precompile import DOCSTRINGS, KEPT, compile_tree

SOURCE = '''"""Of the module."""
from __future__ import annotations

class Kept:
    """Of the class."""

    @property
    def size(self):
        """Of the property."""
        assert True
        return 1

    @size.setter
    def size(self, value):
        """Of the setter."""

def outer():
    """Of the function.

    Indented.
    """
    def inner():
        """Of the inner one."""
    return inner
'''


def compiled(path: str, source: str = SOURCE) -> tuple[dict[str, Any], dict[str, str]]:
    """Run what became of a module, and read its docstrings."""
    made = compile_tree({path: source.encode()}, "/lib")
    code = importlib.util.cache_from_source(path)
    names: dict[str, Any] = {"__name__": "module"}
    exec(marshal.loads(made[code][16:]), names)
    kept = made.get(code.removesuffix(".pyc") + DOCSTRINGS, b"{}")
    return names, json.loads(kept)


def test_docstrings_lie_beside_the_code() -> None:
    names, docstrings = compiled("module.py")
    assert docstrings == {
        "": "Of the module.",
        "Kept": "Of the class.",
        "Kept.size": "Of the property.",
        "outer": "Of the function.\n\nIndented.",
        "outer.<locals>.inner": "Of the inner one.",
    }
    assert not any([names.get("__doc__"), names["Kept"].__doc__, names["outer"].__doc__])
    assert (names["Kept"]().size, names["outer"]()()) == (1, None)


def test_lines_and_assertions_stay() -> None:
    names, _ = compiled("module.py")
    code = names["Kept"].size.fget.__code__
    assert (code.co_filename, code.co_firstlineno) == ("/lib/module.py", 7)
    failing, _ = compiled("module.py", SOURCE.replace("assert True", "assert False"))
    with pytest.raises(AssertionError):
        _ = failing["Kept"]().size


def test_an_empty_method_stays_one_to_polars() -> None:
    def empty() -> None:
        """"""

    names, _ = compiled("module.py", 'def f():\n    """Filled in by Polars."""\n')
    assert names["f"].__code__.co_code == empty.__code__.co_code
    assert names["f"].__code__.co_consts == empty.__code__.co_consts


def test_docstrings_that_a_library_needs_stay() -> None:
    names, docstrings = compiled(f"{KEPT}core.py")
    assert (names["Kept"].__doc__, docstrings) == ("Of the class.", {})


def test_a_template_has_none() -> None:
    assert compile_tree({"a.py": b"{{ name }} = 1 1", "b.py": b"x = '\0'"}, "/lib") == {}
