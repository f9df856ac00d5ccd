"""X12 837: claims written, read and validated.

>>> from medcode.claims import x12
>>> sent = x12.loads("ST*837*0001*005010X222A1~SE*2*0001~")
>>> [finding.name for finding in sent.findings][:2]
['group-header-element', 'segment-missing']
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.claims.x12.acknowledge import acknowledge
from medcode.claims.x12.answers import (
    ElementError,
    GroupAnswer,
    InterchangeAnswer,
    SegmentError,
    SetResult,
    answers,
)
from medcode.claims.x12.convert import from_json, from_xml, to_json, to_xml
from medcode.claims.x12.envelope import Envelope
from medcode.claims.x12.lexer import Delimiters, RawSegment
from medcode.claims.x12.rule_explanation import RuleExplanation, explain_rule
from medcode.claims.x12.sending import sent
from medcode.claims.x12.session import Session
from medcode.claims.x12.source import chunks
from medcode.claims.x12.transmission import Group, Interchange, TransactionSet, Transmission
from medcode.errors import FindingError, Rejected, X12Error
from medcode.files import replacing
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.source import Source
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
    "RuleExplanation",
    "SegmentError",
    "SetResult",
    "TransactionSet",
    "Transmission",
    "acknowledge",
    "answers",
    "dump",
    "dumpb",
    "dumps",
    "explain_rule",
    "from_json",
    "from_xml",
    "iter_claims",
    "load",
    "loads",
    "to_json",
    "to_xml",
    "validate",
]


def loads(source: str | bytes) -> Transmission:
    """Read a text or bytes of X12; X12Error only for what is not X12 at all."""
    return Transmission.of(source)


def load(path: str | Path) -> Transmission:
    """Read a file of X12. Raises OSError where it cannot be read, X12Error for what is not X12 at all."""
    return Transmission.of(Path(path).read_bytes())


def iter_claims(source: Source) -> Iterator[Claim]:
    """Read the claims of a path, text or open file one by one; memory does not grow with the file."""
    return Session(build=True, check=False).read(chunks(source))


def validate(source: Source) -> Report:
    """Judge the structure of a path, text or open file: SNIP 1 and 2, hierarchy, counts and numbers."""
    session = Session(build=False, check=True)
    deque(session.read(chunks(source)), maxlen=0)
    return Report(findings=tuple(session.take_findings()), claims=session.claims)


def dumps(
    what: Transmission | Iterable[Claim], envelope: Envelope | None = None, *, check: bool = True
) -> str:
    """Write claims as X12, or give back the text of a transmission.

    With `check`, whatever breaks SNIP 1 or 2 or holds a malformed value raises `Rejected` with
    every finding at once, and nothing is written; so does what the guide has no place for, such
    as the `extras` of a claim that was read. Without it these are left out. Data that holds a
    delimiter is always refused.
    """
    if isinstance(what, Transmission):
        return what.text
    return "".join(_texts(what, envelope or Envelope(), check=check))


def dump(
    claims: Iterable[Claim], path: str | Path, envelope: Envelope | None = None, *, check: bool = True
) -> None:
    """Write claims to a file as `dumps` does; memory does not grow with their number.

    The file is there whole or not at all: what is refused leaves the path as it was. Raises OSError
    where the path cannot be written.
    """
    with replacing(path) as file:
        for text in _texts(claims, envelope or Envelope(), check=check):
            file.write(_encoded(text, "utf-8"))


def _texts(claims: Iterable[Claim], envelope: Envelope, *, check: bool) -> Iterator[str]:
    """Give the text piece by piece; raise Rejected at the end for what must not be sent."""
    refused: list[Finding] = []
    for text, found in sent(claims, envelope, check=check):
        refused += found
        yield text
    errors = Report(tuple(refused)).errors
    if errors and (check or any(error.name == "delimiter-in-data" for error in errors)):
        raise Rejected(f"{len(errors)} errors found; nothing is written", [FindingError(e) for e in errors])


def dumpb(
    what: Transmission | Iterable[Claim], envelope: Envelope | None = None, *, check: bool = True
) -> bytes:
    """Write as `dumps` does, in bytes: a transmission's own encoding, else UTF-8.

    Raises X12Error where the encoding has no such character.
    """
    encoding = what.encoding if isinstance(what, Transmission) else "utf-8"
    return _encoded(dumps(what, envelope, check=check), encoding)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        at = f"the character at offset {error.start} cannot be written in {encoding}"
    raise X12Error(at)
