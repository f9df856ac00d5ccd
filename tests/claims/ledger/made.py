"""Claims, and answers to them, as small as the guides allow."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

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
from medcode.claims.claim_status import (
    BatchStatus,
    ClaimStatus,
    ProviderStatus,
    Status,
    StatusParty,
    StatusReceiver,
    StatusSource,
)
from medcode.claims.ledger import Ledger
from medcode.claims.remittance import (
    Adjustment,
    ClaimPayment,
    PaidParty,
    Payee,
    Payment,
    PaymentGroup,
    Remittance,
    RemittancePayer,
    ServicePayment,
    TechnicalContact,
)
from medcode.claims.remittance_parts import total

if TYPE_CHECKING:
    from decimal import Decimal

    from medcode.claims import Claim
    from medcode.claims.remittance import (
        ProviderAdjustment,
    )

if TYPE_CHECKING:
    from decimal import Decimal

    from medcode.claims import Claim
    from medcode.claims.ledger import LedgerEntry

CO45 = Adjustment("CO", "45", 30)
PR1 = Adjustment("PR", "1", 10)
SEEN = date(2026, 1, 5)
NPI = "1234567893"
CLINIC = Provider(
    organization="LAKEVIEW CLINIC", npi=NPI, tax_id="123456789", address=Address("1 MAIN ST", "ANYTOWN", "NY", "123450001"),
    contacts=[Contact("BILLING", phone="5555550100")],
)  # fmt: skip
JANE = Subscriber(
    last_name="DOE", first_name="JANE", member_id="W1", birth_date="1970-05-06", sex="F", claim_filing="CI",
    address=Address("2 OAK ST", "ANYTOWN", "NY", "12345"),
)  # fmt: skip
PLAN = Payer(organization="EXAMPLE HEALTH PLAN", payer_id="PLAN1")


def line(code: str = "99213", charge: Any = 100, **more: Any) -> ProfessionalLine:
    return ProfessionalLine(**{"procedure": code, "charge": charge, "service_date": SEEN, **more})


def claim(number: str = "PCN1", *lines: ProfessionalLine, **more: Any) -> ProfessionalClaim:
    values: dict[str, Any] = {
        "control_number": number, "billing_provider": CLINIC, "subscriber": JANE, "payer": PLAN, "diagnoses": ["E11.9"],
        "lines": lines or [line()],
    }  # fmt: skip
    return ProfessionalClaim(**{**values, **more})


def sent(*claims: Claim, number: int = 1, on: date = date(2026, 1, 7), **more: Any) -> str:
    """Write claims as a file; its numbers all follow from one."""
    created = datetime(on.year, on.month, on.day, 9, 30)  # noqa: DTZ001  # as the envelope's
    envelope = x12.Envelope(
        sender="CLINIC",
        receiver="PLAN",
        control_number=number,
        reference=f"BATCH{number}",
        created=created,
        **more,
    )
    return x12.dumps(claims, envelope)


def paid_line(charge: Any = 100, paid: Any = 100, *adjustments: Adjustment, **more: Any) -> ServicePayment:
    values = {
        "procedure": "99213",
        "charge": charge,
        "paid": paid,
        "adjustments": adjustments,
        "service_date": SEEN,
    }
    return ServicePayment(**{**values, **more})


def paid(number: str = "PCN1", *lines: ServicePayment, **more: Any) -> ClaimPayment:
    lines = lines or (paid_line(),)
    share = total(each.amount for one in lines for each in one.adjustments if each.group == "PR")
    values: dict[str, Any] = {
        "control_number": number, "payer_claim_number": "ICN1", "charge": total(each.charge for each in lines),
        "paid": total(each.paid for each in lines), "patient_responsibility": share or None, "lines": lines,
        "patient": PaidParty(last_name="DOE", first_name="JANE", id="W1", id_type="MI"),
    }  # fmt: skip
    return ClaimPayment(**{**values, **more})


def remittance(
    *claims: ClaimPayment, on: date = date(2026, 1, 20), trace: str = "EFT1", adjusted: tuple[ProviderAdjustment, ...] = (), payer: str = "PLAN1"
) -> Remittance:  # fmt: skip
    amount = total(each.paid for each in claims) - total(each.amount for each in adjusted)
    return Remittance(
        payment=Payment(amount=amount, date=on, trace=trace, payer_tax_id="1123456789", method="CHK" if amount else "NON"),
        payer=RemittancePayer(
            organization=f"{payer} HEALTH", id=payer, address=Address("3 ELM ST", "ANYTOWN", "NY", "12345"),
            technical_contacts=[TechnicalContact("HELP DESK", phone="5555550101")],
        ),
        payee=Payee(organization="LAKEVIEW CLINIC", id=NPI, id_type="XX"),
        groups=[PaymentGroup(claims=claims)] if claims else [],
        provider_adjustments=adjusted,
    )  # fmt: skip


def status(
    number: str | None = "PCN1", *statuses: Status, batch: str = "BATCH1", entity: str = "PR", on: date = date(2026, 1, 9), **more: Any
) -> ClaimStatus:  # fmt: skip
    statuses = statuses or (Status("A2", "20", "PR", date=on, action="WQ", charge=100),)
    values: dict[str, Any] = {
        "source": StatusSource(
            entity=entity, organization="EXAMPLE HEALTH PLAN", id="PLAN1", trace="T1", received_date=on, processed_date=on
        ),
        "receiver": StatusReceiver(entity_type="2", organization="LAKEVIEW CLINIC", id="CLINIC", id_type="46"),
        "batch": BatchStatus(
            reference=batch, statuses=[Status("A1", "19", "PR", date=on, action="WQ", charge=100)]
        ),
        "provider": ProviderStatus(party=StatusParty(entity_type="2", organization="LAKEVIEW CLINIC", id=NPI, id_type="XX")),
        "patient": StatusParty(last_name="DOE", first_name="JANE", id="W1", id_type="MI"),
        "control_number": number,
        "statuses": statuses,
        "service_date": SEEN,
    }  # fmt: skip
    return ClaimStatus(**{**values, **more})


def kinds(entry: LedgerEntry) -> list[str]:
    return [str(event.kind) for event in entry.events]


def whole(*amounts: Decimal | None) -> list[int]:
    return [int(each) for each in amounts if each is not None]


def ledger(*sources: Any) -> Ledger:
    made = Ledger()
    made.add(*sources)
    return made
