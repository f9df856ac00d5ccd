"""NBN01 and NBN02: admissions of newborns."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.days import first_day, plain_day
from medcode.edits.examples import SUBSCRIBER, stay
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["NewbornAge", "NewbornSource"]

SOURCE = manual(25, "75.1")
NEWBORN = "4"
BORN_HERE, BORN_ELSEWHERE = "5", "6"
OUTSIDE = ("Z381", "Z384", "Z387")
"""Births outside of a hospital: one child, twins, more."""

OLDEST = 28
BABY = SUBSCRIBER.evolve(birth_date="2025-12-31")


@final
class NewbornSource(Edit[InstitutionalClaim]):
    """The type and the source of a newborn's admission do not go together.

    Why: with type of admission 4 (newborn) the source is 5, born in this hospital, or 6, born elsewhere; with any
    other type the same digits mean a transfer. A birth outside of a hospital (Z38.1, Z38.4, Z38.7) has source 6.
    Fix: use source 5 or 6 with type 4, or correct the type or the diagnosis.
    """

    id, name, snip = "NBN01", "newborn-source", 6
    source = SOURCE
    settings = (Setting.INPATIENT,)
    ack = "A7:229"
    carc, rarc = ("16",), ("MA42",)
    passes = (stay("Z38.00", subscriber=BABY, admission_type="4", admission_source="5"), stay("I50.20"))
    fails = (
        stay("Z38.00", subscriber=BABY, admission_type="4", admission_source="1"),
        stay("Z38.00", subscriber=BABY, admission_type="1", admission_source="1"),
        stay("Z38.1", subscriber=BABY, admission_type="4", admission_source="5"),
    )

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare type, source and a principal diagnosis of birth."""
        kind, come = claim.admission_type, claim.admission_source
        birth = claim.principal_diagnosis.code
        if kind == NEWBORN and come not in {BORN_HERE, BORN_ELSEWHERE}:
            message = f"Type of admission 4 (newborn) goes with source 5 or 6, not {come or 'none'}."
            yield self.fail("admission_source", come, message)
        elif come == BORN_HERE and kind == NEWBORN and birth in OUTSIDE:
            message = f"The principal diagnosis, {getattr(birth, 'dotted', birth)}, is a birth outside of a hospital; its source is 6, not 5."
            yield self.fail("admission_source", come, message)
        elif kind is not None and kind != NEWBORN and birth.startswith("Z38"):
            message = f"The principal diagnosis is a birth in this hospital; its type of admission is 4 (newborn), not {kind}."
            yield self.fail("admission_type", kind, message)


@final
class NewbornAge(Edit[InstitutionalClaim]):
    """A newborn's admission is of a patient who is older than 28 days.

    Why: type of admission 4 is for newborns.
    Fix: correct the type of admission or the birth date.
    """

    id, name, snip = "NBN02", "newborn-age", 6
    source = SOURCE
    settings = (Setting.INPATIENT,)
    requires = ("birth_date",)
    ack = "A7:231"
    carc, rarc = ("16",), ("MA41",)
    passes = (stay("Z38.00", subscriber=BABY, admission_type="4", admission_source="5"),)
    fails = (stay("I50.20", admission_type="4", admission_source="5"),)

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare the admission with the birth."""
        born, admitted = plain_day(claim.patient.birth_date), first_day(claim.admission) or context.first_day
        if claim.admission_type == NEWBORN and born and admitted and (admitted - born).days > OLDEST:
            age = claim.patient.age(admitted)
            old = f"{age} years" if age else f"{(admitted - born).days} days"
            message = f"Type of admission 4 is for newborns; the patient was {old} old on admission."
            yield self.fail("admission_type", NEWBORN, message)
