"""What a cell shows by itself, and displays that change afterwards: handles, bars of progress."""

import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from livecells.kernel.display import rows
from livecells.kernel.display.mime_bundle import mime_bundle, own_display, raw_bundle
from livecells.kernel.outputs import PROGRESS, MimeBundle
from livecells.kernel.process.streams import Transcript, writing

T = TypeVar("T")

UPDATE_INTERVAL_S = 0.1
"""A bar that moves more often looks no smoother."""


class DisplayHandle:
    """A display to be updated, as `display(value, display_id=True)` gives it.

    Attributes:
        display_id: What names the display among those of its page.
    """

    def __init__(self, display_id: str | None = None) -> None:
        self._transcript = writing()
        self.display_id = display_id or self._transcript.name()

    def display(self, value: object, **options: Any) -> None:
        """Show `value` at this point of the output of the cell that runs."""
        self._transcript = writing()
        displays(self._transcript).setdefault(self.display_id, {})[self._transcript.cell] = (
            self._transcript
        )
        show(value, display_id=self.display_id, **options)

    def update(self, value: object, *, raw: bool = False, **_: Any) -> None:
        """Show `value` where the last one stands, whichever cell runs."""
        data, metadata = raw_bundle(value, {}) if raw else mime_bundle(value)
        self._change(data, metadata)

    def _change(self, data: Any, metadata: dict[str, Any]) -> None:
        metadata = {**metadata, "display_id": self.display_id}
        shown = displays(self._transcript).get(self.display_id) or {"": self._transcript}
        for transcript in shown.values():
            transcript.emit(
                {"output_type": "update_display_data", "data": data, "metadata": metadata}
            )


class Progress(DisplayHandle):
    """A bar that fills while a cell goes through its items."""

    def __init__(self, label: str, total: int | None) -> None:
        super().__init__()
        self._label = label
        self._total = total
        self._shown_at = time.monotonic()
        self.display(self._bundle(0), raw=True)

    def follow(self, items: Iterable[T]) -> Iterator[T]:
        """Pass on items and count them."""
        count = 0
        try:
            for item in items:
                yield item
                count += 1
                if time.monotonic() - self._shown_at >= UPDATE_INTERVAL_S:
                    self._shown_at = time.monotonic()
                    self._change(self._bundle(count), {})
        finally:
            self._change(self._bundle(count), {})

    def _bundle(self, count: int) -> MimeBundle:
        known = {} if self._total is None else {"max": self._total}
        state = {"value": count, "label": self._label, **known}
        of = "" if self._total is None else f" of {self._total:,}"
        text = f"{self._label}: {count:,}{of}" if self._label else f"{count:,}{of}"
        return {PROGRESS: state, "text/plain": text}


def display(
    *values: object, display_id: str | bool | None = None, clear: bool = False, **options: Any
) -> DisplayHandle | None:
    """Show values at this point of the cell's output.

    Args:
        values: Anything that a cell's last line could be.
        display_id: True, or a name, for one value that will be updated.
        clear: Take back what was shown before.
        options: `raw=True` for a dictionary by MIME types; `metadata` for such a dictionary.

    Returns:
        With a `display_id` the handle of the last display, to update it.
    """
    if clear:
        clear_output(wait=True)
    is_update = options.pop("update", False)
    handle = None
    for value in values or ([""] if display_id else []):
        if display_id:
            handle = DisplayHandle(display_id if isinstance(display_id, str) else None)
            (handle.update if is_update else handle.display)(value, **options)
        else:
            show(value, **options)
    return handle


def update_display(value: object, *, display_id: str, **options: Any) -> None:
    """Show `value` wherever a display of that name stands."""
    DisplayHandle(display_id).update(value, **options)


def clear_output(wait: bool = False) -> None:  # noqa: FBT001, FBT002  IPython's argument
    """Take back what the cell has shown so far: now, or when its next output comes."""
    writing().clear(wait=wait)


def progress(items: Iterable[T], label: str = "", total: int | None = None) -> Iterator[T]:
    """Go through items with a bar that shows how far it has come.

    Args:
        items: Anything to go through.
        label: What is being done.
        total: How many there are, where `items` cannot tell.

    Returns:
        The items.
    """
    if total is None:
        length = getattr(items, "__len__", None)
        total = int(length()) if callable(length) else None
    return Progress(label, total).follow(items)


def displays(transcript: Transcript) -> dict[str, dict[str, Transcript]]:
    """Return where the displays of a page stand, by their names and then by their cells."""
    return getattr(transcript.namespace, "displays", {})


def show(
    value: Any,
    *,
    execution_count: int | None = None,
    raw: bool = False,
    metadata: dict[str, Any] | None = None,
    display_id: str = "",
    **_: Any,
) -> None:
    """Show a value in the formats that it offers, or as it shows itself.

    Args:
        value: Anything; with `raw` a dictionary by MIME types.
        execution_count: Number of the run of which the value is the result.
        raw: Whether `value` is such a dictionary.
        metadata: Of such a dictionary.
        display_id: What names the display.
    """
    if not raw and (shows_itself := own_display(value)):
        shows_itself()
        return
    data, found = raw_bundle(value, metadata or {}) if raw else mime_bundle(value)
    transcript = writing()
    if display_id:
        found = {**found, "display_id": display_id}
    elif not raw and rows.has_rows(value):
        name = transcript.name()
        if transcript.namespace is not None:
            transcript.namespace.shown[name] = value
        found = {**found, "shown": name}
    if execution_count is None:
        transcript.emit({"output_type": "display_data", "data": data, "metadata": found})
    else:
        transcript.emit(
            {
                "output_type": "execute_result",
                "execution_count": execution_count,
                "data": data,
                "metadata": found,
            }
        )
