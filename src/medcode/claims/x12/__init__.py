"""X12: claims and the answers to them, written, read and validated.

>>> from medcode.claims import x12
>>> sent = x12.loads("ST*837*0001*005010X222A1~SE*2*0001~")
>>> [finding.name for finding in sent.findings][:2]
['group-header-element', 'segment-missing']
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar, overload

from medcode.claims.acknowledgment import (
    ElementError,
    GroupAnswer,
    InterchangeAnswer,
    Reference,
    SegmentError,
    SetResult,
    Trigger,
)
from medcode.claims.model.base import Part
from medcode.claims.x12.ack.acknowledge import acknowledge, answers
from medcode.claims.x12.convert import from_json, from_xml, to_json, to_xml
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.text.lexer import Delimiters, RawSegment
from medcode.claims.x12.text.source import chunks, read_source
from medcode.claims.x12.transmission import Group, Interchange, TransactionSet, Transmission
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.validate.rule_explanation import RuleExplanation, explain_rule
from medcode.claims.x12.write.judged import judged
from medcode.errors import FindingError, Rejected, X12Error
from medcode.files import replacing
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.text.source import Source
    from medcode.findings import Finding

__all__ = [
    "Delimiters",
    "ElementError",
    "Envelope",
    "Group",
    "GroupAnswer",
    "Interchange",
    "InterchangeAnswer",
    "RawSegment",
    "Reference",
    "RuleExplanation",
    "SegmentError",
    "SetResult",
    "TransactionSet",
    "Transmission",
    "Trigger",
    "acknowledge",
    "answers",
    "dump",
    "dumpb",
    "dumps",
    "explain_rule",
    "from_json",
    "from_xml",
    "iter_claims",
    "iter_records",
    "load",
    "loads",
    "to_json",
    "to_xml",
    "validate",
]

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


def dumps(
    what: Transmission | Iterable[Part], envelope: Envelope | None = None, *, check: bool = True
) -> str:
    """Return claims, or other records, as X12; of a transmission that was read, its text as it was.

    With `check`, whatever breaks SNIP 1 or 2 or holds a malformed value raises `Rejected` with
    every finding at once, and nothing is written; so does what the guide has no element for, such
    as the `extras` of a claim that was read. Without it these are left out. Data that contains a
    delimiter is always refused.
    """
    if isinstance(what, Transmission):
        return what.text
    return "".join(_texts(what, envelope or Envelope(), check=check))


def dump(
    records: Iterable[Part], path: str | Path, envelope: Envelope | None = None, *, check: bool = True
) -> None:
    """Write claims, or other records, to a file as `dumps` does; memory does not grow with their number.

    The file is written whole or not at all: what is refused leaves the path as it was. Raises OSError
    if the path cannot be written.
    """
    with replacing(path) as file:
        for text in _texts(records, envelope or Envelope(), check=check):
            file.write(_encoded(text, "utf-8"))


def _texts(records: Iterable[Part], envelope: Envelope, *, check: bool) -> Iterator[str]:
    """Yield the text piece by piece; raise Rejected at the end for what must not be sent."""
    refused: list[Finding] = []
    for text, found in judged(records, envelope, check=check):
        refused += found
        yield text
    errors = Report(tuple(refused)).errors
    if errors and (check or any(error.name == "delimiter-in-data" for error in errors)):
        raise Rejected(f"{len(errors)} errors found; nothing was written", [FindingError(e) for e in errors])


def dumpb(
    what: Transmission | Iterable[Part], envelope: Envelope | None = None, *, check: bool = True
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
