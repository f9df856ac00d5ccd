"""A transmission that was read: its text, its interchanges, its records, its findings."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar, overload

import attrs

from medcode.claims.model.base import Part
from medcode.claims.model.submission import TransactionHeader
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.lexer import lex, name_of, runs
from medcode.claims.x12.text.source import decode, not_utf8
from medcode.claims.x12.text.spelling import parted
from medcode.claims.x12.tree import as_html, as_text
from medcode.claims.x12.validate.judge import findings_of
from medcode.discreet import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.model.claim import Claim
    from medcode.claims.remittance import Remittance
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.findings import Finding

__all__ = ["Group", "Interchange", "TransactionSet", "Transmission"]

P = TypeVar("P", bound=Part)

_SIZE = 1 << 16


@attrs.frozen(repr=False)
class TransactionSet:
    """ST to SE, as far as they are there."""

    segments: tuple[RawSegment, ...]

    @property
    def kind(self) -> str:
        """The transaction set (ST01), such as 837."""
        return "".join(self.segments[0].elements[1:2])

    @property
    def convention(self) -> str:
        """The implementation convention (ST03), such as 005010X222A1."""
        return "".join(self.segments[0].elements[3:4])

    @property
    def header(self) -> TransactionHeader | None:
        """Who sends the claims of the set to whom, and when; None for a set that holds no claims."""
        header = self.read_header()
        return header if isinstance(header, TransactionHeader) else None

    def read_header(self) -> Part | None:
        """Return what comes before the first level, of the class that the guide names; None for a set without one."""
        session = Session(build=Part)
        for segment in takewhile(lambda each: name_of(each.elements) != "HL", self.segments):
            session.accept(segment)
        return session.header

    @overload
    def records(self) -> Iterator[Part]: ...
    @overload
    def records(self, of: type[P]) -> Iterator[P]: ...
    def records(self, of: type[Part] = Part) -> Iterator[Part]:
        """Yield the records of a class that the set holds, one by one, by the guide that its ST names."""
        session = Session(build=of)
        for segment in self.segments:
            if record := session.accept(segment):
                yield record
        if record := session.cut_off():
            yield record

    def __repr__(self) -> str:
        """Show what it is and how long."""
        return f"<TransactionSet {discreet(self.kind)} {discreet(self.convention)}: {len(self.segments)} segments>"


@attrs.frozen(repr=False)
class Group:
    """GS to GE with the transaction sets between; `header` and `trailer` are None where GS and GE are missing."""

    header: RawSegment | None
    sets: tuple[TransactionSet, ...]
    trailer: RawSegment | None

    @property
    def kind(self) -> str:
        """What the group is for (GS01): HC claims, HP remittances, FA acknowledgments, HN claim status."""
        return "".join(self.header.elements[1:2]) if self.header else ""

    @property
    def convention(self) -> str:
        """The implementation convention of its sets (GS08), such as 005010X222A1."""
        return "".join(self.header.elements[8:9]) if self.header else ""

    def __repr__(self) -> str:
        """Show what it is and what it holds."""
        return f"<Group {discreet(self.kind)}: {len(self.sets)} transaction sets>"


@attrs.frozen(repr=False)
class Interchange:
    """ISA to IEA with the groups and TA1 between; `header` and `trailer` are None where ISA and IEA are missing.

    `end` is the white space after it, as a segment without elements.
    """

    header: RawSegment | None
    groups: tuple[Group, ...]
    acknowledgments: tuple[RawSegment, ...]
    trailer: RawSegment | None
    end: RawSegment

    @property
    def usage(self) -> str:
        """Test or production (ISA15): T or P."""
        return "".join(self.header.elements[15:16]) if self.header else ""

    def tree(self, *, data: bool = False) -> str:
        """Return its loops by their names, indented; `data` shows the segments as well, patient data included."""
        return as_text([self], data=data)

    def __repr__(self) -> str:
        """Show what it holds."""
        return f"<Interchange {discreet(self.usage)}: {len(self.groups)} groups>"

    def __str__(self) -> str:
        """Return the tree, without data."""
        return self.tree()

    def _repr_html_(self) -> str:
        return as_html([self])


class Transmission:
    """A text of X12 with everything in it; nothing of it is lost or changed."""

    def __init__(self, text: str, encoding: str = "utf-8") -> None:
        self.text = text
        self.encoding = encoding
        deque(runs(self._pieces()), maxlen=0)  # which refuses what is not X12 at all

    @classmethod
    def of(cls, source: str | bytes | bytearray | memoryview) -> Transmission:
        """Read text or bytes. Raises X12Error for what is not X12 at all, TypeError for anything else."""
        if isinstance(source, str):
            return cls(source)
        if isinstance(source, (bytes, bytearray, memoryview)):
            return cls(*decode(source))
        raise TypeError(f"X12 must be text or bytes, not {type(source).__name__}")

    def _pieces(self) -> Iterator[str]:
        return (self.text[at : at + _SIZE] for at in range(0, len(self.text), _SIZE))

    @cached_property
    def segments(self) -> tuple[RawSegment, ...]:
        """The segments, in order."""
        return tuple(lex([self.text]))

    @cached_property
    def interchanges(self) -> tuple[Interchange, ...]:
        """The interchanges, in order."""
        return tuple(_interchanges(self.segments))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the structure."""
        odd = not_utf8([self.text.encode("latin-1", "replace")]) if self.encoding == "latin-1" else None
        return findings_of(self._pieces(), odd)

    @overload
    def records(self) -> Iterator[Part]: ...
    @overload
    def records(self, of: type[P]) -> Iterator[P]: ...
    def records(self, of: type[Part] = Part) -> Iterator[Part]:
        """Return the records of a class, one by one: claims, or what else the guides of the sets are read into."""
        return Session(build=of).read(self._pieces())

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, one by one."""
        from medcode.claims.model.claim import Claim

        return self.records(Claim)

    def remittances(self) -> Iterator[Remittance]:
        """Yield the remittances (835), one by one.

        >>> list(Transmission.of("ST*837*0001*005010X222A1~SE*2*0001~").remittances())
        []
        """
        from medcode.claims.remittance import Remittance

        return self.records(Remittance)

    def claim_statuses(self) -> Iterator[ClaimStatus]:
        """Yield what became of the claims of a batch (277CA), and what a payer answers to an inquiry (277)."""
        from medcode.claims.claim_status import ClaimStatus

        return self.records(ClaimStatus)

    def tree(self, *, data: bool = False) -> str:
        """Return the interchanges' loops by their names, indented; `data` shows the segments as well."""
        return as_text(self.interchanges, data=data)

    def __repr__(self) -> str:
        """Show how much it holds."""
        return f"<Transmission: {len(self.interchanges)} interchanges, {len(self.segments)} segments>"

    def _repr_html_(self) -> str:
        return as_html(self.interchanges, self.findings)


