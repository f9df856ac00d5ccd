"""CLM10 to CLM12, CLM14 and CLM15: impossible dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.base import DateRange
from medcode.claims.model.claim import Claim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.days import first_day, is_inside, last_day, plain_day
from medcode.edits.examples import SUBSCRIBER, dental, line, room, stay, visit
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "FutureService",
    "ImpossibleBirth",
    "LineOutsideStatement",
    "ReversedSpan",
    "ServiceBeforeBirth",
]

OLDEST = 150


@final
class FutureService(Edit[Claim]):
    """A date of service is after the day the claim is sent.

    Why: only care that was rendered can be billed.
    Fix: correct the date, or wait.
    """

    id, name, snip = "CLM10", "future-service", 4
    ack = "A7:187"
    carc = ("110", "16")
    rarc = ("M52",)
    source = Source("Practice", "What payers commonly reject; no guide says so")
    requires = ("days",)
    passes = (visit(),)
    fails = (visit(on="2099-01-05", subscriber=SUBSCRIBER.evolve(birth_date="1990-01-01")),)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check the first day of each line."""
        for number, day in enumerate(context.line_days):
            if day and day > context.on:
                yield self.fail(
                    f"lines[{number}].service_date",
                    None,
                    f"The date of service of line {number + 1}, {day}, is after the day the claim is sent, {context.on}.",
                )


@final
class ServiceBeforeBirth(Edit[Claim]):
    """A date of service is before the patient's birth.

    Why: one of the two dates is wrong.
    Fix: correct the birth date or the date of service.
    """

    id, name, snip = "CLM11", "service-before-birth", 4
    ack = "A7:158:QC"
    carc = ("14",)
    source = Source("X12", "005010X222A1", section="2010CA DMG02, 2400 DTP 472")
    requires = ("day", "days", "birth_date")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL, Setting.OUTPATIENT)
    passes = (visit(),)
    fails = (
        dental(subscriber=SUBSCRIBER.evolve(birth_date="2026-02-01")),
        visit(subscriber=SUBSCRIBER.evolve(birth_date="2026-02-01")),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check the first day of each line."""
        born = plain_day(claim.patient.birth_date)
        for number, day in enumerate(context.line_days):
            if day and born and day < born <= context.on:
                message = (
                    f"The date of service of line {number + 1}, {day}, is before the patient's birth date."
                )
                yield self.fail(f"lines[{number}].service_date", None, message)


@final
class ImpossibleBirth(Edit[Claim]):
    """The patient was born in the future, or more than 150 years ago.

    Why: no patient is that old.
    Fix: correct the birth date.
    """

    id, name, snip = "CLM12", "impossible-birth", 4
    ack = "A7:158:QC"
    carc = ("14",)
    rarc = ("N329",)
    source = Source("X12", "005010X222A1", section="2010CA DMG02")
    requires = ("birth_date",)
    yields_to = ("MCE14",)
    passes = (visit(),)
    fails = (visit(age=160), visit(subscriber=SUBSCRIBER.evolve(birth_date="2099-01-01")))

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare the birth date with the day the claim is sent."""
        age = claim.patient.age(context.on)
        if age is None or age >= OLDEST:
            message = f"The birth date is in the future or {OLDEST} years or more ago."
            yield self.fail("patient.birth_date", None, message)


@final
class LineOutsideStatement(Edit[InstitutionalClaim]):
    """The date of a line is outside of the statement dates.

    Why: the statement's from and through dates enclose all services of an institutional claim.
    Fix: correct the line's date or the statement's.
    """

    id, name, snip = "CLM14", "line-outside-statement", 4
    ack = "A7:187"
    carc = ("16",)
    rarc = ("M52",)
    source = Source("X12", "005010X223A2", section="2300 DTP 434, 2400 DTP 472")
    settings = INSTITUTIONAL
    requires = ("discharge", "days")
    yields_to = ("OCE23",)
    passes = (stay("I50.20", lines=(room(service_date="2026-01-03"),)),)
    fails = (stay("I50.20", lines=(room(service_date="2026-02-03"),)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare both ends of each line with those of the statement."""
        for number, each in enumerate(claim.lines):
            if not is_inside(each.service_date, claim.statement_dates):
                message = f"The date of line {number + 1}, {ends(each.service_date)}, is outside of the statement dates, {ends(claim.statement_dates)}."
                yield self.fail(f"lines[{number}].service_date", None, message)


def ends(value: object) -> str:
    """Return a day, or the first and last day of a span, for a message."""
    first, last = first_day(value), last_day(value)
    return f"{first}" if first == last else f"{first} to {last}"


@final
class ReversedSpan(Edit[Claim]):
    """A date range ends before it begins.

    Why: the from date cannot be after the through date.
    Fix: exchange or correct the two.
    """

    id, name, snip = "CLM15", "reversed-span", 4
    ack = "A7:187"
    carc = ("16",)
    rarc = ("M52",)
    source = Source("X12", "005010X222A1", section="2400 DTP 472")
    requires = ("day", "days")
    applies_to = ("spans", "undated", "statement_dates")
    passes = (visit(lines=(line(service_date=("2026-01-05", "2026-01-06")),)),)
    fails = (visit(lines=(line(service_date=("2026-01-06", "2026-01-05")),)),)

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the span of each line and at the statement's."""
        spans = [(f"lines[{n}].service_date", each.service_date) for n, each in enumerate(claim.lines)]
        for path, span in (*spans, ("statement_dates", getattr(claim, "statement_dates", None))):
            if isinstance(span, DateRange) and span.end < span.start:
                yield self.fail(
                    path, None, f"The date range ends on {span.end}, before it begins on {span.start}."
                )
