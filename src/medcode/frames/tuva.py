"""Claims in the layout of Tuva's input layer: `medical_claim`, a row for each line, 148 columns.

What was billed comes from 837 claims; what was paid, allowed and left to the patient from the 835 that answers
them. A claim and a payment belong together by the claim's control number (CLM01, CLP01), their lines by the
line control number and else by their order. What a payer decided on a claim as a whole, or on lines that fit none, is on the
first line, so that the sums are those of the remittance. Payments of one claim add up, reversals count negative.

Source: The Tuva Project 0.18.0, models/input_layer/input_layer__medical_claim.yml (names and types).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medcode.claims.model import InstitutionalClaim
from medcode.claims.model.base import DateRange
from medcode.claims.remittance_parts import total
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.frames.records import dated_claims, to_remittances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medcode.claims.model import Claim, Line
    from medcode.claims.remittance import ClaimPayment, ServicePayment
    from medcode.frames.records import DatedClaim
    from medcode.frames.tables import Tables

__all__ = ["MEDICAL_CLAIM", "medical_claim"]

_WIDE = 25
"""Diagnoses and procedures that have columns."""

_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "time": pa.timestamp("us"),
}


def _columns() -> Iterator[tuple[str, str]]:
    """Yield the names of the columns and what they hold, in Tuva's order."""
    yield "claim_id", "text"
    yield "claim_line_number", "integer"
    yield from ((name, "text") for name in ("claim_type", "person_id", "member_id", "payer", "plan"))
    for name in ("claim_start", "claim_end", "claim_line_start", "claim_line_end", "admission", "discharge"):
        yield f"{name}_date", "date"
    for name in ("admit_source", "admit_type", "discharge_disposition", "place_of_service", "bill_type"):
        yield f"{name}_code", "text"
    yield from ((name, "text") for name in ("drg_code_type", "drg_code", "revenue_center_code"))
    yield "service_unit_quantity", "number"
    yield "hcpcs_code", "text"
    yield from ((f"hcpcs_modifier_{number}", "text") for number in range(1, 6))
    for name in ("rendering_npi", "rendering_tin", "billing_npi", "billing_tin", "facility_npi"):
        yield name, "text"
    yield "paid_date", "date"
    for name in ("paid", "allowed", "charge", "coinsurance", "copayment", "deductible", "total_cost"):
        yield f"{name}_amount", "number"
    yield "diagnosis_code_type", "text"
    yield from ((f"diagnosis_code_{number}", "text") for number in range(1, _WIDE + 1))
    yield from ((f"diagnosis_poa_{number}", "text") for number in range(1, _WIDE + 1))
    yield "procedure_code_type", "text"
    yield from ((f"procedure_code_{number}", "text") for number in range(1, _WIDE + 1))
    yield from ((f"procedure_date_{number}", "date") for number in range(1, _WIDE + 1))
    yield "in_network_flag", "flag"
    yield "data_source", "text"
    yield "file_name", "text"
    yield "file_date", "date"
    yield "ingest_datetime", "time"


MEDICAL_CLAIM = pa.schema([(name, _TYPES[kind]) for name, kind in _columns()])
"""The schema of `medical_claim`."""


def medical_claim(tables: Tables, data_source: str, *, ingested: datetime | None = None) -> pa.Table:
    """Return the claims of tables, with the payments that answer them, as Tuva's `medical_claim`.

    `tables` are those of `read_x12`, of 837 and 835 files alike; without remittances, what was paid is null. Every
    claim has its rows, originals, replacements and voids: Tuva wants final claims, which is for the user to filter by
    `frequency`. `person_id` is the member number, with first name and birth date for a dependent. Raises as `to_claims` does.

    >>> from medcode import frames
    >>> medical_claim(frames.read_x12([]), "demo").num_columns
    148
    """
    payments = _payments(tables) if "remittances" in tables else {}
    common = {"data_source": data_source, "ingest_datetime": ingested}
    rows = [
        {**common, **row}
        for each in dated_claims(tables)
        for row in _rows(each, payments.get(each.claim.control_number, ()))
    ]
    return pa.Table.from_pylist(rows, schema=MEDICAL_CLAIM)


