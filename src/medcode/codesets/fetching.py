"""Files fetched from their publishers: over HTTPS, with a limit on their size, whole or not at all.

Only the standard library is used, and the certificate is checked. Plain HTTP is refused, but for this
machine itself.
"""

from __future__ import annotations

import http.client
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from medcode.errors import MedcodeError
from medcode.logs import log
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from urllib.parse import SplitResult

    Progress = Callable[[int, int | None], None]  # bytes so far, and in all if that is known

__all__ = ["FetchError", "fetched"]

LARGEST = 1 << 28  # bytes
PIECE = 1 << 16
TIMEOUT = 60  # seconds without an answer
OK = 200
MOVED = (301, 302, 303, 307, 308)
MOST_MOVES = 5
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class FetchError(MedcodeError):
    """A file could not be fetched; the message says why."""


@contextmanager
def fetched(url: str, progress: Progress = lambda _done, _all: None) -> Iterator[Path]:
    """Yield the path of a fetched file, removed afterwards. Raises FetchError if it cannot be fetched."""
    log.info("fetch %s", url)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, file_name(url))
        try:
            with path.open("wb") as file:
                for piece in _pieces(url, progress):
                    file.write(piece)
        except (OSError, UnicodeError, http.client.HTTPException) as error:
            raise FetchError(f"{url}: {str(error) or type(error).__name__}") from None
        yield path


def file_name(url: str) -> str:
    """Return the file's own name, which tells its release, without what a file system might refuse.

    >>> file_name("https://example.org/files/nucc_taxonomy_251.csv?x=1")
    'nucc_taxonomy_251.csv'
    """
    name = unquote(_split(url).path).rsplit("/", 1)[-1]
    return re.sub(r"[^\w.-]", "_", name).lstrip(".") or "file"


def _pieces(url: str, progress: Progress) -> Iterator[bytes]:
    connection, answer = _answer(url)
    try:
        length = answer.getheader("Content-Length")
        total = whole(length or "", 15)
        done = 0
        while piece := answer.read(PIECE):
            done += len(piece)
            if max(done, total or 0) > LARGEST:
                raise FetchError(f"{url}: the file is larger than {LARGEST:,} bytes")
            progress(done, total)
            yield piece
        if total is not None and done != total:
            raise FetchError(f"{url}: the connection broke after {done:,} of {total:,} bytes")
    finally:
        connection.close()


def _answer(url: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    """Return the response to a request, redirects followed."""
    for _ in range(MOST_MOVES):
        connection, path = _connection(url)
        connection.request("GET", path, headers={"User-Agent": "medcode"})
        answer = connection.getresponse()
        if answer.status == OK:
            return connection, answer
        connection.close()
        place = answer.getheader("Location")
        if answer.status not in MOVED or not place:
            raise FetchError(f"{url}: the server answers {answer.status} {answer.reason}")
        url = _moved(url, place)
    raise FetchError(f"{url}: too many redirects")


def _moved(url: str, place: str) -> str:
    """Return the address that a server sends to, seen from the one that was asked."""
    try:
        return urljoin(url, place)
    except ValueError:
        raise FetchError(f"{place}: not a valid address") from None


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = _split(url)
    host, port = parts.hostname or "", parts.port
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    if parts.scheme == "https" and host:
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT), path
    if parts.scheme == "http" and host in LOCAL:
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT), path
    raise FetchError(f"{url}: only https addresses can be fetched")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it looks at it
    except ValueError:
        raise FetchError(f"{url}: not a valid address") from None
    return parts
