"""An institutional claim as a bill of the outpatient code editor, and the answer with its places."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.model.institutional import TOTAL_LINE
from medcode.edits.days import first_day, last_day
from medcode.edits.oce.bill import BillLine, OutpatientBill
from medcode.edits.oce.routes import NON_OPPS_BILLS, OPPS_BILLS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
    from medcode.edits.oce.bill import OutpatientResult

__all__ = ["Place", "bill_of", "places"]

NON_OPPS_ALONE = NON_OPPS_BILLS - OPPS_BILLS
UNKNOWN_SEX = "U"

REVENUE_EDITS = frozenset({41, 44, 48, 65, 79, 90})
MODIFIER_EDITS = frozenset({22, 37, 60, 70, 74, 101, 102, 103, 104, 114, 120, 122, 123, 126, 130})
UNIT_EDITS = frozenset({17})
CHARGE_EDITS = frozenset({82, 117})
DATE_EDIT = 23


class Place(NamedTuple):
    """An edit at a place of the claim: its path, and the code there if it has one."""

    edit: int
    path: str
    code: str | None
    line: int | None = None


def bill_of(
    claim: InstitutionalClaim, *, opps: bool | None = None, receipt_date: date | None = None
) -> OutpatientBill:
    """Return a claim as the editor takes it.

    Without `opps` the type of bill says whether the outpatient prospective payment system applies: it
    does but for the types that are never paid under it, such as those of a critical access hospital.
    The total that some files carry as a line of revenue code 0001 is no service and left out.
    """
    first, last = first_day(claim.statement_dates), last_day(claim.statement_dates)
    patient = claim.patient
    return OutpatientBill(
        bill_type=f"{claim.facility_type}{claim.frequency}",
        from_date=first,
        through_date=last,
        receipt_date=receipt_date,
        age=patient.age(first) if first else None,
        sex=patient.sex or UNKNOWN_SEX,
        discharge_status=claim.discharge_status,
        opps=claim.facility_type not in NON_OPPS_ALONE if opps is None else opps,
        condition_codes=claim.condition_codes,
        value_codes=tuple((value.code, _cents(value.amount)) for value in claim.value_codes),
        principal=claim.principal_diagnosis.code,
        secondary=tuple(code for _, code in _secondary(claim)),
        reasons_for_visit=claim.reasons_for_visit,
        lines=tuple(_line(line) for _, line in _services(claim)),
    )


def _secondary(claim: InstitutionalClaim) -> Iterator[tuple[str, str]]:
    for field in ("other_diagnoses", "external_causes"):
        for number, diagnosis in enumerate(getattr(claim, field)):
            yield f"{field}[{number}].code", diagnosis.code


def _services(claim: InstitutionalClaim) -> Iterator[tuple[int, InstitutionalLine]]:
    for number, line in enumerate(claim.lines):
        if line.revenue_code != TOTAL_LINE:
            yield number, line


def _cents(value: object) -> str:
    """Return the amount of a value code as the editor reads it, with the point left out."""
    return str(int(value * 100)) if isinstance(value, Decimal) else str(value)


def _line(line: InstitutionalLine) -> BillLine:
    procedure = line.procedure
    return BillLine(
        service_date=first_day(line.service_date),
        revenue_code=line.revenue_code,
        hcpcs=procedure.code if procedure else None,
        units=str(int(line.quantity) if isinstance(line.quantity, Decimal) else line.quantity),
        charge=str(line.charge),
        modifiers=procedure.modifiers if procedure else (),
    )


def places(claim: InstitutionalClaim, result: OutpatientResult) -> Iterator[Place]:
    """Yield each edit of an answer with its place in the claim; those of the claim as a whole come last."""
    diagnoses = [("principal_diagnosis.code", claim.principal_diagnosis.code), *_secondary(claim)]
    reasons = [(f"reasons_for_visit[{number}]", code) for number, code in enumerate(claim.reasons_for_visit)]
    for (path, code), edits in zip(
        (*diagnoses, *reasons), (*result.diagnoses, *result.reasons_for_visit), strict=True
    ):
        for edit in edits:
            yield Place(edit, path, str(code))
    for (number, line), edits in zip(_services(claim), result.lines, strict=True):
        for edit in edits:
            yield Place(edit, f"lines[{number}].{_field(edit, line)}", _code(line), number)
    for edit in result.claim:
        yield Place(edit, CLAIM_PATHS.get(edit, "facility_type"), None)


CLAIM_PATHS = {
    10: "condition_codes",
    23: "statement_dates",
    24: "statement_dates",
    25: "patient.birth_date",
    26: "patient.sex",
    27: "lines",
    29: "principal_diagnosis.code",
    46: "condition_codes",
    88: "lines",
    109: "principal_diagnosis.code",
    190: "lines",
    191: "lines",
}


def _code(line: InstitutionalLine) -> str:
    return str(line.procedure.code) if line.procedure else line.revenue_code


def _field(edit: int, line: InstitutionalLine) -> str:
    """Return the part of a line that an edit is about."""
    if edit == DATE_EDIT:
        return "service_date"
    if line.procedure is None or edit in REVENUE_EDITS:
        return "revenue_code"
    if edit in MODIFIER_EDITS and line.procedure.modifiers:
        return "procedure.modifiers"
    if edit in UNIT_EDITS:
        return "quantity"
    return "charge" if edit in CHARGE_EDITS else "procedure.code"
