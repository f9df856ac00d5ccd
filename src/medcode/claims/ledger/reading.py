"""What is put into a ledger, cut into pieces that each stand for themselves: a claim, or an answer to one.

Each piece keeps its own segments and those of the levels above it, as text. With the head of its transaction set around it
(`SetHead`) that is a small transaction set, which reads as the same object again. So a ledger stores what was sent and
answered word for word, and nothing else.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode.claims.claim_status import ClaimStatus
from medcode.claims.model import Claim
from medcode.claims.remittance import ClaimPayment, Remittance
from medcode.claims.x12.ack.acknowledge import answers
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.lexer import BLANK, name_of, runs
from medcode.claims.x12.text.source import chunks
from medcode.claims.x12.transmission import Transmission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.acknowledgment import GroupAnswer, InterchangeAnswer
    from medcode.claims.model import Part
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.text.source import Source

__all__ = ["Acknowledged", "Paid", "Piece", "SetHead", "pieces", "record_of"]

_RECORDS: dict[str, type[Part]] = {"837": Claim, "835": ClaimPayment, "277": ClaimStatus}
"""What a transaction set is read into, by ST01."""

_FIRST_OF_BODY = {"837": {"HL"}, "277": {"HL"}, "835": {"LX", "CLP", "PLB"}, "999": {"AK1"}}
_ENDS_CLAIM = {"CLP", "LX", "TS2", "TS3", "PLB", "SE"}
_ADDED = "SE*0*0"
_999 = "005010X231A1"
_GS04_SHORT = 6


@attrs.frozen(kw_only=True, repr=False)
class SetHead:
    """What stands around the records of a transaction set: its envelope, and its segments before the first record."""

    kind: str
    isa: tuple[str, ...]
    gs: tuple[str, ...]
    st: tuple[str, ...]
    text: str
    envelope: str
    element: str
    end: str
    positions: int

    @property
    def reference(self) -> str:
        """The sender's own number of the batch (BHT03); empty for a set without BHT."""
        for segment in self.text.split(self.end):
            elements = segment.strip(BLANK).split(self.element)
            if elements[0] == "BHT":
                return "".join(elements[3:4]).strip()
        return ""

    @property
    def made_on(self) -> date | None:
        """The day on which the set was made: BHT04, else GS04, else ISA09."""
        for segment in self.text.split(self.end):
            elements = segment.strip(BLANK).split(self.element)
            if elements[0] == "BHT" and (day := _day("".join(elements[4:5]))):
                return day
        return _day("".join(self.gs[4:5])) or _day("".join(self.isa[9:10]))

    def whole(self, body: str) -> str:
        """Return a transaction set of the head and some segments that belong below it."""
        return f"{self.envelope}{self.text}{body}{_ADDED.replace('*', self.element)}{self.end}"


@attrs.frozen(kw_only=True, repr=False)
class Piece:
    """A record with the text that it was read from, and where its segments stand in the transaction set.

    `ordinal` tells equal records of one set apart, such as the parts of a claim that the payer has split.
    """

    record: Claim | ClaimPayment | ClaimStatus
    head: SetHead
    text: str
    positions: tuple[int, ...] = ()
    ordinal: int = 0


@attrs.frozen(kw_only=True, repr=False)
class Paid:
    """A remittance without its claims: the payment, and what provider adjustments add to it."""

    remittance: Remittance
    head: SetHead
    text: str


@attrs.frozen(kw_only=True, repr=False)
class Acknowledged:
    """A TA1 or a 999, with the envelope it came in and as text that reads as the same answer again."""

    answer: InterchangeAnswer | GroupAnswer
    isa: tuple[str, ...]
    gs: tuple[str, ...]
    text: str

    @property
    def made_on(self) -> date | None:
        """The day on which it was made: GS04, else ISA09."""
        return _day("".join(self.gs[4:5])) or _day("".join(self.isa[9:10]))


Read: TypeAlias = Piece | Paid | Acknowledged


def _day(text: str) -> date | None:
    text = text.strip()
    form = "%y%m%d" if len(text) == _GS04_SHORT else "%Y%m%d"
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return None


def record_of(head: SetHead, text: str) -> Part | None:
    """Return the record that the text of a piece holds; None where it holds none any more."""
    session = Session(build=_RECORDS[head.kind])
    return next(session.read([head.whole(text)]), None)


def pieces(source: Source) -> Iterator[Read]:
    """Yield what a path, a text or an open file holds for a ledger, in its order.

    Raises OSError if it cannot be read, X12Error for what is not X12 at all. Memory grows with the
    longest transaction set, not with the file.
    """
    reader = _Reader()
    for run in runs(chunks(source)):
        offset = run.offset
        for piece in run.pieces:
            yield from reader.take(run.segment(piece, offset))
            offset += len(piece) + len(run.end)
    yield from reader.finish()


