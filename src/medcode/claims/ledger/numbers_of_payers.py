"""The numbers by which one payer knows a claim's providers: the next payer has others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model import Provider

if TYPE_CHECKING:
    from medcode.claims.model import Claim, Identifier, OtherPayer, Payer
    from medcode.claims.model.line import Line

__all__ = ["readdressed", "readdressed_line"]

_OF_ONE_PAYER = {"G2", "LU"}
"""The payer's number of a provider, and that of its location; licenses (0B) and UPINs (1G) are the same for all."""


def readdressed(claim: Claim, planned: OtherPayer | None) -> Claim:
    """Return a claim whose providers have the numbers of the next payer, as far as the claim names any for it.

    Those of the last payer are left out: a loop of another payer holds them only where a provider has no NPI.
    """
    changes: dict[str, Any] = {}
    for name, provider in _providers(claim):
        own = getattr(planned, name, None)
        numbers = own.identifiers if own is not None and name != "billing_provider" else ()
        common = (each for each in provider.identifiers if each.qualifier not in _OF_ONE_PAYER)
        changes[name] = provider.evolve(identifiers=(*common, *numbers))
    return attrs.evolve(claim, **changes)


def readdressed_line(line: Line, payer: Payer, last: Payer) -> Line:
    """Return a line whose providers' numbers name the payer that issued them, if that is not the next one."""
    changes: dict[str, Any] = {
        name: provider.evolve(identifiers=[_issued(each, payer, last) for each in provider.identifiers])
        for name, provider in _providers(line)
    }
    return attrs.evolve(line, **changes)


def _issued(number: Identifier, payer: Payer, last: Payer) -> Identifier:
    if number.qualifier not in _OF_ONE_PAYER:
        return number
    issuer = number.payer_id or last.payer_id
    return number.evolve(payer_id=None if issuer == payer.payer_id else issuer)


def _providers(part: Any) -> list[tuple[str, Provider]]:
    """Return the providers of a claim or line that have numbers, by their fields."""
    found = [(field.name, getattr(part, field.name)) for field in attrs.fields(type(part))]
    return [(name, each) for name, each in found if isinstance(each, Provider) and each.identifiers]
