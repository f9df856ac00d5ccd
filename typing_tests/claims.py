"""What a type checker must say of claims, X12 and edits; run by mypy and pyright, never by Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from medcode.claims import Payer, ProfessionalClaim, ProfessionalLine, Provider, Subscriber, x12
from medcode.claims.model import Claim
from medcode.codesets.base import Malformed
from medcode.codesets.npi import Npi
from medcode.edits import check, explain, select
from medcode.findings import Finding, Location, Outcome, Report, Severity

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
assert_type(explain("ICD01").cure, str)
assert_type(select("SNIP5")[0].id, str)
check("E11.9")  # type: ignore[arg-type]  # a claim is checked, not a code

text = x12.dumps([claim], envelope=x12.Envelope(sender="SUB", receiver="PAYER", control_number=1))
assert_type(text, str)
assert_type(x12.loads(text), x12.Transmission)
assert_type(x12.dumpb(x12.loads(b"")), bytes)
assert_type(x12.iter_claims(Path("claims.837")), Iterator[Claim])
assert_type(x12.validate(text), Report)
