"""Whom a remittance names: who pays, who is paid, patients, rendering providers, payers further on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from medcode.claims.model import Identifier
from medcode.claims.remittance import Delivery, PaidParty, Payee, RemittancePayer, TechnicalContact
from medcode.testing.strategies.codes import npis
from medcode.testing.strategies.parties import addresses, contacts, people, phones
from medcode.testing.strategies.primitives import identifiers, kept, names, one_of, some

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["carriers", "patients", "payees", "remittance_payers", "rendering_providers"]


@kept
def patients() -> SearchStrategy[PaidParty]:
    """Return patients with their member numbers."""
    return st.builds(
        lambda given, member: PaidParty(**given, id=member, id_type="MI"), people(), identifiers()
    )


@kept
def rendering_providers() -> SearchStrategy[PaidParty]:
    """Return rendering providers, persons and organizations."""
    persons = st.builds(lambda given, npi: PaidParty(**given, id=str(npi), id_type="XX"), people(), npis())
    organizations = st.builds(
        lambda name, npi: PaidParty(entity_type="2", organization=name, id=str(npi), id_type="XX"),
        names(60),
        npis(),
    )
    return persons | organizations


@kept
def carriers() -> SearchStrategy[PaidParty]:
    """Return payers that claims are forwarded to."""
    return st.builds(
        lambda name, number: PaidParty(entity_type="2", organization=name, id=number, id_type="PI"),
        names(60),
        identifiers(),
    )


@kept
def websites() -> SearchStrategy[str]:
    """Return addresses on the web."""
    return identifiers(1, 10).map(lambda word: f"WWW.{word}.EXAMPLE.COM")


@st.composite
def remittance_payers(draw: st.DrawFn) -> RemittancePayer:
    """Return payers with an address and a technical contact."""
    more = draw(
        some(
            {
                "id": identifiers(),
                "identifiers": st.builds(Identifier, one_of(("2U", "EO", "NF")), identifiers()).map(
                    lambda each: (each,)
                ),
                "business_contacts": contacts().map(lambda each: (each,)),
                "websites": websites().map(lambda url: (TechnicalContact(url=url),)),
            }
        )
    )
    technical = TechnicalContact(draw(names()), phone=draw(phones()))
    return RemittancePayer(
        organization=draw(names(60)), address=draw(addresses()), technical_contacts=[technical], **more
    )


@st.composite
def payees(draw: st.DrawFn) -> Payee:
    """Return payees with an NPI."""
    more = draw(
        some(
            {
                "address": addresses(),
                "identifiers": st.builds(Identifier, one_of(("TJ", "PQ")), identifiers()).map(
                    lambda each: (each,)
                ),
                "delivery": st.builds(
                    Delivery, method=one_of(("OL", "FT")), name=names(), number=identifiers()
                ),
            }
        )
    )
    return Payee(organization=draw(names(60)), id=str(draw(npis())), id_type="XX", **more)