Paid = tuple["ClaimPayment", Any]
"""A claim payment, and the day the money moved."""


def _payments(tables: Tables) -> dict[str, list[Paid]]:
    """Return the payments of each claim by its control number, in order."""
    found: dict[str, list[Paid]] = {}
    for remittance in to_remittances(tables):
        for payment in remittance.claims:
            found.setdefault(payment.control_number, []).append((payment, remittance.payment.date))
    return found


def _rows(each: DatedClaim, paid: Sequence[Paid]) -> Iterator[dict[str, Any]]:
    """Yield the row of each line of a claim."""
    claim = each.claim
    header = {**_header(claim), "file_name": each.file, "file_date": each.made_on, **_codes(claim)}
    amounts = _amounts(claim, paid)
    for number, line in enumerate(claim.lines):
        yield {**header, "claim_line_number": number + 1, **_line(claim, line), **amounts[number]}


def _header(claim: Claim) -> dict[str, Any]:
    """Return what all lines of a claim share."""
    subscriber, biller, patient = claim.subscriber, claim.billing_provider, claim.patient
    person = subscriber.member_id
    if claim.dependent:
        born = patient.birth_date
        own = [person, patient.first_name, born.isoformat() if isinstance(born, date) else None]
        person = claim.dependent.patient_id or "-".join(filter(None, own))
    days = _days(claim)
    return {
        "claim_id": claim.control_number,
        "claim_type": "institutional" if isinstance(claim, InstitutionalClaim) else "professional",
        "person_id": person,
        "member_id": subscriber.member_id,
        "payer": claim.payer.organization,
        "plan": subscriber.group_name,
        "claim_start_date": min(days, default=None),
        "claim_end_date": max(days, default=None),
        "billing_npi": biller.npi,
        "billing_tin": biller.tax_id,
        "facility_npi": claim.service_facility.npi if claim.service_facility else None,
        **(_stay(claim) if isinstance(claim, InstitutionalClaim) else {}),
    }


def _stay(claim: InstitutionalClaim) -> dict[str, Any]:
    facility = claim.service_facility or claim.billing_provider
    found: dict[str, Any] = {
        "bill_type_code": claim.bill_type,
        "admit_source_code": claim.admission_source,
        "admit_type_code": claim.admission_type,
        "discharge_disposition_code": claim.discharge_status,
        "drg_code_type": "ms-drg" if claim.drg else None,
        "drg_code": claim.drg,
        "facility_npi": facility.npi,
    }
    if claim.is_inpatient:
        admitted = claim.admission
        found["admission_date"] = _day(admitted.date() if isinstance(admitted, datetime) else admitted)
        if claim.discharge_status != _STILL_A_PATIENT:
            found["discharge_date"] = max(_span(claim.statement_dates), default=None)
    return found


_STILL_A_PATIENT = "30"


def _line(claim: Claim, line: Line) -> dict[str, Any]:
    """Return what a line says itself, or its claim for it."""
    days = _span(line.service_date) or _days(claim)
    place = getattr(line, "place_of_service", None) or getattr(claim, "place_of_service", None)
    found: dict[str, Any] = {
        "claim_line_start_date": min(days, default=None),
        "claim_line_end_date": max(days, default=None),
        "place_of_service_code": place,
        "revenue_center_code": getattr(line, "revenue_code", None),
        "service_unit_quantity": _number(line.quantity),
        "charge_amount": _number(line.charge),
    }
    if procedure := line.procedure:
        found["hcpcs_code"] = procedure.code
        found |= {f"hcpcs_modifier_{at}": each for at, each in enumerate(procedure.modifiers[:4], 1)}
    rendering = line.rendering_provider or claim.rendering_provider
    if rendering is None and not isinstance(claim, InstitutionalClaim):
        rendering = claim.billing_provider  # named apart only where it is another
    if rendering:
        found |= {"rendering_npi": rendering.npi, "rendering_tin": rendering.tax_id}
    return found


