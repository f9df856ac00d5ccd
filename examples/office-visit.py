"""A one-line office visit as an 837P, in under 600 characters of Python."""

from medcode.claims import Address, Contact, Payer, ProfessionalClaim, ProfessionalLine, Provider, Subscriber, x12

clinic = Provider(
    organization="RIVERBEND FAMILY MEDICINE",
    npi="1467890129",
    tax_id="870000001",
    address=Address("410 RIVER RD", "SPRINGFIELD", "IL", "627010410"),
    contacts=Contact("BILLING", phone="2175550134"),
)
claim = ProfessionalClaim(
    control_number="147",
    billing_provider=clinic,
    subscriber=Subscriber(
        last_name="DOE",
        first_name="JANE",
        birth_date="1961-04-12",
        sex="F",
        member_id="XYZ1",
        claim_filing="CI",
        address=Address("77 ELM ST", "SPRINGFIELD", "IL", "62702"),
    ),
    payer=Payer(organization="PRAIRIE HEALTH", payer_id="60001"),
    diagnoses=["J02.9"],
    lines=[ProfessionalLine(procedure="99213", charge=125, service_date="2026-11-16")],
)
print(x12.dumps([claim]))
