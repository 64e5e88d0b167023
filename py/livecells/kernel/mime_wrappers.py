"""Wrappers that say what a piece of text is, with the names that IPython gives them."""

from typing import Any


class _Rich:
    """Text or data with a MIME type of its own."""

    mime = "text/plain"

    def __init__(self, data: Any) -> None:
        self.data = data

    def _repr_mimebundle_(self) -> dict[str, Any]:
        return {self.mime: self.data, "text/plain": f"{type(self).__name__}({self.data!r})"}


class HTML(_Rich):
    """HTML; the page sanitises it and runs no script in it."""

    mime = "text/html"


class Markdown(_Rich):
    """CommonMark text."""

    mime = "text/markdown"


class SVG(_Rich):
    """An SVG picture."""

    mime = "image/svg+xml"


class JSON(_Rich):
    """Plain data: dictionaries, lists, numbers, text."""

    mime = "application/json"