_SETS: Mapping[type, str] = {
    Icd10Cm: "icd-10-cm",
    Icd9Cm: "icd-9-cm",
    Icd10Pcs: "icd-10-pcs",
    Icd9CmProcedure: "icd-9-pcs",
}


def _codes(claim: Claim) -> dict[str, Any]:
    """Return the diagnoses and procedures; codes of other sets, or of none, are left out."""
    found: dict[str, Any] = {}
    diagnoses = [each for each in claim.diagnoses if type(each.code) in _SETS][:_WIDE]
    for number, diagnosis in enumerate(diagnoses, 1):
        found[f"diagnosis_code_{number}"] = diagnosis.code
        found[f"diagnosis_poa_{number}"] = diagnosis.present_on_admission
    if diagnoses:
        found["diagnosis_code_type"] = _SETS[type(diagnoses[0].code)]
    done = claim.procedures if isinstance(claim, InstitutionalClaim) else ()
    procedures = [each for each in done if type(each.code) in _SETS][:_WIDE]
    for number, procedure in enumerate(procedures, 1):
        found[f"procedure_code_{number}"] = procedure.code
        found[f"procedure_date_{number}"] = _day(procedure.date)
    if procedures:
        found["procedure_code_type"] = _SETS[type(procedures[0].code)]
    return found


_AMOUNTS = {
    "paid_amount": "paid",
    "allowed_amount": "allowed",
    "coinsurance_amount": "coinsurance",
    "copayment_amount": "copay",
    "deductible_amount": "deductible",
}
"""Columns, and what a payment or a line of it calls them."""

_COST = ("paid_amount", "coinsurance_amount", "copayment_amount", "deductible_amount")


def _amounts(claim: Claim, paid: Sequence[Paid]) -> list[dict[str, Any]]:
    """Return, for each line, what was paid for it; nothing where no payment is known."""
    if not paid:
        return [{} for _ in claim.lines]
    sums = [dict.fromkeys(_AMOUNTS, Decimal()) for _ in claim.lines]
    for payment, _ in paid:
        rest = {column: total([getattr(payment, name)]) for column, name in _AMOUNTS.items()}
        for at, line in _matched(claim, payment):
            for column, name in _AMOUNTS.items():
                amount = total([getattr(line, name)])
                sums[at][column] += amount
                rest[column] -= amount
        for column, amount in rest.items():
            sums[0][column] += amount
    day = max((each for _, each in paid if isinstance(each, date)), default=None)
    return [
        {
            "paid_date": day,
            **{column: float(amount) for column, amount in each.items()},
            "total_cost_amount": float(sum(each[column] for column in _COST)),
        }
        for each in sums
    ]


def _matched(claim: Claim, payment: ClaimPayment) -> Iterator[tuple[int, ServicePayment]]:
    """Yield the lines of a payment with the index of the claim's line: by control number, else by order."""
    by_number = {line.control_number: at for at, line in enumerate(claim.lines) if line.control_number}
    in_order = len(payment.lines) == len(claim.lines)
    for number, line in enumerate(payment.lines):
        at = by_number.get(line.control_number or "")
        if at is None and in_order and not (line.control_number and by_number):
            at = number
        if at is not None:
            yield at, line


def _days(claim: Claim) -> list[date]:
    """Return the days of a claim: those of its statement or, without one, of its lines."""
    own = _span(getattr(claim, "statement_dates", None) or getattr(claim, "service_date", None))
    return own or [day for line in claim.lines for day in _span(line.service_date)]


def _span(days: Any) -> list[date]:
    if isinstance(days, DateRange):
        return [days.start, days.end]
    return [days] if isinstance(days, date) else []


def _day(day: Any) -> date | None:
    return day if isinstance(day, date) else None


def _number(amount: Any) -> float | None:
    return float(amount) if isinstance(amount, Decimal) else None
