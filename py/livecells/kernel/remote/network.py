"""Reaches other hosts for a cell: `urllib`, and the readers of Polars, by way of the browser.

A browser has no sockets. It fetches for a page what the reader allows and the other host shares.
"""

import functools
import io
from collections.abc import Callable
from http import HTTPStatus
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from livecells.kernel.process import host

SENT_BY_BROWSER = {"accept-encoding", "connection", "content-length", "host", "user-agent"}
"""Headers that a page cannot set, or that would make the browser ask the host first."""

FETCHED = ("http", "https")

CLOUD = ("s3", "s3a", "gs", "gcs", "az", "azure", "abfs", "abfss", "adl", "hf")

_WHY: dict[host.Why, str] = {
    "refused": "you have not allowed {host}",
    "unasked": "allow {host} below, then run the cell again: this browser cannot wait in a cell",
    "offline": "there is no network now, and {host} is not part of this site",
    "absent": "{host} does not answer",
    "closed": "{host} does not let pages of other sites read this (it sends no CORS header); "
    "download the file yourself, then add it under 'Your data'",
}


class NetworkError(OSError):
    """Another host could not be read; the text says which of the possible reasons it was."""


def fetch(
    address: str, method: str = "GET", headers: dict[str, str] | None = None, body: Any = None
) -> host.Response:
    """Ask another host, with the reader's consent.

    Args:
        address: Where.
        method: How, in HTTP's words.
        headers: Besides those that the browser sends.
        body: Bytes to send.

    Raises:
        NetworkError: There is no answer.
    """
    wanted = {name: text for name, text in (headers or {}).items() if _is_sendable(name)}
    try:
        return host.fetch(address, method, wanted, body)
    except host.NotAnsweredError as error:
        raise NetworkError(sentence(error.why, address)) from None


def sentence(why: host.Why, address: str) -> str:
    """Return a sentence on why a host has not answered."""
    return _WHY[why].format(host=urlsplit(address).netloc)


def _is_sendable(header: str) -> bool:
    return header.lower() not in SENT_BY_BROWSER


def patch_urllib(request: ModuleType) -> None:
    """Let `urllib.request`, given as its module, open addresses through the browser."""

    class Handler(request.BaseHandler):  # type: ignore[misc,name-defined]
        handler_order = 100  # before those that want sockets

        def http_open(self, asked: Any) -> Any:
            headers = dict(asked.header_items())
            given = fetch(asked.full_url, asked.get_method(), headers, asked.data)
            answer = request.addinfourl(
                io.BytesIO(given.body), _parsed(given.headers), asked.full_url, given.status
            )
            answer.msg = given.reason
            return answer

        https_open = http_open

    request.install_opener(request.build_opener(Handler))


def _parsed(lines: str) -> Any:
    from email.parser import Parser

    return Parser().parsestr(lines.replace("\r\n", "\n"), headersonly=True)


def patch_polars(polars: ModuleType) -> None:
    """Let every reader of Polars take an address where it takes a path."""
    for name in polars.__all__:
        if name.startswith(("read_", "scan_")) and "database" not in name:
            setattr(polars, name, _taking_addresses(getattr(polars, name)))


def _taking_addresses(read: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(read)
    def reader(source: Any, *more: Any, **options: Any) -> Any:
        return read(_local(source), *more, **options)

    return reader


def _local(source: Any) -> Any:
    """Fetch a source that is an address; anything else stays what it is.

    Raises:
        NetworkError: It cannot be fetched, or is not there.
        ValueError: It lies in cloud storage, which a browser cannot address.
    """
    if not isinstance(source, str):
        return source
    scheme = urlsplit(source).scheme.lower()
    if scheme in CLOUD:
        msg = f"{scheme}:// cannot be read in a browser: take an https:// address of the file"
        raise ValueError(msg)
    if scheme not in FETCHED:
        return source
    import tempfile

    given = fetch(source)
    if given.status >= HTTPStatus.BAD_REQUEST:
        msg = f"{source} answered {given.status} {given.reason}"
        raise NetworkError(msg)
    suffix = PurePosixPath(urlsplit(source).path).suffix
    with tempfile.NamedTemporaryFile(suffix=suffix, delete=False) as file:
        file.write(given.body)
    return file.name
