"""CLM84 to CLM86, and CLM88: condition, occurrence span and value codes that a bill needs or contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.references import ClaimReferences
from medcode.claims.model.stay import OccurrenceSpan, ValueAmount
from medcode.edits.base import Edit
from medcode.edits.bills import is_hospice
from medcode.edits.days import first_day, last_day, plain_day, unread
from medcode.edits.examples import MEDICARE_PATIENT, room, stay
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import listed
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Fix, FixKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ChangeReason", "DialysisWithoutSize", "HospiceDeath", "SpanOutsideBill"]

REASONS = {
    "7": frozenset({"D0", "D1", "D2", "D3", "D4", "D7", "D8", "D9", "E0"}),
    "8": frozenset({"D5", "D6"}),
}
"""Claim change reasons of a replacement and of a void, which a bill has among its condition codes."""

CHANGE_REASONS = REASONS["7"] | REASONS["8"]
DURING = frozenset({"74", "76", "77", "M2"})
"""Spans of a part of the bill: another level of care or leave, liability of patient or provider, respite."""

BEFORE = frozenset({"71", "78"})
"""Spans of an earlier stay."""

DIALYSIS = frozenset({"72"})
TREATMENTS = ("082", "083", "084", "085", "088")
ACUTE_INJURY = "84"
SIZES = {"A8": "weight in kilograms", "A9": "height in centimeters"}
DIED_ELSEWHERE, DIED_IN_CARE = "20", ("40", "41", "42")

AT_CENTER: dict[str, Any] = {
    "subscriber": MEDICARE_PATIENT,
    "facility_type": "72",
    "admission": None,
    "lines": (room(revenue_code="0821", procedure="90999", unit="UN", service_date="2026-01-05"),),
}
REPLACED: dict[str, Any] = {
    "subscriber": MEDICARE_PATIENT,
    "frequency": "7",
    "references": ClaimReferences(payer_claim_number="12345678901234"),
}


@final
class ChangeReason(Edit[InstitutionalClaim]):
    """A replacement or void to Medicare does not have the one claim change reason that goes with it.

    Why: the change reason is a condition code: D0 to D4, D7 to D9 or E0 of a replacement (frequency 7), D5 or D6 of a
    void (frequency 8). Medicare returns a bill without one, with several, or with one of the other frequency.
    Fix: add the one that describes the change best; D9 is any other change.
    """

    id, name, snip = "CLM84", "change-reason", 7
    source = manual(1, "130.1.2")
    settings = INSTITUTIONAL
    applies_to = "corrected"
    ack = "A7:460"
    carc, rarc = ("16",), ("M44",)
    passes = (stay("I50.20", **REPLACED, condition_codes=("D1",)), stay("I50.20"))
    fails = (
        stay("I50.20", **REPLACED),
        stay("I50.20", **REPLACED, condition_codes=("D1", "D9")),
        stay("I50.20", **REPLACED, condition_codes=("D5",)),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the reason."""
        due = REASONS.get(claim.frequency)
        if due is None or not context.is_medicare:
            return
        found = [code for code in claim.condition_codes if code in CHANGE_REASONS]
        if len(found) == 1 and found[0] in due:
            return
        what = f"has {' and '.join(found)}" if found else "has none"
        message = f"A bill of frequency {claim.frequency} to Medicare has one claim change reason, condition code {listed(due)}; this one {what}."
        yield self.fail("condition_codes", found[0] if found else None, message)


