"""The codes of a claim of each kind: path, code, set and the number of their line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from medcode.claims.model.claim import ProfessionalClaim
from medcode.codesets.code import Malformed
from medcode.codesets.hcpcs import Hcpcs
from medcode.edits.bills import is_acute_stay, is_hospice
from medcode.edits.claim.addresses import addresses
from medcode.edits.claim.providers import providers
from medcode.edits.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.model.adjudication import LineAdjudication, OtherPayer
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.dental import DentalClaim, DentalLine
    from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
    from medcode.claims.model.line import Line, ProfessionalLine
    from medcode.edits.context import Context

__all__ = [
    "CodeRef",
    "bill_type",
    "countries",
    "discharge_status",
    "drugs",
    "modifiers",
    "path_of",
    "places",
    "procedures",
    "reasons",
    "revenue_codes",
    "taxonomies",
    "uniform_codes",
]


CodeRef: TypeAlias = tuple[str, str, str, int | None]
"""A code of a claim: its field behind the line, or behind the claim; the code; its set; its line from 0, if any."""


def path_of(field: str, line: int | None) -> str:
    """Return the path of a field of the claim or of a line."""
    return field if line is None else f"lines[{line}].{field}"


def procedures(context: Context[Claim]) -> Iterator[CodeRef]:
    """Yield the HCPCS, CPT and CDT codes of a claim: of its lines, and of what else is decided or priced.

    A blank is another edit's.
    """
    claim = context.claim
    for number, code in enumerate(getattr(claim, "anesthesia_procedures", ())):
        if code.strip():
            yield f"anesthesia_procedures[{number}]", code, "hcpcs", None
    for number, line in enumerate(claim.lines):
        for field, qualifier, code in procedures_of(line):
            if code and code.strip() and (isinstance(code, (Hcpcs, Malformed)) or qualifier in QUALIFIERS):
                yield field, code, "cdt" if qualifier == DENTAL else "hcpcs", number


def procedures_of(line: Line) -> list[tuple[str, str | None, str | None]]:
    """Return field, qualifier and code of each procedure that a line names; most name one."""
    done, priced, equipment = line.procedure, line.repricing, getattr(line, "equipment", None)
    found: list[tuple[str, str | None, str | None]] = []
    if done:
        found.append(("procedure.code", done.qualifier, done.code))
    for number, decision in enumerate(line.adjudications):
        if paid := decision.procedure:
            found.append((f"adjudications[{number}].procedure.code", paid.qualifier, paid.code))
    if priced:
        found.append(("repricing.procedure", priced.procedure_qualifier, priced.procedure))
    if equipment:
        found.append(("equipment.procedure", "HC", equipment.procedure))
    return found


QUALIFIERS = frozenset({"HC", "AD"})
"""The qualifiers of codes of HCPCS, CPT and CDT."""

DENTAL = "AD"
"""The qualifier of codes of CDT."""


def modifiers(context: Context[Claim]) -> Iterator[CodeRef]:
    """Yield the modifiers of the lines, and of what other payers decided on them."""
    for number, line in enumerate(context.claim.lines):
        done = [("procedure", line.procedure)]
        done += [
            (f"adjudications[{at}].procedure", each.procedure) for at, each in enumerate(line.adjudications)
        ]
        for field, procedure in done:
            for place, modifier in enumerate(procedure.modifiers if procedure else ()):
                yield f"{field}.modifiers[{place}]", modifier, "modifiers", number


def drugs(context: Context[ProfessionalClaim | InstitutionalClaim]) -> Iterator[CodeRef]:
    """Yield the national drug codes of the lines."""
    lines: Sequence[ProfessionalLine | InstitutionalLine] = context.claim.lines
    for number, line in enumerate(lines):
        if line.drug and line.drug.code_type == "N4":
            yield "drug.code", line.drug.code, "ndc", number


def revenue_codes(context: Context[InstitutionalClaim]) -> Iterator[CodeRef]:
    """Yield the revenue codes of the lines."""
    for number, line in enumerate(context.claim.lines):
        yield "revenue_code", line.revenue_code, "revenue", number


def places(context: Context[ProfessionalClaim | DentalClaim]) -> Iterator[CodeRef]:
    """Yield the place of service of the claim, and of each line that names its own."""
    yield "place_of_service", context.claim.place_of_service, "place_of_service", None
    lines: Sequence[ProfessionalLine | DentalLine] = context.claim.lines
    for number, line in enumerate(lines):
        if line.place_of_service is not None:
            yield "place_of_service", line.place_of_service, "place_of_service", number


def taxonomies(context: Context[Claim]) -> Iterator[CodeRef]:
    """Yield the taxonomy of each provider that has one."""
    for path, provider in providers(context):
        if provider.taxonomy:
            yield f"{path}.taxonomy", provider.taxonomy, "taxonomy", None


def countries(context: Context[Claim]) -> Iterator[CodeRef]:
    """Yield the country of each address that names one."""
    for path, address in addresses(context):
        if address.country:
            yield f"{path}.country", address.country, "country", None


def bill_type(context: Context[InstitutionalClaim]) -> Iterator[CodeRef]:
    """Yield the type of bill."""
    yield "facility_type", context.claim.bill_type, "bill_type", None


def discharge_status(context: Context[InstitutionalClaim]) -> Iterator[CodeRef]:
    """Yield the discharge status of every bill but a hospital stay's, which the Medicare Code Editor judges.

    40 to 42 are for hospices, and 09 for outpatients who were admitted to the same hospital; neither is on the
    editor's list.
    """
    claim = context.claim
    status = claim.discharge_status
    allowed = (status in DIED_AT_HOSPICE and is_hospice(claim)) or (
        status == ADMITTED_HERE and context.setting is Setting.OUTPATIENT
    )
    if not allowed and not is_acute_stay(claim):
        yield "discharge_status", status, "discharge_status", None


DIED_AT_HOSPICE = frozenset({"40", "41", "42"})
ADMITTED_HERE = "09"


def uniform_codes(context: Context[ProfessionalClaim | InstitutionalClaim]) -> Iterator[CodeRef]:
    """Yield the conditions of a claim, and the occurrences, values and the source of admission of an institution."""
    claim = context.claim
    for number, code in enumerate(claim.condition_codes):
        yield f"condition_codes[{number}]", code, "condition_code", None
    if isinstance(claim, ProfessionalClaim):
        return
    for field, kind in OCCURRENCES:
        for number, each in enumerate(getattr(claim, field)):
            yield f"{field}[{number}].code", each.code, kind, None
    if claim.admission_source is not None:
        yield "admission_source", claim.admission_source, "admission_source", None


OCCURRENCES = (
    ("occurrences", "occurrence_code"),
    ("occurrence_spans", "occurrence_code"),
    ("value_codes", "value_code"),
)


def reasons(context: Context[Claim]) -> Iterator[CodeRef]:
    """Yield why other payers paid other than charged, for the claim and by line."""
    claim = context.claim
    decided: list[tuple[str, OtherPayer | LineAdjudication]] = [
        (f"other_payers[{number}]", other) for number, other in enumerate(claim.other_payers)
    ]
    for number, line in enumerate(claim.lines):
        decided += [
            (f"lines[{number}].adjudications[{place}]", each) for place, each in enumerate(line.adjudications)
        ]
    for path, decision in decided:
        for number, each in enumerate(decision.adjustments):
            yield f"{path}.adjustments[{number}].reason", each.reason, "adjustment_reason", None
