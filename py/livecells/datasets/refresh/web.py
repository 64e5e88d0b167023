"""Get files from public addresses, or say that they cannot be reached."""

import urllib.error
import urllib.request
from collections.abc import Callable

TIMEOUT_S = 60
AGENT = "livecells (data refresh)"
NOT_FOUND = 404

Get = Callable[[str], bytes]


class SourceUnreachableError(OSError):
    """A source did not answer; the old extract stays."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")


class SourceAbsentError(SourceUnreachableError):
    """The source answered that it has no such file, for example no dump of that month yet."""


class SourceChangedError(ValueError):
    """A source answered, but not in the form this program reads."""


def get(address: str) -> bytes:
    """Fetch a file.

    Raises:
        SourceAbsentError: The server has no such file.
        SourceUnreachableError: No answer, or another error.
    """
    if not address.startswith("https://"):
        raise SourceUnreachableError(address, "only https addresses are fetched")
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 https only
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 https only
            content: bytes = answer.read()
    except urllib.error.HTTPError as error:
        kind = SourceAbsentError if error.code == NOT_FOUND else SourceUnreachableError
        raise kind(address, f"HTTP {error.code}") from error
    except OSError as error:  # urllib's URLError, time-outs and broken connections
        raise SourceUnreachableError(address, str(error)) from error
    return content
