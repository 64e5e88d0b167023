"""Installs further packages into the running Python: micropip, with its errors in plain words."""

import functools
import importlib
import re
import sys
from types import ModuleType
from typing import Any

from livecells.kernel.process import host
from livecells.kernel.remote import network

MAGIC = re.compile(
    r"^(?P<indent>[ \t]*)(?:[%!]\s*)?(?:uv\s+)?pip3?\s+install\s+(?P<rest>[^\n]*)$", re.M
)
"""What notebooks and terminals write: `%pip install NAME`, `!pip install`, `pip install`."""

_FLAGS = {"-q", "--quiet", "-U", "--upgrade", "--user"}
"""pip flags that have no effect in the browser."""


class PackageError(ImportError):
    """A package cannot be had here; the text names it and says why."""


def translated(source: str) -> str:
    """Turn pip's magic lines into Python, line for line."""
    return MAGIC.sub(_call, source)


def _call(match: re.Match[str]) -> str:
    import shlex

    names, index = [], None
    words = iter(shlex.split(match["rest"], comments=True))
    for word in words:
        if word in ("-i", "--index-url"):
            index = next(words, None)
        elif word.startswith("--index-url="):
            index = word.partition("=")[2]
        elif word not in _FLAGS:
            names.append(word)
    more = f", index_urls={index!r}" if index else ""
    return f"{match['indent']}import micropip; await micropip.install({names!r}, verbose=1{more})"


def patch_micropip(micropip: ModuleType) -> None:
    """Let `micropip.install` ask the reader before it asks a host, and say what failed."""
    install = micropip.install

    @functools.wraps(install)
    async def asking(requirements: Any, *more: Any, **options: Any) -> None:
        names = [requirements] if isinstance(requirements, str) else list(requirements)
        bad = [name for name in names if name.startswith("-") or name.endswith(".txt")]
        if bad:
            msg = f"{bad[0]!r} is nothing that can be installed: give names of packages"
            raise PackageError(msg)
        try:
            await install(names, *more, **options)
        except (ValueError, TypeError, RuntimeError, OSError) as error:
            indexes = options.get("index_urls") or _index_of(micropip)
            index = indexes if isinstance(indexes, str) else indexes[0]
            raise PackageError(await _reason(str(error), index)) from None
        importlib.invalidate_caches()

    micropip.install = asking  # type: ignore[attr-defined]


def _index_of(micropip: ModuleType) -> str:
    return str(sys.modules[f"{micropip.__name__}.package_index"].PYPI_URL)


async def _reason(text: str, index: str) -> str:
    wheel = re.search(r"pure Python 3 wheel for:? '?([\w.\-\[\]]+)", text)
    if wheel:
        return (
            f"{wheel[1]} has no wheel for Python in a browser: neither a pure Python one nor one "
            f"built for Pyodide and Python {sys.version_info.major}.{sys.version_info.minor}"
        )
    missing = re.search(r"metadata for '([^']+)'", text)
    if missing:
        return await _why_unknown(missing[1], index)
    return text.partition("\n")[0]


async def _why_unknown(name: str, index: str) -> str:
    """Distinguish a package that does not exist from an index that cannot be asked."""
    address = index.format(package_name=name) if "{" in index else f"{index}/{name}/"
    why = await host.why_not(address)
    if why:
        return f"{name} cannot be installed: {network.sentence(why, address)}"
    return f"there is no package called {name!r}"