class _Reader:
    """Follows the envelope, and hands each transaction set to what reads its kind."""

    def __init__(self) -> None:
        self._isa: RawSegment | None = None
        self._gs: RawSegment | None = None
        self._set: _Set | None = None

    def take(self, segment: RawSegment) -> Iterator[Read]:
        """Read the next segment; yield the record that it completes."""
        id_ = name_of(segment.elements)
        if id_ in {"ISA", "GS", "ST", "GE", "IEA"}:
            yield from self.finish()
        if id_ == "ISA":
            self._isa, self._gs = segment, None
        elif id_ == "GS":
            self._gs = segment
        elif id_ == "TA1":
            yield from self._acknowledged(_text(segment))
        elif id_ == "ST":
            self._set = _Set(segment, self._isa, self._gs)
        elif self._set and segment.elements:
            yield from self._set.take(segment, id_)
            if id_ == "SE":
                yield from self.finish()

    def finish(self) -> Iterator[Read]:
        """End the open set, if there is one."""
        open_set, self._set = self._set, None
        if open_set is None:
            return
        if open_set.kind == "999":
            marks = open_set.first.delimiters
            st = [*[*open_set.first.elements, "0001"][:3], _999]
            yield from self._acknowledged(f"{marks.element.join(st)}{marks.segment}{open_set.body}")
        yield from open_set.finish()

    def _acknowledged(self, text: str) -> Iterator[Acknowledged]:
        envelope = _text(self._isa) if self._isa else ""
        whole = f"{envelope}{text}"
        for answer in answers(Transmission(whole)):
            yield Acknowledged(answer=answer, isa=_elements(self._isa), gs=_elements(self._gs), text=whole)


class _Set:
    """One transaction set on its way through: its head, then its records one by one."""

    def __init__(self, st: RawSegment, isa: RawSegment | None, gs: RawSegment | None) -> None:
        self.kind = "".join(st.elements[1:2])
        self.first = st
        self._isa, self._gs = isa, gs
        self._texts: list[str] = [_text(st)]
        self._head: SetHead | None = None
        self._seen: dict[str, int] = {}
        self._open: list[str] = []
        self._adjustments: list[str] = []
        build = _RECORDS.get(self.kind)
        self._session = Session(build=build) if build else None
        if self._session:
            for segment in (isa, gs, st):
                if segment:
                    self._session.accept(segment)

    @property
    def body(self) -> str:
        """The segments after ST."""
        return "".join(self._texts[1:])

    def take(self, segment: RawSegment, id_: str) -> Iterator[Piece]:
        """Read the next segment; yield the record that it completes."""
        text = _text(segment)
        if self._head is None and id_ in _FIRST_OF_BODY.get(self.kind, ()):
            self._head = self._made_head(segment)
        record = self._accepted(segment)
        if record is not None:
            yield self._piece(record)
        if self.kind == "835":
            if id_ in _ENDS_CLAIM:
                self._open = []
            if id_ == "CLP" or self._open:
                self._open.append(text)
            if id_ == "PLB":
                self._adjustments.append(text)
        self._texts.append(text)

    def finish(self) -> Iterator[Read]:
        """End the set: yield the record that its end has ended, and the payment of a remittance."""
        if self._session and (
            record := self._session.accept(self.first._replace(elements=["GE"], text="GE"))
        ):
            yield self._piece(record)
        if self.kind == "835":
            head = self._head or self._made_head(self.first)
            text = "".join(self._adjustments)
            made = Session(build=Remittance).read([head.whole(text)])
            yield from (
                Paid(remittance=each, head=head, text=text) for each in made if isinstance(each, Remittance)
            )

    def _accepted(self, segment: RawSegment) -> Part | None:
        return self._session.accept(segment) if self._session else None

    def _made_head(self, segment: RawSegment) -> SetHead:
        marks = segment.delimiters
        envelope = "".join(_text(each) for each in (self._isa, self._gs) if each)
        return SetHead(
            kind=self.kind, isa=_elements(self._isa), gs=_elements(self._gs), st=tuple(self.first.elements),
            text="".join(self._texts), envelope=envelope, element=marks.element, end=marks.segment,
            positions=len(self._texts),
        )  # fmt: skip

    def _piece(self, record: Part) -> Piece:
        assert isinstance(record, (Claim, ClaimPayment, ClaimStatus))  # noqa: S101  # what the session was asked for
        head = self._head or self._made_head(self.first)
        if isinstance(record, ClaimPayment):
            positions: tuple[int, ...] = ()
            text = f"LX{head.element}1{head.end}{''.join(self._open)}"
        else:
            marks = {position for _, position, _, _ in record.origin.marks}
            positions = tuple(each for each in sorted(marks) if each > head.positions)
            text = "".join(self._texts[position - 1] for position in positions)
        ordinal = self._seen[text] = self._seen.get(text, -1) + 1
        return Piece(record=record, head=head, text=text, positions=positions, ordinal=ordinal)


def _text(segment: RawSegment) -> str:
    return segment.text.strip(BLANK) + (segment.end or segment.delimiters.segment)


def _elements(segment: RawSegment | None) -> tuple[str, ...]:
    return tuple(segment.elements) if segment else ()
