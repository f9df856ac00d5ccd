"""One office visit, right in every way, for tests that change something about it."""

from __future__ import annotations

from datetime import date

from medcode.claims import (
    Address,
    Contact,
    Payer,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Subscriber,
    x12,
)

VISIT = ProfessionalClaim(
    control_number="V1",
    billing_provider=Provider(
        organization="LAKESIDE FAMILY MEDICINE",
        npi="1234567893",
        tax_id="870000002",
        address=Address("100 MAIN ST", "MADISON", "WI", "537031234"),
        contacts=(Contact("OFFICE", phone="6085550100"),),
    ),
    subscriber=Subscriber(
        last_name="DOE",
        first_name="JANE",
        member_id="M1",
        birth_date="1980-02-03",
        sex="F",
        claim_filing="CI",
        address=Address("7 OAK ST", "MADISON", "WI", "53703"),
    ),
    payer=Payer(organization="BLUE PLAN", payer_id="12345"),
    rendering_provider=Provider(last_name="ROE", first_name="ANN", npi="1467890129"),
    diagnoses=["E11.9", "I10"],
    lines=[
        ProfessionalLine(
            procedure="99213", charge="125", service_date=date(2026, 1, 5), diagnosis_pointers=("E11.9",)
        )
    ],
)
ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER")
