"""Claims and payments in the layout of Tuva: its columns, and sums that are those of the remittance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from tests.frames.texts import TEXT

from medcode import frames
from medcode.claims.model import (
    Dependent,
    InpatientProcedure,
    InstitutionalClaim,
    InstitutionalLine,
    Provider,
)
from medcode.claims.remittance import Adjustment, ClaimPayment, PaymentGroup, Remittance, ServicePayment
from medcode.claims.x12 import iter_claims
from medcode.codesets.icd9cm import Icd9Cm
from medcode.frames.rows import Rows

TUVA = """
    0.18.0
    claim_id:varchar claim_line_number:integer claim_type:varchar person_id:varchar member_id:varchar
    payer:varchar plan:varchar claim_start_date:date claim_end_date:date claim_line_start_date:date
    claim_line_end_date:date admission_date:date discharge_date:date admit_source_code:varchar
    admit_type_code:varchar discharge_disposition_code:varchar place_of_service_code:varchar
    bill_type_code:varchar drg_code_type:varchar drg_code:varchar revenue_center_code:varchar
    service_unit_quantity:number hcpcs_code:varchar hcpcs_modifier_1:varchar hcpcs_modifier_2:varchar
    hcpcs_modifier_3:varchar hcpcs_modifier_4:varchar hcpcs_modifier_5:varchar rendering_npi:varchar
    rendering_tin:varchar billing_npi:varchar billing_tin:varchar facility_npi:varchar paid_date:date
    paid_amount:float allowed_amount:float charge_amount:float coinsurance_amount:float
    copayment_amount:float deductible_amount:float total_cost_amount:float diagnosis_code_type:varchar
    diagnosis_code_1:varchar diagnosis_code_2:varchar diagnosis_code_3:varchar diagnosis_code_4:varchar
    diagnosis_code_5:varchar diagnosis_code_6:varchar diagnosis_code_7:varchar diagnosis_code_8:varchar
    diagnosis_code_9:varchar diagnosis_code_10:varchar diagnosis_code_11:varchar diagnosis_code_12:varchar
    diagnosis_code_13:varchar diagnosis_code_14:varchar diagnosis_code_15:varchar diagnosis_code_16:varchar
    diagnosis_code_17:varchar diagnosis_code_18:varchar diagnosis_code_19:varchar diagnosis_code_20:varchar
    diagnosis_code_21:varchar diagnosis_code_22:varchar diagnosis_code_23:varchar diagnosis_code_24:varchar
    diagnosis_code_25:varchar diagnosis_poa_1:varchar diagnosis_poa_2:varchar diagnosis_poa_3:varchar
    diagnosis_poa_4:varchar diagnosis_poa_5:varchar diagnosis_poa_6:varchar diagnosis_poa_7:varchar
    diagnosis_poa_8:varchar diagnosis_poa_9:varchar diagnosis_poa_10:varchar diagnosis_poa_11:varchar
    diagnosis_poa_12:varchar diagnosis_poa_13:varchar diagnosis_poa_14:varchar diagnosis_poa_15:varchar
    diagnosis_poa_16:varchar diagnosis_poa_17:varchar diagnosis_poa_18:varchar diagnosis_poa_19:varchar
    diagnosis_poa_20:varchar diagnosis_poa_21:varchar diagnosis_poa_22:varchar diagnosis_poa_23:varchar
    diagnosis_poa_24:varchar diagnosis_poa_25:varchar procedure_code_type:varchar procedure_code_1:varchar
    procedure_code_2:varchar procedure_code_3:varchar procedure_code_4:varchar procedure_code_5:varchar
    procedure_code_6:varchar procedure_code_7:varchar procedure_code_8:varchar procedure_code_9:varchar
    procedure_code_10:varchar procedure_code_11:varchar procedure_code_12:varchar procedure_code_13:varchar
    procedure_code_14:varchar procedure_code_15:varchar procedure_code_16:varchar procedure_code_17:varchar
    procedure_code_18:varchar procedure_code_19:varchar procedure_code_20:varchar procedure_code_21:varchar
    procedure_code_22:varchar procedure_code_23:varchar procedure_code_24:varchar procedure_code_25:varchar
    procedure_date_1:date procedure_date_2:date procedure_date_3:date procedure_date_4:date
    procedure_date_5:date procedure_date_6:date procedure_date_7:date procedure_date_8:date
    procedure_date_9:date procedure_date_10:date procedure_date_11:date procedure_date_12:date
    procedure_date_13:date procedure_date_14:date procedure_date_15:date procedure_date_16:date
    procedure_date_17:date procedure_date_18:date procedure_date_19:date procedure_date_20:date
    procedure_date_21:date procedure_date_22:date procedure_date_23:date procedure_date_24:date
    procedure_date_25:date in_network_flag:boolean data_source:varchar file_name:varchar file_date:date
    ingest_datetime:timestamp"""
"""The columns of `medical_claim` and their types, in the release of Tuva that the first word names."""

ARROW = {
    "varchar": pa.string(), "integer": pa.int64(), "date": pa.date32(), "float": pa.float64(), "number": pa.float64(),
    "boolean": pa.bool_(), "timestamp": pa.timestamp("us"),
}  # fmt: skip
DAY = date(2026, 1, 5)
(SENT,) = iter_claims(TEXT)


def paid(*claims: ClaimPayment, on: date = DAY) -> Remittance:
    from medcode.claims.remittance import Payee, Payment, RemittancePayer

    return Remittance(
        payment=Payment(amount=0, date=on, trace="T", payer_tax_id="1"),
        payer=RemittancePayer(),
        payee=Payee(),
        groups=[PaymentGroup(claims=claims)],
    )


def line(number: str | None, charge: int, amount: int, *shares: Adjustment) -> ServicePayment:
    return ServicePayment(
        control_number=number, procedure="99213", charge=charge, paid=amount, adjustments=shares
    )


def payment(charge: int, amount: int, *lines: ServicePayment, **more: Any) -> ClaimPayment:
    return ClaimPayment(
        control_number=SENT.control_number,
        payer_claim_number="1",
        charge=charge,
        paid=amount,
        lines=lines,
        **more,
    )


def rows(*records: Any) -> list[dict[str, Any]]:
    held = Rows()
    for record in records:
        held.add(record, "a.837", transaction=0)
    ingested = datetime(2026, 2, 1)  # noqa: DTZ001  # as Tuva has it
    found: list[dict[str, Any]] = frames.medical_claim(held.take(), "demo", ingested=ingested).to_pylist()
    return found


def test_the_columns_are_those_of_tuva() -> None:
    version, *columns = TUVA.split()
    named = [tuple(column.split(":")) for column in columns]
    schema = frames.medical_claim(frames.read_x12([]), "demo").schema
    assert len(named) == 148
    assert [(field.name, field.type) for field in schema] == [(name, ARROW[kind]) for name, kind in named]
    assert version in (frames.tuva.__doc__ or "")


def test_a_professional_claim_without_a_payment() -> None:
    first, second = rows(SENT)
    assert {name: value for name, value in second.items() if value is not None} == {
        "claim_id": "C1", "claim_line_number": 2, "claim_type": "professional", "person_id": "M1", "member_id": "M1",
        "payer": "PLAN ONE", "claim_start_date": DAY, "claim_end_date": date(2026, 1, 6),
        "claim_line_start_date": DAY, "claim_line_end_date": date(2026, 1, 6), "place_of_service_code": "11",
        "service_unit_quantity": 1.0, "hcpcs_code": "99214", "rendering_npi": "1234567893",
        "rendering_tin": "123456789", "billing_npi": "1234567893", "billing_tin": "123456789", "charge_amount": 100.0,
        "diagnosis_code_type": "icd-10-cm", "diagnosis_code_1": "J069", "diagnosis_code_2": "I10",
        "data_source": "demo", "file_name": "a.837", "ingest_datetime": datetime(2026, 2, 1),  # noqa: DTZ001  # as given
    }  # fmt: skip
    assert first["claim_line_end_date"] == DAY


def test_an_inpatient_claim_has_its_stay() -> None:
    claim = InstitutionalClaim(
        control_number="I1", billing_provider=SENT.billing_provider, subscriber=SENT.subscriber, payer=SENT.payer,
        facility_type="11", statement_dates=("2014-01-01", "2014-01-05"), discharge_status="01", admission="201401011430",
        admission_type="1", admission_source="1", principal_diagnosis=Icd9Cm("0340"), drg="470",
        principal_procedure=InpatientProcedure("02703DZ", "2014-01-02"), other_procedures=["bad code"],
        lines=[InstitutionalLine(revenue_code="0120", charge="10.50", quantity=4, unit="DA")],
    )  # fmt: skip
    (row,) = rows(claim)
    expected = {
        "claim_type": "institutional", "bill_type_code": "0111", "admission_date": date(2014, 1, 1),
        "discharge_date": date(2014, 1, 5), "drg_code_type": "ms-drg", "drg_code": "470", "diagnosis_code_type": "icd-9-cm",
        "procedure_code_type": "icd-10-pcs", "procedure_code_1": "02703DZ", "procedure_date_1": date(2014, 1, 2),
        "procedure_code_2": None, "revenue_center_code": "0120", "charge_amount": 10.5, "service_unit_quantity": 4.0,
        "claim_line_start_date": date(2014, 1, 1), "place_of_service_code": None, "rendering_npi": None,
        "facility_npi": "1234567893", "hcpcs_code": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    (still,) = rows(
        claim.evolve(discharge_status="30", admission=None, service_facility=Provider(npi="1003000126"))
    )
    assert (still["discharge_date"], still["admission_date"], still["facility_npi"]) == (
        None,
        None,
        "1003000126",
    )
    (clinic,) = rows(claim.evolve(facility_type="13", lines=[claim.lines[0].evolve(charge="1,0")]))
    assert (clinic["admission_date"], clinic["charge_amount"]) == (None, None)


def test_a_claim_without_diagnoses_names_no_code_set() -> None:
    from medcode.claims.model import DentalClaim, DentalLine

    claim = DentalClaim(
        control_number="D1", billing_provider=SENT.billing_provider, subscriber=SENT.subscriber, payer=SENT.payer,
        service_date="2026-01-05", lines=[DentalLine(procedure="D0120", charge=50)],
    )  # fmt: skip
    (row,) = rows(claim)
    assert (row["diagnosis_code_type"], row["claim_start_date"], row["hcpcs_code"]) == (None, DAY, "D0120")


def test_a_dependent_is_another_person() -> None:
    child = Dependent(last_name="DOE", first_name="SAM", birth_date="2015-05-01", relationship="19")
    named = {rows(SENT.evolve(dependent=each))[0]["person_id"] for each in (
        child, child.evolve(birth_date=None), child.evolve(patient_id="P9"),
    )}  # fmt: skip
    assert named == {"M1-SAM-2015-05-01", "M1-SAM", "P9"}


SHARES = (
    Adjustment("PR", "1", 5),
    Adjustment("PR", "2", 3),
    Adjustment("PR", "3", 2),
    Adjustment("CO", "45", 20),
)


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([payment(140, 80, line(None, 40, 10, *SHARES), line(None, 100, 70, Adjustment("CO", "45", 30)))],
         [(10, 20, 5, 3, 2), (70, 70, 0, 0, 0)]),
        ([payment(140, 80, line("B", 100, 70, Adjustment("CO", "45", 30)), line("A", 40, 10, *SHARES))],
         [(10, 20, 5, 3, 2), (70, 70, 0, 0, 0)]),
        ([payment(140, 100, adjustments=[Adjustment("CO", "45", 30), Adjustment("PR", "1", 10)])],
         [(100, 110, 10, 0, 0), (0, 0, 0, 0, 0)]),
        ([payment(140, 80, line("X", 140, 80, Adjustment("CO", "45", 60)))], [(80, 80, 0, 0, 0), (0, 0, 0, 0, 0)]),
        ([payment(140, 80, line("B", 140, 80, Adjustment("CO", "45", 60)), adjustments=[])],
         [(0, 0, 0, 0, 0), (80, 80, 0, 0, 0)]),
        ([payment(140, 80, line(None, 40, 10, *SHARES), line(None, 100, 70, Adjustment("CO", "45", 30))),
          payment(-140, -80, line(None, -40, -10), line(None, -100, -70), status="22"),
          payment(140, 140, line(None, 40, 40), line(None, 100, 100))],
         [(40, 20 - 40 + 40, 5, 3, 2), (100, 70 - 100 + 100, 0, 0, 0)]),
    ],
)  # fmt: skip
def test_what_was_paid_is_on_its_line_and_adds_up(
    payments: list[ClaimPayment], expected: list[tuple[int, ...]]
) -> None:
    claim = SENT
    if any(each.control_number for paid_claim in payments for each in paid_claim.lines):
        numbered = [each.evolve(control_number=number) for each, number in zip(SENT.lines, "AB", strict=True)]
        claim = SENT.evolve(lines=tuple(numbered))
    found = rows(claim, *[paid(each, on=DAY.replace(month=at)) for at, each in enumerate(payments, 1)])
    names = ("paid_amount", "allowed_amount", "deductible_amount", "coinsurance_amount", "copayment_amount")
    assert [tuple(row[name] for name in names) for row in found] == expected
    assert sum(Decimal(row["paid_amount"]) for row in found) == sum(each.paid for each in payments)  # type: ignore[misc]  # all are numbers
    assert {row["paid_date"] for row in found} == {DAY.replace(month=len(payments))}
    for row in found:
        assert row["total_cost_amount"] == sum(row[name] for name in names if name != "allowed_amount")


def test_a_payment_of_another_claim_is_not_taken() -> None:
    (first, _) = rows(SENT, paid(payment(140, 80).evolve(control_number="C2")))
    assert first["paid_amount"] is None
