"""Every address on a claim, with its path: of providers, of people, of payers, of an ambulance trip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from medcode.edits.claim.providers import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.party import Address
    from medcode.edits.context import Context

__all__ = ["HOME", "addresses"]

HOME = frozenset({None, "US"})
"""How an address says that it is in the United States."""


def addresses(context: Context) -> tuple[tuple[str, Address], ...]:
    """Give path and address, kept with the context."""
    if "addresses" not in context.kept:
        parties = (*providers(context), *others(context.claim))
        context.kept["addresses"] = (
            *((f"{path}.address", party.address) for path, party in parties if party.address),
            *where_to_pay(context.claim.billing_provider),
        )
    return cast("tuple[tuple[str, Address], ...]", context.kept["addresses"])


def others(claim: Any) -> Iterator[tuple[str, Any]]:
    """Give everyone and everything but the providers that may have an address."""
    yield "subscriber", claim.subscriber
    if claim.dependent:
        yield "dependent", claim.dependent
    yield "payer", claim.payer
    for number, other in enumerate(claim.other_payers):
        yield f"other_payers[{number}].payer", other.payer
        yield f"other_payers[{number}].subscriber", other.subscriber
    yield from trips(claim, "")
    for number, line in enumerate(claim.lines):
        yield from trips(line, f"lines[{number}].")


def trips(part: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Give the two ends of an ambulance trip."""
    trip = getattr(part, "ambulance", None)
    for name in ("pick_up", "drop_off") if trip else ():
        if place := getattr(trip, name):
            yield f"{prefix}ambulance.{name}", place


def where_to_pay(billing: Any) -> Iterator[tuple[str, Address]]:
    """Give the addresses that payments go to."""
    if billing.pay_to_address:
        yield "billing_provider.pay_to_address", billing.pay_to_address
    if billing.pay_to_plan and billing.pay_to_plan.address:
        yield "billing_provider.pay_to_plan.address", billing.pay_to_plan.address
