"""CLM28 to CLM31, and CLM33: what the type of bill requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.stay import Occurrence
from medcode.edits.base import Edit
from medcode.edits.examples import stay
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "AdmissionType",
    "HourOfNoDischarge",
    "InterimStatus",
    "NoAdmission",
    "RepeatedOccurrence",
]

UNFINISHED = frozenset({"2", "3"})
STILL_THERE = "30"
ADMISSION_TYPES = frozenset("123459")
MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 25"


@final
class InterimStatus(Edit[InstitutionalClaim]):
    """An interim bill says that the patient has left, or a final one that the patient is still there.

    Why: frequencies 2 and 3 are for stays that go on, and status 30 says just that.
    Fix: correct the frequency or the discharge status.
    """

    id, name, snip = "CLM28", "interim-status", 4
    ack = "A7:234"
    carc = ("16",)
    rarc = ("MA43",)
    source = Source("CMS", MANUAL, section="75.2")
    severity = Severity.WARNING
    settings = (Setting.INPATIENT,)
    passes = (stay("I50.20"), stay("I50.20", frequency="2", discharge_status="30"))
    fails = (
        stay("I50.20", frequency="3", admission="2025-12-01"),
        stay("I50.20", frequency="4", admission="2025-12-01", discharge_status="30"),
        stay("I50.20", frequency="1", discharge_status="30"),
    )

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare the two."""
        if claim.frequency in {"1", "4"} | UNFINISHED:
            goes_on = claim.frequency in UNFINISHED
            if goes_on != (claim.discharge_status == STILL_THERE):
                message = f"Frequency {claim.frequency} and discharge status {claim.discharge_status} contradict each other: only interim bills (2, 3) have status 30."
                yield self.fail("discharge_status", claim.discharge_status, message)


@final
class HourOfNoDischarge(Edit[InstitutionalClaim]):
    """An interim bill has an hour of discharge.

    Why: the hour of discharge belongs to final bills.
    Fix: remove it, or correct the frequency.
    """

    id, name, snip = "CLM29", "hour-of-no-discharge", 4
    ack = "A7:233"
    carc = ("16",)
    rarc = ("N50",)
    source = Source("CMS", MANUAL, section="75.2")
    settings = (Setting.INPATIENT,)
    passes = (stay("I50.20", discharge_time="11:00"),)
    fails = (stay("I50.20", frequency="2", discharge_status="30", discharge_time="11:00"),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the hour on an interim bill."""
        if claim.frequency in UNFINISHED and claim.discharge_time is not None:
            yield self.fail(
                "discharge_time",
                None,
                f"An interim bill (frequency {claim.frequency}) must not have an hour of discharge.",
            )


@final
class NoAdmission(Edit[InstitutionalClaim]):
    """A stay has no admission date.

    Why: payment, age and length of stay go by the admission.
    Fix: add the admission date.
    """

    id, name, snip = "CLM30", "no-admission", 4
    ack = "A7:189"
    carc = ("16",)
    rarc = ("MA40",)
    source = Source("X12", "005010X223A2", section="2300 DTP 435")
    settings = (Setting.INPATIENT,)
    segments = frozenset({"DTP"})
    passes = (stay("I50.20"),)
    fails = (stay("I50.20", admission=None),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Look for the date."""
        if claim.admission is None:
            yield self.fail("admission", None, "The bill of a stay needs the admission date.")


@final
class AdmissionType(Edit[InstitutionalClaim]):
    """The type of admission is not valid.

    Why: it is 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma or 9 unknown.
    Fix: send one of them.
    """

    id, name, snip = "CLM31", "admission-type", 5
    ack = "A7:231"
    carc = ("16",)
    rarc = ("MA41",)
    source = Source("CMS", MANUAL, section="75.1")
    settings = INSTITUTIONAL
    passes = (stay("I50.20"),)
    fails = (stay("I50.20", admission_type="7"),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the type, where there is one."""
        kind = claim.admission_type
        if kind is not None and kind not in ADMISSION_TYPES:
            yield self.fail(
                "admission_type", kind, f"{kind} is not a type of admission; use 1, 2, 3, 4, 5 or 9."
            )


@final
class RepeatedOccurrence(Edit[InstitutionalClaim]):
    """An occurrence code is repeated.

    Why: the same code with the same date adds nothing.
    Fix: remove one.
    """

    id, name, snip = "CLM33", "repeated-occurrence", 4
    ack = "A7:719"
    carc = ("16",)
    rarc = ("M45",)
    source = Source("CMS", MANUAL, section="75.3")
    settings = INSTITUTIONAL
    applies_to = "occurrences"
    passes = (stay("I50.20", occurrences=(Occurrence("11", "2026-01-01"), Occurrence("11", "2026-01-02"))),)
    fails = (stay("I50.20", occurrences=(Occurrence("11", "2026-01-01"), Occurrence("11", "2026-01-01"))),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Report each that is equal to one before it."""
        for number, each in enumerate(claim.occurrences):
            if each in claim.occurrences[:number]:
                yield self.fail(
                    f"occurrences[{number}].code",
                    each.code,
                    f"Occurrence code {each.code} is repeated with the same date.",
                )
