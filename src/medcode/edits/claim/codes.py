"""CLM42, CLM43, CLM45 and CLM77: what a procedure code asks of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.drug import Drug
from medcode.claims.model.procedure import Procedure
from medcode.edits.base import Edit
from medcode.edits.examples import line, room, stay, visit
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
UNDESCRIBED = Procedure("J3490")


@final
class UndescribedService(Edit[Any]):
    """A code that names nothing in particular has no description.

    Why: with a code "not otherwise classified" the payer must read what it was.
    Cure: describe the service or drug on the line.
    """

    id, name, snip = "CLM42", "undescribed-service", 4
    source = Source("X12", "005010X222A1 and 005010X223A2", section="2400 SV101-7 and SV202-7")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    concerns = "unclassified"
    passes = (
        visit(lines=(line("J3490").evolve(procedure=UNDESCRIBED.evolve(description="NEW DRUG 5 MG")),)),
    )
    fails = (
        visit(lines=(line("J3490"),)),
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

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at each line with such a code."""
        for number, each in enumerate(claim.lines):
            procedure = each.procedure
            if procedure and "unclassified" in kinds_of(procedure.code) and not procedure.description:
                message = f"{procedure.code} names nothing in particular; describe the service."
                yield self.fail(f"lines[{number}].procedure.description", procedure.code, message)


@final
class AnesthesiaInUnits(Edit[Any]):
    """Anesthesia is billed in units and not in minutes.

    Why: the time of anesthesia is told in minutes.
    Cure: give the minutes, with unit MJ.
    """

    id, name, snip = "CLM43", "anesthesia-in-units", 5
    source = Source("X12", "005010X222A1", section="2400 SV103")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    concerns = "anesthesia"
    passes = (visit(lines=(line("00142", unit="MJ", quantity=61),)), visit())
    fails = (visit(lines=(line("00142"),)),)

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each line of anesthesia."""
        for service in services(context):
            if "anesthesia" in kinds_of(service.code) and claim.lines[service.number].unit != MINUTES:
                message = f"{service.code} is anesthesia; its time is told in minutes (MJ)."
                yield self.fail(f"lines[{service.number}].unit", service.code, message)


@final
class DrugWithoutNdc(Edit[Any]):
    """A drug is billed by its HCPCS code alone.

    Why: Medicaid plans, and some others, pay a drug only by its national drug code.
    Cure: give the drug code, the quantity and the unit.
    """

    id, name, snip = "CLM45", "drug-without-ndc", 7
    source = Source("HHS", "Social Security Act", section="1927(a)(7)")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    opt_in = True
    concerns = "drug_codes"
    passes = (visit(lines=(line("J1885", drug=Drug("00026063512", "10", "ML")),)), visit())
    fails = (visit(lines=(line("J1885"),)),)

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each line with a code of drugs."""
        for service in services(context):
            if "drug_codes" in kinds_of(service.code) and claim.lines[service.number].drug is None:
                message = f"{service.code} is a drug; its national drug code is missing."
                yield self.fail(f"lines[{service.number}].drug", service.code, message)


@final
class MinutesWithoutAnesthesia(Edit[Any]):
    """A service other than anesthesia is told in minutes.

    Why: minutes are for the time of anesthesia; other services are counted, even those that take time.
    Cure: give the units.
    """

    id, name, snip = "CLM77", "minutes-without-anesthesia", 5
    source = Source("X12", "005010X222A1", section="2400 SV103")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    concerns = "minutes"
    passes = (visit(lines=(line("00142", unit="MJ", quantity=61),)), visit())
    fails = (visit(lines=(line("99213", unit="MJ", quantity=20),)),)

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each line that is told in minutes."""
        for service in services(context):
            if claim.lines[service.number].unit == MINUTES and "anesthesia" not in kinds_of(service.code):
                message = f"{service.code} is no anesthesia; it is counted in units."
                yield self.fail(f"lines[{service.number}].unit", service.code, message)
