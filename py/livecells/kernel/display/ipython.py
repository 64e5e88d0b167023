"""`IPython.display` for cells that come from a notebook; there is no more of IPython here."""

import importlib.util
import sys
from types import ModuleType
from typing import Any

from livecells.kernel.display import mime_wrappers
from livecells.kernel.display.display_handle import (
    DisplayHandle,
    clear_output,
    display,
    update_display,
)


def put_in_place() -> None:
    """Make it importable, where there is no IPython."""
    if importlib.util.find_spec("IPython"):
        return
    package, module = ModuleType("IPython"), ModuleType("IPython.display")
    package.__path__ = []
    own = (DisplayHandle, clear_output, display, update_display, *mime_wrappers.WRAPPERS)
    vars(module).update({one.__name__: one for one in own}, __getattr__=_missing)
    vars(package).update(display=module, get_ipython=lambda: None)
    sys.modules.update({"IPython": package, "IPython.display": module})


def _missing(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    known = ", ".join(sorted(one for one in vars(sys.modules["IPython.display"]) if one[0] != "_"))
    msg = f"IPython.display has no {name} here, where no IPython runs. It has {known}"
    raise ImportError(msg)
