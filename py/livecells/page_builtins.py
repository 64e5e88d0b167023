"""The names that cells find in a page without importing them, for the same cells elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


def display(*values: object, display_id: str | bool | None = None) -> Any:
    """Show values: as Jupyter does inside of it, else as text."""
    try:
        from IPython.display import display as show
    except ImportError:
        print(*values, sep="\n")  # noqa: T201  all there is
        return None
    return show(*values, display_id=display_id) if display_id else show(*values)


def progress(items: Iterable[T], label: str = "", total: int | None = None) -> Iterator[T]:  # noqa: ARG001
    """Go through items; the bar that shows how far it has come is the page's."""
    yield from items


def selection(name: str) -> dict[str, Any]:  # noqa: ARG001  the page's
    """Return what is selected in a chart: nothing, for nobody can point at it here."""
    return {}


def selected(frame: T, name: str) -> T:  # noqa: ARG001  the page's
    """Return the selected rows of a frame: all of them, as where nothing is selected."""
    return frame