def _interchanges(segments: tuple[RawSegment, ...]) -> Iterator[Interchange]:
    run: list[RawSegment] = []
    for segment in segments:
        if name_of(segment.elements) == "ISA" and any(each.elements for each in run):
            end, header = parted(segment)
            yield _interchange([*run, end])
            run = [header]
        else:
            run.append(segment)
    yield _interchange(run)


def _interchange(run: list[RawSegment]) -> Interchange:
    bounds = {name_of(each.elements): each for each in reversed(run)}
    groups: list[_Group] = []
    acknowledgments = []
    inside: list[RawSegment] | None = None
    for segment in run:
        id_ = name_of(segment.elements)
        if id_ == "GS":
            groups.append(_Group(segment))
            inside = None
        elif id_ == "ST":
            if not groups:
                groups.append(_Group(None))
            inside = []
            groups[-1].sets.append(inside)
        elif id_ == "TA1":
            acknowledgments.append(segment)
        elif id_ == "GE" and groups:
            groups[-1].trailer = segment
        if inside is not None:
            inside.append(segment)
        if id_ in {"SE", "GE"}:
            inside = None
    end = run[-1] if not run[-1].elements else run[-1]._replace(elements=[], text="", end="")
    made = tuple(each.made() for each in groups)
    return Interchange(bounds.get("ISA"), made, tuple(acknowledgments), bounds.get("IEA"), end)


@attrs.define
class _Group:
    """A group that is being read."""

    header: RawSegment | None
    sets: list[list[RawSegment]] = attrs.Factory(list)
    trailer: RawSegment | None = None

    def made(self) -> Group:
        """Return it as it was read."""
        return Group(self.header, tuple(TransactionSet(tuple(each)) for each in self.sets), self.trailer)
