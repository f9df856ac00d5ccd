"""An office visit as an 837P: built, checked and written."""

from datetime import datetime

from medcode import scrub
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

clinic = Provider(
    organization="RIVERBEND FAMILY MEDICINE",
    npi="1467890129",
    tax_id="870000001",
    taxonomy="207Q00000X",
    address=Address("410 RIVER RD", "SPRINGFIELD", "IL", "627010410"),
    contacts=Contact("BILLING OFFICE", phone="2175550134"),
)
claim = ProfessionalClaim(
    control_number="2026-000147",
    billing_provider=clinic,
    subscriber=Subscriber(
        last_name="DOE",
        first_name="JANE",
        birth_date="1961-04-12",
        sex="F",
        member_id="XYZ000123456",
        claim_filing="CI",
        address=Address("77 ELM ST", "SPRINGFIELD", "IL", "627020077"),
    ),
    payer=Payer(organization="PRAIRIE HEALTH PLAN", payer_id="60001"),
    diagnoses=["J02.9"],
    lines=[ProfessionalLine(procedure="99213", charge=125, service_date="2026-11-16")],
)
sent = datetime.fromisoformat("2026-11-17T09:00")
scrub(claim, on=sent.date()).raise_for_errors()
envelope = x12.Envelope(sender="RIVERBEND", receiver="60001", control_number=147, created=sent)
print(x12.dumps([claim], envelope))
