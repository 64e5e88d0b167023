"""Wrappers that say what a piece of text is, with IPython's names and arguments."""

import base64
import os
from pathlib import Path
from typing import Any


class DisplayObject:
    """Text or data with a MIME type of its own.

    Args:
        data: The content; of an `Image` bytes, or the path or address of a file.
        url: An address to read the content from.
        filename: A file to read it from.
        metadata: For the notebook that keeps it.
    """

    mime = "text/plain"

    def __init__(
        self,
        data: Any = None,
        url: Any = None,
        filename: Any = None,
        metadata: Any = None,
        **_: Any,
    ) -> None:
        if filename is not None:
            data = self._read(Path(filename).read_bytes())
        elif url is not None:
            data = self._read(_fetched(url))
        self.data = data
        self.metadata = metadata or {}

    def _read(self, content: bytes) -> Any:
        return content.decode()

    def _bundle(self) -> dict[str, Any]:
        return {self.mime: self.data, "text/plain": f"{type(self).__name__}({self.data!r})"}

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return self._bundle(), {self.mime: self.metadata} if self.metadata else {}


class HTML(DisplayObject):
    """HTML; the page sanitises it and runs no script in it."""

    mime = "text/html"


class Markdown(DisplayObject):
    """CommonMark text."""

    mime = "text/markdown"


class SVG(DisplayObject):
    """An SVG picture."""

    mime = "image/svg+xml"


class JSON(DisplayObject):
    """Plain data: dictionaries, lists, numbers, text."""

    mime = "application/json"


class Pretty(DisplayObject):
    """Text as it is."""

    def _bundle(self) -> dict[str, Any]:
        return {self.mime: str(self.data)}


class Code(Pretty):
    """Source code, as text."""


class Latex(Pretty):
    """A formula, as its source: nothing here sets it. A saved notebook has it as LaTeX."""

    def _bundle(self) -> dict[str, Any]:
        return {"text/latex": str(self.data), "text/plain": str(self.data)}


class Math(Latex):
    """A formula without its dollar signs."""

    def _bundle(self) -> dict[str, Any]:
        text = str(self.data).strip("$")
        return {"text/latex": f"$\\displaystyle {text}$", "text/plain": text}


class Image(DisplayObject):
    """A picture: PNG, JPEG, GIF, WebP or SVG, as its first bytes say.

    Args:
        data: Its bytes, or the path or address of a file.
        width: In pixels; as large as it is by default.
        height: The same.
        alt: What it shows, for those who cannot see it.
    """

    def __init__(
        self,
        data: Any = None,
        url: Any = None,
        filename: Any = None,
        *more: Any,
        width: int | None = None,
        height: int | None = None,
        alt: str = "",
        **named: Any,
    ) -> None:
        if isinstance(data, str | os.PathLike):
            is_address = str(data).startswith(("https://", "http://"))
            data, url, filename = None, data if is_address else url, None if is_address else data
        super().__init__(data, url, filename, metadata=named.get("metadata"))
        del more
        self.data = bytes(self.data or b"")
        self.mime = _picture_type(self.data)
        self._size = {"width": width, "height": height, "alt": alt}

    def _read(self, content: bytes) -> Any:
        return content

    def _bundle(self) -> dict[str, Any]:
        encoded = base64.b64encode(self.data).decode()
        content = self.data.decode() if self.mime == "image/svg+xml" else encoded
        found = {self.mime: content, "text/plain": f"Image of {len(self.data):,} bytes"}
        if any(self._size.values()):
            from html import escape

            given = "".join(f' {k}="{escape(str(v))}"' for k, v in self._size.items() if v)
            found["text/html"] = f'<img src="data:{self.mime};base64,{encoded}"{given}>'
        return found


WRAPPERS = (DisplayObject, HTML, Markdown, SVG, JSON, Pretty, Code, Latex, Math, Image)


def _fetched(address: str) -> bytes:
    from urllib.request import urlopen

    with urlopen(address) as reply:  # noqa: S310  the cell's own address; the reader is asked
        return bytes(reply.read())


def _picture_type(content: bytes) -> str:
    known = {
        b"\x89PNG": "image/png",
        b"\xff\xd8": "image/jpeg",
        b"GIF8": "image/gif",
        b"RIFF": "image/webp",
        b"<svg": "image/svg+xml",
        b"<?xm": "image/svg+xml",
    }
    for start, mime in known.items():
        if content.lstrip()[: len(start)] == start:
            return mime
    msg = (
        "an Image wants a picture, PNG, JPEG, GIF, WebP or SVG: its bytes, or the path of its file"
    )
    raise ValueError(msg)
