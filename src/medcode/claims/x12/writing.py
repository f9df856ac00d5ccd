"""Writing X12: claims, or other records, and a transmission that was read, as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from medcode.claims.model.base import Part
from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.write.judged import judged
from medcode.errors import FindingError, Rejected, X12Error
from medcode.files import replacing
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.findings import Finding

__all__ = ["dump", "dumpb", "dumps"]


def dumps(
    what: Transmission | Part | Iterable[Part], envelope: Envelope | None = None, *, check: bool = True
) -> str:
    """Return claims, or other records, as X12; of a transmission that was read, its text as it was.

    With `check`, whatever breaks SNIP 1 or 2 or holds a malformed value raises `Rejected` with
    every finding at once, and nothing is written; so does what the guide has no element for, such
    as the `extras` of a claim that was read. Without it these are left out. Data that contains a
    delimiter is always refused. Raises TypeError for what is neither a record nor a list of them.
    """
    if isinstance(what, Transmission):
        return what.text
    return "".join(_texts(what, envelope or Envelope(), check=check))


def dump(
    records: Part | Iterable[Part], path: str | Path, envelope: Envelope | None = None, *, check: bool = True
) -> None:
    """Write claims, or other records, to a file as `dumps` does; memory does not grow with their number.

    The file is written whole or not at all: what is refused leaves the path as it was. Raises OSError
    if the path cannot be written.
    """
    with replacing(path) as file:
        for text in _texts(records, envelope or Envelope(), check=check):
            file.write(_encoded(text, "utf-8"))


def _texts(records: Part | Iterable[Part], envelope: Envelope, *, check: bool) -> Iterator[str]:
    """Yield the text piece by piece; raise Rejected at the end for what must not be sent."""
    refused: list[Finding] = []
    for text, found in judged(_several(records), _known(envelope), check=check):
        refused += found
        yield text
    errors = [each for each in Report(tuple(refused)).errors if check or each.name == "delimiter-in-data"]
    if errors:
        raise Rejected(f"{len(errors)} errors found; nothing was written", [FindingError(e) for e in errors])


def _several(records: object) -> Iterable[Part]:
    """Return one record or many as an iterable. Raises TypeError for anything else."""
    if isinstance(records, Part):
        return (records,)
    if isinstance(records, (str, bytes)) or not isinstance(records, Iterable):
        raise TypeError(f"expected a claim or a list of claims, not {type(records).__name__}")
    return records


def _known(envelope: object) -> Envelope:
    if not isinstance(envelope, Envelope):
        raise TypeError(f"expected an Envelope, not {type(envelope).__name__}")
    return envelope


def dumpb(
    what: Transmission | Part | Iterable[Part], envelope: Envelope | None = None, *, check: bool = True
) -> bytes:
    """Return what `dumps` does, as bytes: in the encoding a transmission was read in, else UTF-8.

    Raises X12Error if the encoding lacks a character.
    """
    encoding = what.encoding if isinstance(what, Transmission) else "utf-8"
    return _encoded(dumps(what, envelope, check=check), encoding)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        at = f"the character at offset {error.start} cannot be written in {encoding}"
    raise X12Error(at)