@final
class SpanOutsideBill(Edit[InstitutionalClaim]):
    """An occurrence span contradicts the dates of the bill.

    Why: spans of leave or another level of care (74), of liability (76, 77) and of respite (M2) are parts of the bill;
    an earlier stay (71, 78) has ended when the patient is admitted.
    Fix: correct the span or the statement dates.
    """

    id, name, snip = "CLM85", "span-outside-bill", 4
    source = manual(25, "75.3")
    settings = INSTITUTIONAL
    requires = ("discharge",)
    applies_to = "occurrence_spans"
    ack = "A7:719"
    carc, rarc = ("16",), ("M46",)
    passes = (
        stay("I50.20", occurrence_spans=(OccurrenceSpan("74", ("2026-01-01", "2026-01-02")),)),
        stay("I50.20", occurrence_spans=(OccurrenceSpan("71", ("2025-12-20", "2025-12-24")),)),
        stay("I50.20", occurrence_spans=(OccurrenceSpan("75", ("2026-02-01", "2026-02-02")),)),
    )
    fails = (
        stay("I50.20", occurrence_spans=(OccurrenceSpan("74", ("2026-01-20", "2026-01-21")),)),
        stay("I50.20", occurrence_spans=(OccurrenceSpan("71", ("2026-01-02", "2026-01-04")),)),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check each span of these codes."""
        begins, ends = first_day(claim.statement_dates), context.day
        admitted = begins if claim.admission is None else plain_day(claim.admission)
        for number, span in enumerate(claim.occurrence_spans):
            if span.code not in DURING | BEFORE:
                continue
            first, last = first_day(span.dates), last_day(span.dates)
            path = f"occurrence_spans[{number}].dates"
            if first is None or last is None or begins is None or ends is None or admitted is None:
                yield self.unchecked(path, span.code, unread(path))
            elif wrong := contradiction(span.code, (first, last), (begins, ends), admitted):
                yield self.fail(path, span.code, wrong)


def contradiction(code: str, span: tuple[date, date], bill: tuple[date, date], admitted: date) -> str | None:
    """Return what is wrong with a span of days, or None."""
    dates = f"Occurrence span {code}, {span[0]} to {span[1]}"
    if code in DURING and not bill[0] <= span[0] <= span[1] <= bill[1]:
        return f"{dates}, is not within the statement dates, {bill[0]} to {bill[1]}."
    if code in BEFORE and span[1] > admitted:
        return f"{dates}, is an earlier stay; the patient was admitted on {admitted}."
    return None


@final
class DialysisWithoutSize(Edit[InstitutionalClaim]):
    """A bill of a dialysis facility does not have the patient's weight and height.

    Why: Medicare adjusts the payment of dialysis by the body's surface, and returns a bill without value codes A8
    (kilograms) and A9 (centimeters). Acute kidney injury (condition code 84) is paid without that.
    Fix: add the value codes.
    """

    id, name, snip = "CLM86", "dialysis-without-size", 7
    source = manual(8, "50.3")
    settings = (Setting.OUTPATIENT,)
    applies_to = "medicare"
    ack = "A7:725"
    carc, rarc = ("16",), ("M49",)
    passes = (
        stay("N18.6", **AT_CENTER, value_codes=(ValueAmount("A8", "75"), ValueAmount("A9", "170"))),
        stay("N18.6", **{**AT_CENTER, "facility_type": "13"}),
        stay("N17.9", **AT_CENTER, condition_codes=("84",)),
    )
    fails = (stay("N18.6", **AT_CENTER, value_codes=(ValueAmount("A9", "170"),)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for both on a bill with treatments."""
        is_treated = any(each.revenue_code.startswith(TREATMENTS) for each in claim.lines)
        if claim.facility_type not in DIALYSIS or not is_treated or ACUTE_INJURY in claim.condition_codes:
            return
        found = {each.code for each in claim.value_codes}
        for code, what in SIZES.items():
            if code not in found:
                yield self.fail("value_codes", code, f"Value code {code}, the patient's {what}, is missing.")


@final
class HospiceDeath(Edit[InstitutionalClaim]):
    """A hospice reports a death by the discharge status of other institutions.

    Why: a patient of a hospice died at home (40), in a facility (41) or at a place unknown (42); 20 is not for hospices.
    Fix: send 40, 41 or 42.
    """

    id, name, snip = "CLM88", "hospice-death", 5
    source = manual(11, "30.3")
    settings = INSTITUTIONAL
    ack = "A7:234"
    carc, rarc = ("16",), ("MA43",)
    passes = (
        stay("C34.91", facility_type="81", discharge_status="40"),
        stay("C34.91", discharge_status="20"),
    )
    fails = (stay("C34.91", facility_type="81", discharge_status="20"),)

    @classmethod
    def concerns_claim(cls, context: Context[InstitutionalClaim], /) -> bool:
        """Whether the patient died in the words of a hospital."""
        return context.institutional is not None and context.institutional.discharge_status == DIED_ELSEWHERE

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare the status with the type of bill."""
        if is_hospice(claim) and claim.discharge_status == DIED_ELSEWHERE:
            fix = Fix(
                "Send 40, 41 or 42.",
                "discharge_status",
                old=DIED_ELSEWHERE,
                options=DIED_IN_CARE,
                kind=FixKind.CHOICE,
            )
            message = f"Discharge status 20 is not for hospices (type of bill 0{claim.facility_type}x); a patient who died has 40, 41 or 42."
            yield self.fail("discharge_status", DIED_ELSEWHERE, message, fix=fix)
