"""The parties that answers name, taken from the claims: patient, provider, payer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.model import Address
from medcode.claims.remittance import PaidParty, Payee, RemittancePayer, TechnicalContact
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from medcode.claims.model import Claim, Named, Payer, Provider

__all__ = ["named", "number_of_provider", "patient", "payee", "remittance_payer"]

_NO_ADDRESS = Address("1 PAYER PLAZA", "ANYTOWN", "NY", "100010000")
_UNKNOWN_TAX_ID = "999999999"
_LENGTHS = {"organization": 60, "last_name": 60, "first_name": 35, "middle_name": 25, "suffix": 10}


def named(person: Named) -> dict[str, Any]:
    """Return the name of somebody as the parts of answers hold one."""
    if not person.is_person:
        return {
            "entity_type": "2",
            "organization": (person.organization or "UNKNOWN")[: _LENGTHS["organization"]],
        }
    values = {name: getattr(person, name, None) for name in _LENGTHS if name != "organization"}
    return {"entity_type": "1", **{name: text[: _LENGTHS[name]] for name, text in values.items() if text}}


def patient(claim: Claim) -> PaidParty:
    """Return the patient, with the subscriber's member number."""
    member = claim.subscriber.member_id
    identity = {"id": member, "id_type": "MI"} if member else {}
    return PaidParty(**{**named(claim.patient), "entity_type": "1", **identity})


def number_of_provider(provider: Provider) -> tuple[str, str]:
    """Return a number of a provider and its kind: the NPI (XX) if it is valid, else the tax number (FI)."""
    if isinstance(provider.npi, Npi):
        return str(provider.npi), "XX"
    return provider.tax_id or _UNKNOWN_TAX_ID, "FI"


def payee(provider: Provider) -> Payee:
    """Return the billing provider as the one who is paid."""
    number, kind = number_of_provider(provider)
    name = provider.organization or " ".join(filter(None, (provider.last_name, provider.first_name)))
    return Payee(organization=(name or "UNKNOWN")[: _LENGTHS["organization"]], id=number, id_type=kind)


def remittance_payer(payer: Payer) -> RemittancePayer:
    """Return the payer of claims as the one who pays."""
    address = payer.address
    whole = address if address and address.line1 and address.city else _NO_ADDRESS
    number: dict[str, Any] = (
        {"id": payer.payer_id, "id_type": "XV"} if payer.payer_id_type == "XV" and payer.payer_id else {}
    )
    return RemittancePayer(
        organization=(payer.organization or "PAYER")[: _LENGTHS["organization"]],
        address=whole,
        technical_contacts=[TechnicalContact("EDI HELP DESK", phone="5555550100")],
        **number,
    )
