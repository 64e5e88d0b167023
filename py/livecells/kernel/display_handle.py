"""Displays that change after they were shown: handles, and a bar of progress."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from livecells.kernel.mime_bundle import mime_bundle
from livecells.kernel.outputs import PROGRESS, Emitted, MimeBundle

T = TypeVar("T")

UPDATE_INTERVAL_S = 0.1
"""A bar that moves more often looks no smoother."""

Send = Callable[[Emitted], None]


class DisplayHandle:
    """A display to be updated, as `display(value, display_id=True)` gives it.

    Attributes:
        display_id: What names the display among those of its page.
    """

    def __init__(self, send: Send, display_id: str) -> None:
        self._send = send
        self.display_id = display_id

    def display(self, value: object) -> None:
        """Show `value` at this point of the output."""
        self._show(mime_bundle(value))

    def update(self, value: object) -> None:
        """Show `value` where the last one stands."""
        self._change(mime_bundle(value))

    def _show(self, data: MimeBundle) -> None:
        metadata = {"display_id": self.display_id}
        self._send({"output_type": "display_data", "data": data, "metadata": metadata})

    def _change(self, data: MimeBundle) -> None:
        metadata = {"display_id": self.display_id}
        self._send({"output_type": "update_display_data", "data": data, "metadata": metadata})


class Progress(DisplayHandle):
    """A bar that fills while a cell goes through its items."""

    def __init__(self, send: Send, display_id: str, label: str, total: int | None) -> None:
        super().__init__(send, display_id)
        self._label = label
        self._total = total
        self._shown_at = time.monotonic()
        self._show(self._bundle(0))

    def follow(self, items: Iterable[T]) -> Iterator[T]:
        """Pass on items and count them."""
        count = 0
        try:
            for item in items:
                yield item
                count += 1
                if time.monotonic() - self._shown_at >= UPDATE_INTERVAL_S:
                    self._shown_at = time.monotonic()
                    self._change(self._bundle(count))
        finally:
            self._change(self._bundle(count))

    def _bundle(self, count: int) -> MimeBundle:
        known = {} if self._total is None else {"max": self._total}
        state = {"value": count, "label": self._label, **known}
        of = "" if self._total is None else f" of {self._total:,}"
        text = f"{self._label}: {count:,}{of}" if self._label else f"{count:,}{of}"
        return {PROGRESS: state, "text/plain": text}


def total_of(items: Iterable[object]) -> int | None:
    """Count items without going through them, where they can tell."""
    length = getattr(items, "__len__", None)
    return int(length()) if callable(length) else None
