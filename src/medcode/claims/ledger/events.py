"""What happens to a claim, one event after the other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from medcode.claims.ledger.matching import Match, MatchKind

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.model import Claim
    from medcode.claims.remittance import ClaimPayment

__all__ = ["SENT", "Event", "EventKind", "LineMatch", "Problem"]


class EventKind(StrEnum):
    """What an event says, and in what state it leaves a claim."""

    SENT = "sent"
    RECEIVED = "received"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    PENDED = "pended"
    REQUESTED = "requested"
    FINALIZED = "finalized"
    PREDETERMINED = "predetermined"
    PAID = "paid"
    REDUCED = "reduced"
    DENIED = "denied"
    REVERSED = "reversed"
    CORRECTED = "corrected"
    RECOVERED = "recovered"
    ADJUSTED = "adjusted"
    NOTED = "noted"


SENT = Match(MatchKind.EXACT)
"""The match of a claim with itself."""


@attrs.frozen(kw_only=True)
class Problem:
    """Why a claim was rejected, and where.

    `path` is the field of the claim, such as `billing_provider.npi`; `header.` before it means the head of the transaction set.
    `code` is a code of the 999 (IK304, IK403), a TA1 code, or a status such as A7:562:85.
    `own` is False where another claim of the same file is to blame.
    """

    code: str
    message: str
    path: str | None = None
    loop: str | None = None
    segment: str | None = None
    element: int | None = None
    component: int | None = None
    position: int | None = None
    line: int | None = None
    own: bool = True

    def __str__(self) -> str:
        """Return the problem in one line: the field, the place, what is wrong."""
        element = f"{self.element:02}" if self.element else ""
        component = f"-{self.component}" if self.component else ""
        line = f"line {self.line}" if self.line else None
        place = " ".join(filter(None, (line, self.path, f"{self.segment or ''}{element}{component}")))
        return f"{place}: {self.message} ({self.code})" if place else f"{self.message} ({self.code})"


@attrs.frozen(kw_only=True)
class LineMatch:
    """A paid or rejected line, and the line of the claim (counted from 0) that it is about; None where none fits."""

    line: int | None
    match: Match
    paid: Decimal | None = None
    charge: Decimal | None = None


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened to a claim on a day.

    `by` is the document that says so: 837, TA1, 999, 277CA, 277, 835 or PLB, a provider adjustment of an 835. `entity` is who says it: PR the payer,
    AY a clearinghouse. `submission` counts from 0 how often the claim was sent, and says which of them is answered.
    `paid` and `charge` are of this answer alone, as it states them: a reversal is negative. Of the objects `claim`, `payment` and `status`
    the one that the document holds is set.
    """

    kind: EventKind
    date: date | None
    by: str
    match: Match = SENT
    source: str = attrs.field(default="", repr=False)
    entity: str | None = None
    payer: str | None = attrs.field(default=None, repr=False)
    submission: int | None = None
    problems: tuple[Problem, ...] = ()
    charge: Decimal | None = None
    paid: Decimal | None = None
    amount: Decimal | None = None
    reason: str | None = None
    claim: Claim | None = attrs.field(default=None, repr=False)
    payment: ClaimPayment | None = attrs.field(default=None, repr=False)
    status: ClaimStatus | None = attrs.field(default=None, repr=False)
    lines: tuple[LineMatch, ...] = attrs.field(default=(), repr=False)
