"""The envelope around records: who sends to whom, when, under which numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, overload

import attrs

from medcode.claims.model.base import PHI, Part, part
from medcode.claims.model.submission import Receiver, Submitter, TransactionHeader
from medcode.claims.x12.text.lexer import BLANK, DEFAULT_DELIMITERS, Delimiters
from medcode.claims.x12.text.spelling import Spelling, frame_of, line_end_of, spellings
from medcode.claims.x12.text.values import read_date, write_date
from medcode.codesets import clock
from medcode.codesets.base import Malformed
from medcode.errors import X12Error
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time
    from typing import Self

    from medcode.claims.model.party import Provider
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.transmission import Interchange, TransactionSet

__all__ = ["Envelope"]

H = TypeVar("H", bound=Part)

_CONTROL_DIGITS = 9

_ISA = {
    "authorization_qualifier": 1,
    "authorization": 2,
    "security_qualifier": 3,
    "security": 4,
    "sender_qualifier": 5,
    "sender": 6,
    "receiver_qualifier": 7,
    "receiver": 8,
    "acknowledgment_requested": 14,
    "usage": 15,
}
_GS = {"group_sender": 2, "group_receiver": 3, "convention": 8}
"""Attributes of the envelope, each with the element of ISA or GS that holds it."""

_HEADER = ("reference", "purpose", "claim_type", "submitter")
"""Attributes of the envelope that the header of a set may hold by the same name."""


_NOT_WHOLE = "the interchange has no whole ISA, GS and ST"


def _of_header(header: Any) -> dict[str, Any]:
    """Return what the envelope holds of the header of a set; some sets have none, or less than others."""
    values = {name: getattr(header, name) for name in _HEADER if hasattr(header, name)}
    values |= (
        {"reference_created": _combined(header.created_date, header.created_time)}
        if hasattr(header, "created_date")
        else {}
    )
    if hasattr(header, "receiver"):
        values |= {"receiver_name": header.receiver.organization, "receiver_id": header.receiver.id}
    return values


def _whole(text: str) -> int:
    """Return a control number. Raises ValueError for what `int` alone would take: a sign, other digits, underscores."""
    if (found := whole(text.strip())) is None:
        raise ValueError("no control number")
    return found


def _combined(on: date | Malformed, at: time | Malformed) -> datetime:
    if isinstance(on, Malformed) or isinstance(at, Malformed):
        raise ValueError("no date or time")  # noqa: TRY004  # the type is right, its text is not
    return datetime.combine(on, at)


_OF_ONE_SET = frozenset(
    {
        "group_control_number",
        "group_created",
        "transaction_control_number",
        "reference",
        "reference_created",
        "line_end",
        "spellings",
    }
)
"""Attributes of an envelope that each set of an interchange has for itself, but for the day of its moment."""


def _differing(envelopes: Sequence[Envelope]) -> list[str]:
    """Name the attributes in which the envelopes of the sets of one interchange differ."""
    first, *others = envelopes
    names = (field.name for field in attrs.fields(type(first)) if field.name not in _OF_ONE_SET)
    differing = [
        name for name in names if any(getattr(each, name) != getattr(first, name) for each in others)
    ]
    days = {each.reference_created and each.reference_created.date() for each in envelopes}
    return [*differing, "reference_created"] if len(days) > 1 else differing


def _submitter(biller: Provider, sender: str) -> Submitter:
    """Return the billing provider as who submits."""
    return Submitter(
        organization=biller.organization,
        last_name=biller.last_name,
        first_name=biller.first_name,
        id=sender,
        contacts=biller.contacts,
    )


def _hundredths(moment: datetime | None) -> datetime | None:
    """Return a moment as exact as X12 writes times."""
    return moment and moment.replace(microsecond=moment.microsecond // 10_000 * 10_000)


def _usable(_envelope: object, _field: object, marks: Delimiters) -> None:
    """Refuse delimiters by which the text could not be cut again."""
    four = attrs.astuple(marks)
    if len(set(four)) < len(four) or any(len(mark) != 1 or mark.isalnum() or mark == " " for mark in four):
        raise ValueError(
            "delimiters must be four different characters, none of them a letter, a digit or a space"
        )


def _blank(_envelope: object, _field: object, line_end: str) -> None:
    """Refuse what would be text between the segments."""
    if line_end.strip(BLANK):
        raise ValueError("line_end may contain only white space")


@part(kw_only=True)
class Envelope(Part):
    """What ISA, GS, ST, BHT and loops 1000A and 1000B hold.

    Only `sender` and `receiver`, the partners' ids, have no usable default. `usage` is T for
    test or P for production; `control_number` numbers the interchange, and the group and the
    batch reference take it unless they are given; transaction sets count from
    `transaction_control_number`. The submitter is the first claim's billing provider and the
    receiver's name its payer unless they are given. Pin all of it to reproduce a file exactly; then
    `spellings` has the elements that were not written as they are by default. Such a text is written as long as
    it says the same as the value: of a file that is sent anew, with another control number, the old one is not.

    >>> Envelope(sender="SUB", receiver="PAYER", control_number=7).usage
    'T'
    """

    sender: str = attrs.field(default="SENDER", metadata=PHI)
    receiver: str = attrs.field(default="RECEIVER", metadata=PHI)
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    control_number: int = attrs.field(default=1, metadata=PHI)
    usage: str = "T"
    authorization_qualifier: str = "00"
    authorization: str = attrs.field(default="", metadata=PHI)
    security_qualifier: str = "00"
    security: str = attrs.field(default="", metadata=PHI)
    acknowledgment_requested: str = "0"
    created: datetime = attrs.field(factory=clock.now)
    group_sender: str | None = attrs.field(default=None, metadata=PHI)
    group_receiver: str | None = attrs.field(default=None, metadata=PHI)
    group_control_number: int | None = attrs.field(default=None, metadata=PHI)
    group_created: datetime | None = attrs.field(default=None, converter=_hundredths)
    transaction_control_number: str = attrs.field(default="0001", metadata=PHI)
    reference: str | None = attrs.field(default=None, metadata=PHI)
    reference_created: datetime | None = attrs.field(default=None, converter=_hundredths)
    purpose: str = "00"
    claim_type: str = "CH"
    submitter: Submitter | None = None
    receiver_name: str | None = None
    receiver_id: str | None = attrs.field(default=None, metadata=PHI)
    convention: str | None = None
    delimiters: Delimiters = attrs.field(default=DEFAULT_DELIMITERS, validator=_usable)
    line_end: str = attrs.field(default="", validator=_blank)
    spellings: tuple[Spelling, ...] = ()

    @classmethod
    def of(cls, interchange: Interchange, transaction_set: TransactionSet | None = None) -> Self:
        """Return the envelope of an interchange that was read, so that its records can be written again as they came.

        An envelope has one group and one header for all sets. Where those of the interchange differ, as where
        one set holds charges and another encounters, or submitters do, name the `transaction_set` whose
        records are to be written (`TransactionSet.records`). Pass what is to differ, such as the control
        numbers of a file that is sent anew, to `evolve`. Raises X12Error if the sets differ and none is named,
        if ISA, GS or ST is missing, or a number, date or time in them is malformed.

        >>> from medcode.claims import x12
        >>> x12.Envelope.of(x12.loads("ST*837*0001*005010X222A1~SE*2*0001~").interchanges[0])
        Traceback (most recent call last):
        medcode.errors.X12Error: the interchange has no whole ISA, GS and ST
        """
        frames = [
            (frame_of(interchange, group, each), each)
            for group in interchange.groups
            for each in group.sets
            if transaction_set is None or each is transaction_set
        ]
        if not frames:
            raise X12Error(_NOT_WHOLE)
        made = [cls.of_frame(frame, each.read_header()) for frame, each in frames]
        if differing := _differing(made):
            raise X12Error(f"the transaction sets differ in {', '.join(differing)}: write each by itself")
        return made[0]

    @classmethod
    def of_frame(cls, frame: Mapping[str, RawSegment], head: Part | None) -> Self:
        """Return the envelope of the segments around a set by their ids, and of what the set holds before its first level.

        The frame is ISA, GS, ST, and as far as they are there BHT, SE, GE, IEA and what comes after it, END. Raises as `of`.
        """
        if not frame.keys() >= {"ISA", "GS", "ST"}:
            raise X12Error(_NOT_WHOLE)
        isa, gs = frame["ISA"].elements, frame["GS"].elements
        line_end = line_end_of(frame)
        try:
            texts: dict[str, Any] = {name: isa[at].strip() for name, at in _ISA.items()}
            texts |= {name: gs[at].strip() for name, at in _GS.items()}
            return cls(
                **texts,
                control_number=_whole(isa[13]),
                created=datetime.strptime(isa[9] + isa[10], "%y%m%d%H%M"),  # noqa: DTZ007  # as in clock.now
                group_control_number=_whole(gs[6]),
                group_created=_combined(read_date("D8", gs[4]), read_date("TM", gs[5])),
                transaction_control_number=frame["ST"].elements[2],
                **_of_header(head),
                delimiters=frame["ISA"].delimiters,
                line_end=line_end,
                spellings=tuple(spellings(frame, line_end)),
            )
        except (ValueError, TypeError, IndexError):
            pass
        raise X12Error("ISA, GS, ST or BHT has a malformed number, date or time")

    @property
    def spelled(self) -> dict[str, dict[int, str]]:
        """The texts of `spellings` by segment and element."""
        found: dict[str, dict[int, str]] = {}
        for each in self.spellings:
            found.setdefault(each.segment, {})[each.element] = each.text
        return found

    @overload
    def header(self, first: Any) -> TransactionHeader: ...
    @overload
    def header(self, first: Any, cls: type[H]) -> H: ...
    def header(self, first: Any, cls: type[Part] = TransactionHeader) -> Part:
        """Return the header of a set, of the class that its guide names; the first record fills in what is not given."""
        created = self.reference_created or self.created.replace(second=0, microsecond=0)
        values: dict[str, Any] = {
            "reference": self.reference or str(self.control_number),
            "created_date": created.date(),
            "created_time": created.time(),
            "purpose": self.purpose,
            "claim_type": self.claim_type,
        }
        fields = {field.name for field in attrs.fields(cls)}
        if "submitter" in fields:
            values["submitter"] = self.submitter or _submitter(first.billing_provider, self.sender)
        if "receiver" in fields:
            name = self.receiver_name or first.payer.organization
            values["receiver"] = Receiver(organization=name, id=self.receiver_id or self.receiver)
        return cls(**{name: value for name, value in values.items() if name in fields})

    def transaction_control(self, count: int) -> str:
        """Return the number of a transaction set: the first plus a count, in the same width.

        Raises X12Error if there is more than one set and the first number does not end in a digit.
        """
        first = self.transaction_control_number
        letters = first.rstrip("0123456789")
        digits = first[len(letters) :]
        if not count:
            return first
        if not digits:
            raise X12Error("transaction_control_number must end in a digit to number several sets")
        return letters + str(int(digits) + count).zfill(len(digits))

    def isa(self) -> list[str]:
        """Return the elements of ISA, padded to their fixed widths."""
        marks = self.delimiters
        return [
            "ISA", self.authorization_qualifier, f"{self.authorization:<10}",
            self.security_qualifier, f"{self.security:<10}",
            self.sender_qualifier, f"{self.sender:<15}", self.receiver_qualifier, f"{self.receiver:<15}",
            f"{self.created:%y%m%d}", f"{self.created:%H%M}", marks.repetition, "00501",
            f"{self.control_number:0{_CONTROL_DIGITS}}", self.acknowledgment_requested, self.usage, marks.component,
        ]  # fmt: skip

    def gs(self, group: str, guide: str, number: int) -> list[str]:
        """Return the elements of GS."""
        created = self.group_created or self.created.replace(second=0, microsecond=0)
        sender, receiver = self.group_sender or self.sender, self.group_receiver or self.receiver
        return [
            "GS",
            group,
            sender,
            receiver,
            write_date(created.date()),
            write_date(created.time()),
            str(number),
            "X",
            guide,
        ]
