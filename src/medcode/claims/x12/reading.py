"""Reading X12: whole, record by record, or only for the findings on its structure."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar, overload

from medcode.claims.model.base import Part
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.source import chunks, read_source
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.validate.judge import StructureJudge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.text.source import Source
    from medcode.findings import Report

__all__ = ["iter_claims", "iter_records", "load", "loads", "validate"]

P = TypeVar("P", bound=Part)


def loads(source: str | bytes | bytearray | memoryview) -> Transmission:
    """Read X12 from text or bytes. Raises X12Error only for what is not X12 at all."""
    return Transmission.of(source)


def load(source: Source) -> Transmission:
    """Read an X12 file, by its path or open; text and bytes are read as `loads` does.

    Raises OSError if it cannot be read, X12Error for what is not X12 at all.
    """
    return Transmission.of(read_source(source))


def iter_claims(source: Source) -> Iterator[Claim]:
    """Yield the claims of a path, text or open file one by one; memory does not grow with the file."""
    from medcode.claims.model.claim import Claim

    return iter_records(source, Claim)


@overload
def iter_records(source: Source) -> Iterator[Part]: ...
@overload
def iter_records(source: Source, of: type[P]) -> Iterator[P]: ...
def iter_records(source: Source, of: type[Part] = Part) -> Iterator[Part]:
    """Yield the records of a path, text or open file one by one, whatever its guides are read into.

    `of` is the class wanted of sets that can be read into several; sets that hold none of it are passed over.
    Memory does not grow with the file.

    >>> list(iter_records("ST*837*0001*005010X222A1~SE*2*0001~"))
    []
    """
    return Session(build=of).read(chunks(source))


def validate(source: Source) -> Report:
    """Check the structure of a path, text or open file: SNIP 1 and 2, hierarchy, counts and numbers.

    Of payers' answers, over which there are no edits, also SNIP 3 to 5: whether they add up, contradict themselves,
    and use codes of the lists that are loaded. A list that is not loaded is named in `not_checked`.
    """
    judge, text = StructureJudge(), chunks(source)
    deque(Session(judge=judge).read(text), maxlen=0)
    judge.encoding(text.latin1_from)
    return judge.report()
