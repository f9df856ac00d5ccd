"""What a claim and an answer can be compared by: number, charge, days of service, patient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.base import DateRange
from medcode.claims.model.institutional import InstitutionalClaim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.model import Claim
    from medcode.claims.remittance import ClaimPayment

__all__ = ["SHORTEST_CUT", "Facts", "folded", "of_claim", "of_payment", "of_status"]

SHORTEST_CUT = 20
"""A payer must return at least 20 characters of a claim control number, and may cut the rest (X12 RFI 525)."""

_UNKNOWN = {"", "0"}
"""What payers write where they do not know the provider's number of a claim; CLP01 is 0 then, TRN02 all zeros."""


def folded(number: str | None) -> str | None:
    """Return a number in the form that numbers are compared in; None for one that says nothing.

    >>> folded(" ab-1 "), folded("00000000000000000000")
    ('AB-1', None)
    """
    text = (number or "").strip().upper()
    return None if text.strip("0") in _UNKNOWN else text


@attrs.frozen(kw_only=True)
class Facts:
    """What is compared. A value that is not known is None and decides nothing."""

    number: str | None = attrs.field(default=None, repr=False)
    payer_number: str | None = attrs.field(default=None, repr=False)
    charge: Decimal | None = None
    first_day: date | None = attrs.field(default=None, repr=False)
    last_day: date | None = attrs.field(default=None, repr=False)
    member: str | None = attrs.field(default=None, repr=False)
    name: str | None = attrs.field(default=None, repr=False)

    def differences(self, answer: Facts) -> tuple[str, ...]:
        """Return what an answer says otherwise; what either does not know is left out."""
        return tuple(name for name, same in self._compared(answer).items() if not same)

    def agreements(self, answer: Facts) -> int:
        """Return how many facts both know and agree on."""
        return sum(self._compared(answer).values())

    def _compared(self, answer: Facts) -> dict[str, bool]:
        found: dict[str, bool] = {}
        if self.charge is not None and answer.charge is not None:
            found["charge"] = abs(answer.charge) == self.charge  # a reversal is negative
        if self.first_day and self.last_day and answer.first_day and answer.last_day:
            found["date"] = self.first_day <= answer.last_day and answer.first_day <= self.last_day
        if (self.member and answer.member) or (self.name and answer.name):
            found["patient"] = self.is_same_patient(answer)
        return found

    def is_same_patient(self, other: Facts) -> bool:
        """Whether the member numbers or the names agree; a member has another number with each payer."""
        return (self.member is not None and self.member == other.member) or (
            self.name is not None and self.name == other.name
        )


def _span(days: Iterable[object]) -> dict[str, date | None]:
    found = sorted({end for day in days for end in _ends(day)})
    return {"first_day": found[0] if found else None, "last_day": found[-1] if found else None}


def _ends(day: object) -> tuple[date, ...]:
    """Return the days that a date, a span or nothing readable begins and ends with."""
    if isinstance(day, DateRange):
        return day.start, day.end
    return (day,) if isinstance(day, date) else ()


def _name(person: Any) -> str | None:
    last, first = getattr(person, "last_name", None), getattr(person, "first_name", None)
    return f"{last},{(first or '')[:1]}".upper() if last else None


def _amount(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def of_claim(claim: Claim) -> Facts:
    """Return what a claim is compared by."""
    days: list[object] = [line.service_date for line in claim.lines]
    if isinstance(claim, InstitutionalClaim):
        days.append(claim.statement_dates)
    else:
        days.append(getattr(claim, "service_date", None))
    charges = [_amount(line.charge) for line in claim.lines]
    stated = _amount(claim.stated_total)
    return Facts(
        number=folded(claim.control_number),
        payer_number=folded(claim.references.payer_claim_number),
        charge=stated if stated is not None else None if None in charges else claim.total,
        member=folded(claim.subscriber.member_id),
        name=_name(claim.patient),
        **_span(days),
    )


def of_payment(payment: ClaimPayment) -> Facts:
    """Return what a paid claim is compared by."""
    return Facts(
        number=folded(payment.control_number),
        payer_number=folded(payment.payer_claim_number),
        charge=_amount(payment.charge),
        member=folded(payment.patient.id if payment.patient else None)
        or folded(payment.insured.id if payment.insured else None),
        name=_name(payment.patient),
        **_span(payment.service_dates),
    )


def of_status(status: ClaimStatus) -> Facts:
    """Return what a claim of a 277CA or a 277 is compared by."""
    charges = [each.charge for each in status.statuses if isinstance(each.charge, Decimal)]
    number = getattr(status, "patient_account_number", None) or status.control_number
    patient = getattr(status, "dependent", None) or status.patient
    return Facts(
        number=folded(number),
        payer_number=folded(status.payer_claim_number),
        charge=charges[0] if charges else None,
        member=folded(status.patient.id if status.patient else None),
        name=_name(patient),
        **_span([status.service_date, *(line.service_date for line in status.lines)]),
    )
