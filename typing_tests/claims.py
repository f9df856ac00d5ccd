"""What a type checker must say of claims, X12 and edits; run by mypy and pyright, never by Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from hypothesis.strategies import SearchStrategy

from medcode.claims import (
    DentalClaim,
    DentalLine,
    InstitutionalClaim,
    InstitutionalLine,
    Payer,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Snodent,
    Subscriber,
    x12,
)
from medcode.claims.balance import Balance, claim_balance, line_balance
from medcode.claims.model import (
    Adjustment,
    Claim,
    Dependent,
    Diagnosis,
    InpatientProcedure,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    Tooth,
)
from medcode.claims.submission import Submission
from medcode.codesets.base import Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.npi import Npi
from medcode.edits import check, explain, select
from medcode.findings import Finding, Location, Outcome, Report, Severity
from medcode.testing import strategies

line = ProfessionalLine(procedure="99213", charge="125.50", service_date=date(2026, 1, 5))
claim = ProfessionalClaim(
    control_number="1",
    billing_provider=Provider(organization="EXAMPLE CLINIC", npi="1234567893"),
    subscriber=Subscriber(last_name="DOE"),
    payer=Payer(organization="EXAMPLE PAYER"),
    diagnoses=["E11.9"],
    lines=[line],
)
assert_type(line.charge, Decimal | Malformed)  # a wrong amount is held, so every reader must meet it
assert_type(claim.billing_provider.npi, Npi | Malformed | None)
assert_type(claim.lines, tuple[ProfessionalLine, ...])
assert_type(claim.total, Decimal)
assert_type(claim.evolve(place_of_service="02"), ProfessionalClaim)
claim.place_of_service = "02"  # type: ignore[misc]  # a claim does not change
ProfessionalLine(procedure="99213", charge=125.5)  # type: ignore[arg-type]  # money is never a float

report = check(claim, select=("ICD",), on=date(2026, 1, 6))
assert_type(report, Report)
assert_type(report.ok, bool)
for finding in report:
    assert_type(finding, Finding)
    assert_type(finding.severity, Severity)
    assert_type(finding.outcome, Outcome)
    assert_type(finding.location, Location)
    assert_type(finding.code, str | None)
assert_type(explain("ICD01").fix, str)
assert_type(select("SNIP5")[0].id, str)
check("E11.9")  # type: ignore[arg-type]  # a claim is checked, not a code

text = x12.dumps([claim], envelope=x12.Envelope(sender="SUB", receiver="PAYER", control_number=1))
assert_type(text, str)
assert_type(x12.loads(text), x12.Transmission)
assert_type(x12.dumpb(x12.loads(b"")), bytes)
assert_type(x12.iter_claims(Path("claims.837")), Iterator[Claim])
assert_type(x12.validate(text), Report)

stay = InstitutionalClaim(
    control_number="2",
    billing_provider=claim.billing_provider,
    subscriber=claim.subscriber,
    payer=claim.payer,
    facility_type="11",
    statement_dates=("2026-01-05", date(2026, 1, 9)),
    admission="2026-01-05T14:30",
    discharge_status="01",
    principal_diagnosis=Diagnosis("I21.4", present_on_admission="Y"),
    other_diagnoses=["E11.65", Diagnosis("I10")],
    admitting_diagnosis="R07.9",
    principal_procedure=InpatientProcedure("02703DZ", "2026-01-06"),
    other_procedures=["4A023N7"],
    lines=[InstitutionalLine(revenue_code="0120", charge=5200, quantity=4, unit="DA")],
)
assert_type(stay.bill_type, str)
assert_type(stay.diagnoses, tuple[Diagnosis, ...])
assert_type(stay.procedures, tuple[InpatientProcedure, ...])
assert_type(stay.patient, Subscriber | Dependent)
assert_type(stay.patient.age(date(2026, 1, 5)), int | None)
InstitutionalLine(charge=5200)  # type: ignore[call-arg]  # a revenue line has a revenue code
_ = stay.place_of_service  # type: ignore[attr-defined]  # a stay has a type of bill instead

dental = DentalClaim(
    control_number="3",
    billing_provider=claim.billing_provider,
    subscriber=claim.subscriber,
    payer=claim.payer,
    lines=[DentalLine(procedure="D2150", charge="180", teeth=["14", Tooth("12", ["M", "O"])])],
)
assert_type(dental.lines[0].teeth, tuple[Tooth, ...])
DentalClaim(  # type: ignore[call-arg]  # a claim has a number of its own
    billing_provider=claim.billing_provider, subscriber=claim.subscriber, payer=claim.payer, lines=()
)

Diagnosis(Icd9Cm("250.00"))
Diagnosis(25000)  # type: ignore[arg-type]  # a code is text
Diagnosis("E11.9", "Y")  # type: ignore[call-arg]  # what is seldom given is given by its name
claim.lines.append(line)  # type: ignore[attr-defined]  # lines are a tuple
Subscriber(last_name="DOE", birth_date=19800501)  # type: ignore[arg-type]  # a day is a date or a text

decision = LineAdjudication(payer_id="F1", paid="80", adjustments=[Adjustment("CO", "45", "20")])
first = OtherPayer(payer=claim.payer, subscriber=OtherSubscriber(last_name="DOE"), paid=80)
assert_type(line_balance(line, decision), Balance | None)
assert_type(claim_balance(claim, first), Balance | None)
_ = claim_balance(claim, first).holds  # type: ignore[union-attr]  # an equation may not apply
Adjustment("CO", "45")  # type: ignore[call-arg]  # an adjustment has its amount

assert_type(Submission([claim, stay, dental]).claims, tuple[Claim, ...])
assert_type(x12.dumps([claim, stay, dental]), str)
assert_type(strategies.professional_claims(valid_on=date(2026, 1, 5)), SearchStrategy[ProfessionalClaim])
assert_type(strategies.dental_claims(date(2026, 1, 5)), SearchStrategy[DentalClaim])
assert_type(strategies.institutional_claims(date(2026, 1, 5)), SearchStrategy[InstitutionalClaim])
assert_type(strategies.claims(broken="CLM02"), SearchStrategy[Claim])
assert_type(strategies.interchanges(date(2026, 1, 5), most=2), SearchStrategy[str])
strategies.professional_claims(valid_on="2026-01-05")  # type: ignore[arg-type]  # a day is a date

ProfessionalClaim(
    control_number="4",
    billing_provider=claim.billing_provider,
    subscriber=claim.subscriber,
    payer=claim.payer,
    diagnoses=["E11.9"],
    lines=[line],
    attachments=["nonsense"],  # type: ignore[list-item]  # an attachment is an Attachment
    other_payers=[1],  # type: ignore[list-item]  # another payer is an OtherPayer
)
claim.evolve(diagnosis=["E11.9"])  # type: ignore[call-arg]  # the field is called diagnoses
claim.evolve(other_payers=["FIRST"])  # type: ignore[list-item]  # and holds other payers
line.evolve(modifiers=["25"])  # type: ignore[call-arg]  # modifiers belong to the procedure
assert_type(claim.evolve(diagnoses=["E11.9", "I10"]), ProfessionalClaim)
assert_type(line.evolve(charge=80), ProfessionalLine)
for each in x12.iter_claims("claims.837"):
    assert_type(each.diagnoses, tuple[Diagnosis, ...])  # whatever kind of claim it is
    assert_type(each.diagnoses[0].code, Icd10Cm | Icd9Cm | Snodent | Malformed)
    assert_type(each.evolve(frequency="7"), Claim)
