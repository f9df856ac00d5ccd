"""CLM66 and CLM67: dates of a claim that are out of order, or after the day it is sent.

Which date must not be after which is a table; an absent date orders nothing.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.dates import ClaimDates
from medcode.claims.model.stay import Occurrence
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.days import first_day, last_day, unread
from medcode.edits.examples import SUBSCRIBER, dental, stay, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DateInFuture", "DatesOutOfOrder"]

ORDER = (
    ("dates.onset", "a service", "The onset is after all services."),
    ("dates.initial_treatment", "a service", "The initial treatment is after all services."),
    ("dates.last_menstrual_period", "a service", "The last menstrual period is after all services."),
    ("dates.accident", "a service", "The accident is after all services."),
    ("dates.admission", "dates.discharge", "The discharge is before the admission."),
    ("dates.admission", "a service", "The admission is after all services."),
    ("dates.last_worked", "dates.return_to_work", "The return to work is before the last day of work."),
    ("first service", "patient.death_date", "A service is after the patient's death."),
    ("patient.birth_date", "patient.death_date", "The patient's death is before the birth."),
)
"""The earlier date, the later one, and the message where the first is after the second."""

PAST = (
    "dates.onset", "dates.initial_treatment", "dates.last_seen", "dates.acute_manifestation",
    "dates.accident", "dates.last_menstrual_period", "dates.last_x_ray", "dates.admission",
    "dates.last_worked", "dates.first_contact", "patient.death_date",
)  # fmt: skip
"""Dates of what has happened; a prescription, a discharge or the return to work may be planned."""


def named(claim: Claim, path: str) -> object:
    """Return the date at a path of the claim."""
    return attrgetter(path)(claim)


def known(claim: Claim, context: Context[Claim]) -> dict[str, date | None]:
    """Return every date of the table that the claim has; "a service" is the last day of all."""
    paths = {path for earlier, later, _ in ORDER for path in (earlier, later) if "." in path}
    days = {path: first_day(named(claim, path)) for path in paths}
    services = [last_day(line.service_date) or context.first_day for line in claim.lines]
    days["a service"] = max(filter(None, services), default=None)
    days["first service"] = min(filter(None, context.line_days), default=None)
    return days


@final
class DatesOutOfOrder(Edit[Claim]):
    """A date is after one that it must precede.

    Why: nobody is discharged before admission, falls ill after the treatment, or is treated after death.
    Fix: correct the date that is wrong.
    """

    id, name, snip = "CLM66", "dates-out-of-order", 4
    ack = "A7:187"
    carc = ("16",)
    rarc = ("MA130",)
    source = Source("X12", "005010X222A1", section="2300 DTP, 2010BA and 2000B PAT06")
    applies_to = "other_days"
    requires = ("day", "days")
    passes = (
        visit(dates=ClaimDates(admission="2026-01-01", discharge="2026-01-06")),
        visit(dates=ClaimDates(onset="2026-01-05")),
    )
    fails = (
        visit(dates=ClaimDates(admission="2026-01-04", discharge="2026-01-03")),
        visit(dates=ClaimDates(onset="2026-01-06")),
        dental(dates=ClaimDates(accident="2026-01-06")),
        visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", death_date="2026-01-04")),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare the dates pair by pair, by the table; of two candidates the one that the claim names is shown."""
        days = known(claim, context)
        for earlier, later, message in ORDER:
            one, two = days[earlier], days[later]
            if one and two and one > two:
                yield self.fail(later if "." in later else earlier, None, message)
        for path in dict.fromkeys(path for earlier, later, _ in ORDER for path in (earlier, later)):
            if "." in path and isinstance(named(claim, path), Malformed):
                yield self.unchecked(path, None, unread(path))


@final
class DateInFuture(Edit[Claim]):
    """The date of a past event is after the day the claim is sent.

    Why: a claim reports what has happened.
    Fix: correct the date.
    """

    id, name, snip = "CLM67", "date-in-future", 4
    ack = "A7:510"
    carc = ("16",)
    rarc = ("MA130",)
    source = Source("X12", "005010X222A1 and 005010X223A2", section="2300 DTP and HI BH")
    applies_to = "other_days"
    passes = (visit(dates=ClaimDates(last_seen="2026-01-05")),)
    fails = (
        visit(dates=ClaimDates(last_seen="2099-01-06")),
        stay("I50.20", occurrences=(Occurrence("11", "2099-01-06"),)),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check the days of the claim, and of an institution's occurrences."""
        stated: list[tuple[str, object]] = [(path, named(claim, path)) for path in PAST]
        happened = context.institutional.occurrences if context.institutional else ()
        stated += [(f"occurrences[{n}].date", each.date) for n, each in enumerate(happened)]
        for path, value in stated:
            day = first_day(value)
            if isinstance(value, Malformed):
                yield self.unchecked(path, None, unread(path))
            elif day and day > context.on:
                yield self.fail(
                    path,
                    None,
                    f"The date of a past event, {day}, is after the day the claim is sent, {context.on}.",
                )
