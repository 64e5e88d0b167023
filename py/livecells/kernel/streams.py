"""Standard output and standard error of a cell, sent on while the cell runs."""

import asyncio
import contextlib
import io
import time
from collections.abc import Callable, Iterator
from typing import Literal

from livecells.kernel.outputs import Emitted, Stream, UpdateDisplayData

FLUSH_INTERVAL_S = 0.05
"""A reader sees no difference below this; a million prints become a few hundred messages."""

FLUSH_SIZE = 32_768
"""Characters after which waiting text is sent at once, whatever the time."""

MOST_TEXT = 5_000_000
"""Characters of one run that are sent; a loop that prints for ever must not fill the page."""

MOST_OUTPUTS = 1_000
"""Other outputs of one run that are sent."""

Emit = Callable[[Emitted], None]
StreamName = Literal["stdout", "stderr"]


class Transcript:
    """Outputs in the order the cell made them; text waits a moment, to go in few pieces.

    Of updates of a display that come faster than anybody sees, the last one is sent.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._name: StreamName = "stdout"
        self._waiting: list[str] = []
        self._size = 0
        self._sent_at = float("-inf")
        self._written = 0
        self._outputs = 0
        self._updates: dict[str, UpdateDisplayData] = {}
        self._updated_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def write(self, name: StreamName, text: str) -> None:
        """Add printed text; whole lines are sent when the last sending is long enough ago."""
        room = max(0, MOST_TEXT - self._written)
        self._written += len(text)
        text = text[:room]
        if not text:  # a loop that prints for ever must not fill the memory either
            return
        if name != self._name:
            self.flush()
            self._name = name
        self._waiting.append(text)
        self._size += len(text)
        is_due = time.monotonic() - self._sent_at >= FLUSH_INTERVAL_S
        if self._size >= FLUSH_SIZE or (is_due and text.endswith(("\n", "\r"))):
            self.flush()
        else:
            self._send_soon()

    def emit(self, output: Emitted) -> None:
        """Send an output that is not text, after the text that came before it."""
        if output["output_type"] == "update_display_data":
            self._update(output)
            return
        self.flush()
        if output["output_type"] in ("display_data", "execute_result"):
            self._outputs += 1
        if self._outputs <= MOST_OUTPUTS or output["output_type"] == "error":
            self._emit(output)

    def _update(self, output: UpdateDisplayData) -> None:
        self._updates[output["metadata"]["display_id"]] = output
        if time.monotonic() - self._updated_at >= FLUSH_INTERVAL_S:
            self._send_updates()
        else:
            self._send_soon()

    def _send_updates(self) -> None:
        updates, self._updates = self._updates, {}
        for update in updates.values():
            self._emit(update)
        if updates:
            self._updated_at = time.monotonic()

    def _send_soon(self) -> None:
        """Send what waits when the cell sleeps or awaits, instead of at its next output."""
        if self._timer is None:
            with contextlib.suppress(RuntimeError):  # outside of any loop
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(FLUSH_INTERVAL_S, self.flush)

    def close(self) -> None:
        """Send what waits, and say what was not sent."""
        self.flush()
        if self._written > MOST_TEXT:
            left_out = f"… {self._written - MOST_TEXT:,} more characters were printed"
            self._note(left_out)
        if self._outputs > MOST_OUTPUTS:
            self._note(f"… {self._outputs - MOST_OUTPUTS:,} more outputs were made")

    def _note(self, text: str) -> None:
        self._emit(
            {"output_type": "stream", "name": "stderr", "text": f"\n{text}, and not kept.\n"}
        )

    def flush(self) -> None:
        """Send what waits."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._send_updates()
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            self._sent_at = time.monotonic()
            stream: Stream = {"output_type": "stream", "name": self._name, "text": text}
            self._emit(stream)


class CellStream(io.TextIOBase):
    """What `sys.stdout` and `sys.stderr` are while a cell runs."""

    def __init__(self, name: StreamName, transcript: Transcript) -> None:
        self._name = name
        self._transcript = transcript

    def writable(self) -> bool:
        """Return True: the stream takes text."""
        return True

    def write(self, text: str) -> int:
        """Hand `text` to the transcript."""
        if text:
            self._transcript.write(self._name, text)
        return len(text)

    def flush(self) -> None:
        """Send what waits, as `print(..., flush=True)` asks for."""
        self._transcript.flush()


@contextlib.contextmanager
def captured(emit: Emit) -> Iterator[Transcript]:
    """Send what is printed inside the block through `emit`.

    Yields:
        The transcript, for outputs that are not text.
    """
    transcript = Transcript(emit)
    out, err = CellStream("stdout", transcript), CellStream("stderr", transcript)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            yield transcript
        finally:
            transcript.close()
