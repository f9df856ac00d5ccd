"""CLM59 to CLM62: assignment and signatures on claims to Medicare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.edits.base import Edit
from medcode.edits.claim.certificates import CLIA
from medcode.edits.examples import ATTENDING, MEDICARE_PATIENT, dental, line, visit
from medcode.edits.kinds import kinds_of
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "AcceptedButNotAssigned",
    "AssignmentRefused",
    "LaboratoryAssignmentOnly",
    "NoProviderSignature",
]

MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 1"
ASSIGNED_ALWAYS = frozenset({"laboratory", "drug_codes", "ambulance"})
ACCEPTED, FOR_LABORATORY, REFUSED = "A", "B", "C"


def to_medicare(*codes: str, **changes: Any) -> ProfessionalClaim:
    """Make a visit of a Medicare patient, for the examples."""
    lines = tuple(line(code) for code in codes or ("99213",))
    return visit(subscriber=MEDICARE_PATIENT, lines=lines, **changes)


@final
class AssignmentRefused(Edit[ProfessionalClaim]):
    """Assignment is refused for a service that is paid on assignment alone.

    Why: Medicare pays for clinical laboratory tests, drugs and ambulance trips only on assignment.
    Fix: accept assignment for the claim.
    """

    id, name, snip = "CLM59", "assignment-refused", 7
    ack = "A7:589"
    carc = ("111", "16")
    rarc = ("N71",)
    source = Source("CMS", MANUAL, section="30.3.1")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "medicare"
    passes = (to_medicare("J1885"), to_medicare("99213", accepts_assignment="C"))
    fails = (
        to_medicare("J1885", accepts_assignment="C"),
        to_medicare("80053", accepts_assignment="C", references=CLIA, referring_provider=ATTENDING),
    )

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for such a service on a claim without assignment."""
        if claim.accepts_assignment == REFUSED:
            for service in services(context):
                if kinds_of(service.code) & ASSIGNED_ALWAYS:
                    message = f"{service.code} ({service.line}) is paid only on assignment; the claim refuses it (C). Send A."
                    yield self.fail("accepts_assignment", service.code, message)
                    return


@final
class LaboratoryAssignmentOnly(Edit[ProfessionalClaim]):
    """Assignment is accepted for laboratory tests only, and the claim has none.

    Why: B accepts assignment for the clinical laboratory services of the claim.
    Fix: send A to accept assignment or C to refuse it.
    """

    id, name, snip = "CLM60", "laboratory-assignment-only", 4
    ack = "A7:589"
    carc = ("16",)
    rarc = ("N71",)
    source = Source("X12", "005010X222A1", section="2300 CLM07")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "medicare"
    passes = (
        to_medicare("99213", "80053", accepts_assignment="B", references=CLIA, referring_provider=ATTENDING),
        to_medicare(),
    )
    fails = (to_medicare("99213", accepts_assignment="B"),)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Look for a test."""
        tests = (service for service in services(context) if "laboratory" in kinds_of(service.code))
        if claim.accepts_assignment == FOR_LABORATORY and not any(tests):
            message = "Assignment B is for laboratory tests, and the claim has none; send A or C."
            yield self.fail("accepts_assignment", FOR_LABORATORY, message)


@final
class AcceptedButNotAssigned(Edit[Claim]):
    """The provider accepts assignment, and the patient has not assigned the benefits.

    Why: with assignment the payment goes to the provider, for which the patient must have signed.
    Fix: send benefits assigned (Y) if the patient signed; else do not accept assignment.
    """

    id, name, snip = "CLM61", "accepted-but-not-assigned", 4
    ack = "A7:589"
    carc = ("16",)
    rarc = ("MA130",)
    source = Source("CMS", MANUAL, section="30.3")
    severity = Severity.WARNING
    applies_to = "medicare"
    passes = (to_medicare(), to_medicare(accepts_assignment="C", benefits_assigned="N"))
    fails = (to_medicare(benefits_assigned="N"), to_medicare(benefits_assigned="W"))

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Compare the two."""
        if claim.accepts_assignment == ACCEPTED and claim.benefits_assigned in {"N", "W"}:
            message = "Assignment is accepted (A), but the benefits are not assigned to the provider."
            yield self.fail("benefits_assigned", claim.benefits_assigned, message)


@final
class NoProviderSignature(Edit[ProfessionalClaim | DentalClaim]):
    """The provider's signature is not on file.

    Why: Medicare returns a claim that its provider has not signed, on paper or on file.
    Fix: sign, and send Y.
    """

    id, name, snip = "CLM62", "no-provider-signature", 4
    ack = "A7:466:82"
    carc = ("16",)
    rarc = ("MA81",)
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 31"
    )
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    applies_to = "medicare"
    passes = (to_medicare(),)
    fails = (
        to_medicare(provider_signature="N"),
        dental(subscriber=MEDICARE_PATIENT, provider_signature="N"),
    )

    def check(
        self, claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
    ) -> Iterator[Finding]:
        """Check the indicator."""
        if claim.provider_signature == "N":
            yield self.fail(
                "provider_signature",
                "N",
                "The provider's signature is not on file (N); Medicare returns the claim.",
            )
