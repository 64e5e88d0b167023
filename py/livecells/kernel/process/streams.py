"""Standard output and standard error, one of each for the life of Python.

What is written goes to the cell whose code or task writes it, while it runs and afterwards.
"""

import asyncio
import codecs
import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, Literal, TextIO

from livecells.kernel.outputs import Emitted, Stream, UpdateDisplayData
from livecells.kernel.process import host

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

    Attributes:
        cell: Whose outputs these are.
        namespace: What the cells of its page share.
    """

    def __init__(self, emit: Emit, cell: str = "", namespace: Any = None) -> None:
        self.cell = cell
        self.namespace = namespace
        self._emit_now = emit
        self._names = 0
        self._is_clearing = False
        self._name: StreamName = "stdout"
        self._waiting: list[str] = []
        self._size = 0
        self._sent_at = float("-inf")
        self._written = 0
        self._outputs = 0
        self._updates: dict[str, UpdateDisplayData] = {}
        self._updated_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def name(self) -> str:
        """Name a display; the same in every run, so that two builds are equal."""
        self._names += 1
        return f"{self.cell}.{self._names}"

    def clear(self, *, wait: bool) -> None:
        """Take back all that was sent: now, or when the next output comes."""
        self._waiting.clear()
        self._updates.clear()
        self._size = self._written = self._outputs = 0
        self._is_clearing = wait
        if not wait:
            self._emit_now({"output_type": "clear_output", "wait": False})

    def _emit(self, output: Emitted) -> None:
        if self._is_clearing:
            self._is_clearing = False
            self._emit_now({"output_type": "clear_output", "wait": True})
        self._emit_now(output)

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


_writing: ContextVar[Transcript | None] = ContextVar("_writing", default=None)
"""Of the cell whose code this is: tasks keep what held where they were created."""

_last: Transcript | None = None
"""Where code writes that belongs to no cell, such as a callback of the page's."""


def writing() -> Transcript:
    """Return the transcript of the cell whose code asks."""
    return _writing.get() or _last or Transcript(lambda _output: None)


class _Bytes(io.BufferedIOBase):
    """What takes bytes below a text stream; it can be opened again after it was closed."""

    mode = "wb"

    def __init__(self, name: str) -> None:
        self.name = f"<{name}>"
        self.is_closed = False
        self.stream: CellStream | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def closed(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        with memoryview(data) as view:
            if self.stream:
                self.stream.write(self._decoder.decode(view.tobytes()))
            return view.nbytes


class CellStream(io.TextIOWrapper):
    """`sys.stdout` or `sys.stderr`: hands text to the transcript of the cell that writes.

    Where no cell has run it hands it to the stream in whose place it stands.
    """

    def __init__(self, name: StreamName) -> None:
        self._bytes = _Bytes(name)
        super().__init__(self._bytes, encoding="utf-8", line_buffering=True, write_through=True)
        self._bytes.stream = self
        self._name: StreamName = name
        vars(self)["mode"] = "w"
        self.outer: TextIO | None = None
        self.left: Any = self
        """What the cells have put in its place."""

    def write(self, text: str, /) -> int:
        """Hand `text` to the cell that writes; a lone surrogate is no error."""
        if not isinstance(text, str):
            msg = f"write() argument must be str, not {type(text).__name__}"
            raise TypeError(msg)
        if self._bytes.is_closed:
            msg = "I/O operation on closed file."
            raise ValueError(msg)
        text = str.__str__(text)
        if self.encoding != "utf-8":
            text = text.encode(self.encoding, self.errors or "strict").decode(self.encoding)
        transcript = _writing.get() or _last
        if transcript and text:
            transcript.write(self._name, text)
        elif self.outer and text:
            self.outer.write(text)
        return len(text)

    def flush(self) -> None:
        """Send what waits, as `print(..., flush=True)` asks for."""
        if not self.closed:
            writing().flush()

    def detach(self) -> Any:
        """Return the stream of bytes, and stay usable: there is no other one."""
        self.flush()
        return self._bytes

    def put_in_place(self) -> None:
        """Become `sys.stdout` or `sys.stderr` again, unless a cell has put in one that works."""
        now = getattr(sys, self._name)
        if now is self or (self.outer and host.IS_BROWSER):
            self.left = now
        elif now is not self.left:
            self.outer = now
        if self.left is not self and not _is_usable(self.left):
            self.left = self
        self._bytes.is_closed = False
        setattr(sys, self._name, self.left)

    def leave(self) -> None:
        """Note what the cell has put in this stream's place; only a browser's Python keeps it."""
        self.left = getattr(sys, self._name)
        if not host.IS_BROWSER and self.left is not self:
            setattr(sys, self._name, self.outer)


def _is_usable(stream: object) -> bool:
    try:
        return callable(stream.write) and not getattr(stream, "closed", False)  # type: ignore[attr-defined]
    except BaseException:  # a reader's own stream may raise anything
        return False


STREAMS = CellStream("stdout"), CellStream("stderr")


@contextlib.contextmanager
def captured(transcript: Transcript) -> Iterator[None]:
    """Send what is written inside the block, and by tasks that begin in it, to a transcript."""
    global _last
    for stream in STREAMS:
        stream.put_in_place()
    _writing.set(transcript)
    _last = transcript
    try:
        yield
    finally:
        transcript.close()
        for stream in STREAMS:
            stream.leave()
        if not host.IS_BROWSER:
            _last = None
