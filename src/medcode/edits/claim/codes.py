"""CLM42, CLM43, CLM45 and CLM77: what a procedure code requires of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.drug import Drug
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.line import ProfessionalLine
from medcode.claims.model.procedure import Procedure
from medcode.edits.base import Edit
from medcode.edits.examples import dental, filling, line, room, stay, visit
from medcode.edits.kinds import kinds_of
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["AnesthesiaInUnits", "DrugWithoutNdc", "MinutesWithoutAnesthesia", "UndescribedService"]

MINUTES = "MJ"
DAILY_ANESTHESIA = frozenset({"01996"})  # daily hospital management of continuous drug administration
UNDESCRIBED = Procedure("J3490")


DIALYSIS_FACILITY, TREATMENT = "72", "90999"


def is_dialysis(claim: Claim, code: str) -> bool:
    """Whether a code is that of a treatment on a bill of a dialysis facility."""
    return code == TREATMENT and getattr(claim, "facility_type", None) == DIALYSIS_FACILITY


@final
class UndescribedService(Edit[Claim]):
    """An unlisted or unclassified code has no description.

    Why: the payer must read what was done or supplied, for the code does not say it. Of drugs and supplies
    whose descriptor says "not otherwise specified" some payers ask the same. On bills of dialysis facilities (072x)
    90999 stands for each treatment and needs none.
    Fix: describe the service, drug or supply on the line.
    """

    id, name, snip = "CLM42", "undescribed-service", 4
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 items 19 and 24D"
    )
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT, Setting.DENTAL)
    applies_to = ("unlisted", "not_specified")
    ack = "A7:306"
    carc, rarc = ("16",), ("M51", "N350")
    passes = (
        visit(lines=(line("J3490").evolve(procedure=UNDESCRIBED.evolve(description="NEW DRUG 5 MG")),)),
        visit(lines=(line("J9299"),)),
        stay(
            "N18.6",
            facility_type=DIALYSIS_FACILITY,
            lines=(room(revenue_code="0821", procedure=TREATMENT, unit="UN", service_date="2026-01-05"),),
        ),
    )
    fails = (
        visit(lines=(line("J3490"),)),
        dental(lines=(filling(procedure="D2999"),)),
        stay(
            "I50.20",
            facility_type="13",
            admission=None,
            lines=(
                room(),
                room(revenue_code="0636", procedure="J3490", service_date="2026-01-05", charge="9"),
            ),
        ),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with such a code; a note on the line describes it too."""
        for service in services(context):
            each = claim.lines[service.number]
            kinds = kinds_of(service.code) & {"unlisted", "not_specified"}
            note = each.note if isinstance(each, ProfessionalLine) else None
            described = note or (each.procedure and each.procedure.description)
            if not kinds or described or is_dialysis(claim, service.code):
                continue
            path = f"lines[{service.number}].procedure.description"
            if "unlisted" in kinds:
                message = f"{service.code} ({service.line}) is an unlisted or unclassified code; describe what it stands for."
                yield self.fail(path, service.code, message)
            else:
                message = f"{service.code} ({service.line}) is not otherwise specified; some payers ask for a description."
                yield attrs.evolve(self.fail(path, service.code, message), severity=Severity.WARNING)


@final
class AnesthesiaInUnits(Edit[ProfessionalClaim]):
    """Anesthesia is billed in units and not in minutes.

    Why: the time of anesthesia is billed in minutes; only its daily management after a catheter is counted in
    units.
    Fix: bill the minutes, with unit MJ.
    """

    id, name, snip = "CLM43", "anesthesia-in-units", 5
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 12", section="50")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "anesthesia"
    ack = "A7:659"
    carc, rarc = ("16",), ("M53",)
    passes = (
        visit(lines=(line("00142", unit="MJ", quantity=61),)),
        visit(lines=(line("01996"),)),
        visit(),
    )
    fails = (visit(lines=(line("00142"),)),)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each line of anesthesia."""
        for service in services(context):
            unit = claim.lines[service.number].unit
            if is_timed(service.code) and unit != MINUTES:
                message = f"{service.code} ({service.line}) is anesthesia, billed in minutes (unit MJ), not in {unit}."
                yield self.fail(f"lines[{service.number}].unit", service.code, message)


def is_timed(code: str) -> bool:
    """Whether a code is of anesthesia that is billed by its time."""
    return "anesthesia" in kinds_of(code) and code not in DAILY_ANESTHESIA


@final
class DrugWithoutNdc(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A drug is billed by its HCPCS code alone.

    Why: Medicaid plans, and some others, pay a drug only by its national drug code.
    Fix: add the national drug code, its quantity and unit.
    """

    id, name, snip = "CLM45", "drug-without-ndc", 7
    source = Source("HHS", "Social Security Act", section="1927(a)(7)")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    opt_in = True
    applies_to = "drug_codes"
    ack = "A7:218"
    carc, rarc = ("16",), ("M119",)
    passes = (visit(lines=(line("J1885", drug=Drug("00026063512", "10", "ML")),)), visit())
    fails = (visit(lines=(line("J1885"),)),)

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check each line with a code of drugs."""
        for service in services(context):
            if "drug_codes" in kinds_of(service.code) and claim.lines[service.number].drug is None:
                message = f"{service.code} ({service.line}) is a drug; its national drug code is missing."
                yield self.fail(f"lines[{service.number}].drug", service.code, message)


@final
class MinutesWithoutAnesthesia(Edit[ProfessionalClaim]):
    """A service other than timed anesthesia is billed in minutes.

    Why: minutes are for the time of anesthesia; other services are counted in units, even those that take time.
    Fix: bill the units, with unit UN.
    """

    id, name, snip = "CLM77", "minutes-without-anesthesia", 5
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 24G"
    )
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = "minutes"
    ack = "A7:659"
    carc, rarc = ("16",), ("M53",)
    passes = (visit(lines=(line("00142", unit="MJ", quantity=61),)), visit())
    fails = (visit(lines=(line("99213", unit="MJ", quantity=20),)), visit(lines=(line("01996", unit="MJ"),)))

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each line that is billed in minutes."""
        for service in services(context):
            if claim.lines[service.number].unit == MINUTES and not is_timed(service.code):
                message = f"{service.code} ({service.line}) is not timed anesthesia; bill units (UN), not minutes (MJ)."
                yield self.fail(f"lines[{service.number}].unit", service.code, message)
