"""HIS04 and HIS05: visits of patients who are not new, and visits in the global period of a procedure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, final

import attrs
from dateutil.relativedelta import relativedelta

from medcode.claims.model.claim import ProfessionalClaim
from medcode.codesets.fee_schedule import schedule_of
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.fees.example import EXAMPLE
from medcode.edits.fees.indicators import NO_TABLE
from medcode.edits.history.record import FACE_TO_FACE, PART, VISITS, group_of, practitioner_of
from medcode.edits.kinds import CodeList
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.history.record import Billed
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["NewPatientSeenBefore", "VisitInGlobalPeriod"]

NEW = CodeList("92002 92004 99202-99205 99341 99342 99344 99345 99381-99387")
YEARS = 3


@final
class NewPatientSeenBefore(Edit[ProfessionalClaim]):
    """A visit of a new patient is billed for one whom the practitioner has seen within three years.

    Why: a patient is new who was not seen, face to face, by the practitioner or another of the same group and
    specialty in the three years before.
    Fix: bill the code of an established patient.
    """

    id, name, snip = "HIS04", "new-patient-seen-before", 6
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 12", section="30.6.7.A")
    settings = (Setting.PROFESSIONAL,)
    requires = ("day", "days")
    applies_to = "procedures"
    ack = "A3:454"
    carc, rarc = ("B16",), ()
    over_batch = True
    opt_in = True
    passes = (visit(lines=(line("99203"),)),)
    fails = (
        visit(lines=(line("99213", service_date="2025-06-02"),)),
        visit(lines=(line("99203"),)),
    )

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for the last visit of the same practitioner, else of the same group and specialty."""
        found = context.history.of(context)
        if found is None:
            return
        _, record = found
        for service in services(context):
            if service.code not in NEW:
                continue
            since = service.day - relativedelta(years=YEARS)
            me, group = practitioner_of(claim, service), group_of(claim, service)
            mine = record.last_seen(me, since, service.day)
            seen = mine or record.last_seen(group, since, service.day)
            if seen:
                whom = "the practitioner" if mine else "a practitioner of the group and specialty"
                message = (
                    f"{service.code} ({service.line}) is for a new patient; {whom} saw the patient on "
                    f"{seen.service.day} ({seen.service.code}, {seen.place})."
                )
                finding = self.fail(service.path, service.code, message)
                yield finding if mine else attrs.evolve(finding, severity=Severity.WARNING)


AFTER = {"000": 0, "010": 10, "090": 90}
"""Days after a procedure that its payment includes, by the fee schedule's indicator; of 090 the day before too."""

LONGEST, MAJOR = 90, "090"
NOT_THE_WHOLE = frozenset({"26", "TC", "54", "55", "56", "62", "66", "78", "80", "81", "82", "AS"})
"""Modifiers of a procedure that begins no global period of its practitioner."""

UNRELATED, SEPARATE, DECISION = "24", "25", "57"
RETURNS = frozenset({"58", "78", "79"})


@final
class VisitInGlobalPeriod(Edit[ProfessionalClaim]):
    """A visit or a procedure is billed in the global period of a procedure of the same practitioner.

    Why: the payment of a procedure includes the practitioner's visits of the day and of 10 or 90 days after it,
    and of a major one those of the day before; the fee schedule has the days of each code.
    Fix: remove the visit; if it was unrelated add 24, if separate on the day 25, if it was the decision for major
    surgery 57; a further procedure has 58, 78 or 79.
    """

    id, name, snip = "HIS05", "global-period", 6
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 12", section="40.1 to 40.2"
    )
    settings = (Setting.PROFESSIONAL,)
    requires = ("day", "days")
    applies_to = "procedures"
    ack = "A3:735"
    carc, rarc = ("97",), ("M144",)
    over_batch = True
    opt_in = True
    example_tables = EXAMPLE
    passes = (visit(lines=(line("99213"),)),)
    fails = (
        visit(lines=(line("G0105"),)),
        visit(lines=(line("99213"),)),
    )

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to add the fee schedule if it is missing."""
        return None if tables.fee_schedule else NO_TABLE

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for a procedure of the practitioner whose days a visit, or another procedure, falls in."""
        found = context.history.of(context)
        if found is None:
            return
        order, record = found
        for service in services(context):
            is_visit = service.code in VISITS
            if service.modifiers & (RETURNS | {UNRELATED} | PART):
                continue
            if not is_visit and global_days(service, context) not in AFTER:
                continue
            me = practitioner_of(claim, service)
            for back in range(-1 if is_visit else 1, LONGEST + 1):
                day = service.day - timedelta(days=back)
                group = record.on_day.get((me, day), {})
                operated = any(code in FACE_TO_FACE and code not in VISITS for code, _ in group)
                if operated and not schedule_of(context.tables.fee_schedule, day):
                    message = f"Not checked: no fee schedule covers {day}, when the practitioner operated; add its year."
                    yield self.unchecked(service.path, service.code, message)
                    break
                including = (each for each in group.values() if includes(each, service, back, context))
                surgery = next((each for each in including if back > 0 or each.order != order), None)
                if surgery:  # on one claim, the day itself is a matter of NCCI's pairs
                    yield self._judged(service, surgery, back, context)
                    break

    def _judged(
        self, service: Service, surgery: Billed, back: int, context: Context[ProfessionalClaim]
    ) -> Finding:
        days = global_days(surgery.service, context)
        when = "on the day of" if back == 0 else "on the day before" if back < 0 else f"{back} days after"
        allows = "24 (unrelated)" if back > 0 else "57 (decision for surgery)"
        if service.code not in VISITS:
            allows = "58, 78 or 79"
        elif back == 0 and days != MAJOR:
            allows = "25 (separate)"
        message = (
            f"{service.code} ({service.line}) is {when} {surgery.service.code} of the same practitioner "
            f"({surgery.place}, {surgery.service.day}), whose payment includes it (global days {days}); modifier "
            f"{allows} says why it is paid apart."
        )
        return self.fail(service.path, service.code, message)


def includes(surgery: Billed, service: Service, back: int, context: Context[ProfessionalClaim]) -> bool:
    """Whether the payment of a procedure includes a service of the same practitioner so many days after it."""
    other = surgery.service
    if (service.day - other.day).days != back or other.code in VISITS or other.modifiers & NOT_THE_WHOLE:
        return False
    days = global_days(other, context)
    if days not in AFTER or back > AFTER[days] or (back < 0 and days != MAJOR):
        return False
    allows = {SEPARATE, DECISION} if days == MAJOR else {SEPARATE}
    return back > 0 or not service.modifiers & allows


def global_days(service: Service, context: Context[ProfessionalClaim]) -> str | None:
    """Return the global days of a service by the fee schedule of its day; None where it has none."""
    schedule = schedule_of(context.tables.fee_schedule, service.day)
    found = schedule.get(service.code) if schedule else None
    return found.global_days if found else None
