"""Claims of each kind, and what a payer pays for them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.claims.fhir.carin import broken
from tests.history.visits import dental_visit, stay, visit

from medcode.claims import fhir
from medcode.claims.remittance import Adjustment, ClaimPayment, ServicePayment

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = ["CLAIMS", "benefit", "payment"]

CENT = Decimal("0.01")


def payment(claim: Claim, *, by_line: bool = True, **changes: Any) -> ClaimPayment:
    """Pay a claim: ten percent by contract, ten by the patient, of each line or of the whole."""

    def parts(charge: Any) -> dict[str, Any]:
        tenth = (charge / 10).quantize(CENT) if isinstance(charge, Decimal) else Decimal()
        adjusted = [Adjustment("CO", "45", tenth), Adjustment("PR", "1", tenth)] if tenth else []
        return {"charge": charge, "paid": charge - 2 * tenth if tenth else charge, "adjustments": adjusted}

    lines = [
        ServicePayment(
            procedure=line.procedure,
            revenue_code=getattr(line, "revenue_code", None),
            control_number=line.control_number,
            **parts(line.charge),
        )
        for line in claim.lines
    ]
    whole = {"charge": claim.total, "paid": sum((line.paid for line in lines), Decimal())}
    own = whole | {"lines": lines} if by_line else parts(claim.total)
    return ClaimPayment(control_number=claim.control_number, payer_claim_number="ICN1", **(own | changes))


CLAIMS = {
    "professional": visit("1", "2026-01-05", "E11.9"),
    "inpatient": stay(
        "2",
        "2026-01-05",
        "2026-01-09",
        "I50.20",
        admission="2026-01-05",
        admission_type="4",
        admission_source="5",
        principal_procedure={"code": "02703DZ", "date": "2026-01-06"},
    ),
    "outpatient": stay(
        "3", "2026-01-05", "2026-01-05", "I50.20", facility_type="13", reasons_for_visit=["R07.9"]
    ),
    "oral": dental_visit("4", "2026-01-05"),
}


def benefit(claim: Claim, paid: ClaimPayment, **options: Any) -> Any:
    bundle = fhir.explanation_of_benefit(claim, paid, **({"network": "innetwork"} | options))
    assert broken(bundle) == []
    return bundle["entry"][0]["resource"]
