"""Every address of a claim with its path: of providers, people, payers and ambulance trips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.claim.providers import parties, providers

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Address, Provider
    from medcode.edits.context import Context

__all__ = ["HOME", "addresses", "places"]

HOME = frozenset({None, "US"})
"""Country codes of an address in the United States."""


def addresses(context: Context[Claim]) -> list[tuple[str, Address]]:
    """Return path and address of each, kept with the context."""
    if "addresses" not in context.kept:
        parties = (*providers(context), *others(context.claim))
        found = [(f"{path}.address", party.address) for path, party in parties if party.address]
        context.kept["addresses"] = found + where_to_pay(context.claim.billing_provider)
    return cast("list[tuple[str, Address]]", context.kept["addresses"])


def places(context: Context[Claim]) -> list[Address]:
    """Return the addresses of a claim without their paths, kept with the context."""
    if "places" not in context.kept:
        claim = context.claim
        found = [each.address for each in parties(context) if each.address]
        found += [each.address for _, each in others(claim) if each.address]
        context.kept["places"] = found + [each for _, each in where_to_pay(claim.billing_provider)]
    return cast("list[Address]", context.kept["places"])


def others(claim: Claim) -> list[tuple[str, Any]]:
    """Return everyone but the providers that may have an address."""
    found = [("subscriber", claim.subscriber), ("payer", claim.payer)]
    if claim.dependent:
        found.insert(1, ("dependent", claim.dependent))
    for number, other in enumerate(claim.other_payers):
        found += [
            (f"other_payers[{number}].payer", other.payer),
            (f"other_payers[{number}].subscriber", other.subscriber),
        ]
    if isinstance(claim, ProfessionalClaim):
        trips = [("", claim.ambulance)]
        trips += [(f"lines[{number}].", line.ambulance) for number, line in enumerate(claim.lines)]
        for path, trip in trips:
            for name in ("pick_up", "drop_off") if trip else ():
                if place := getattr(trip, name):
                    found.append((f"{path}ambulance.{name}", place))
    return found


def where_to_pay(billing: Provider) -> list[tuple[str, Address]]:
    """Return the addresses that payments go to."""
    plan = billing.pay_to_plan
    pairs = (
        ("billing_provider.pay_to_address", billing.pay_to_address),
        ("billing_provider.pay_to_plan.address", plan and plan.address),
    )
    return [(path, address) for path, address in pairs if address]
