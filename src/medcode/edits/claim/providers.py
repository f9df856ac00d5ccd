"""Every provider of a claim with its path, whatever the role."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.base import Part
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["identified", "known_by_number", "parties", "providers"]


PROVIDER, IDENTITY = "Provider", "ProviderIdentity"


def providers(context: Context[Claim]) -> list[tuple[str, Provider]]:
    """Return path and provider, kept with the context: those of the claim, then those of each line."""
    if "providers" not in context.kept:
        context.kept["providers"] = everyone(context.claim)
    return cast("list[tuple[str, Provider]]", context.kept["providers"])


def identified(context: Context[Claim]) -> list[tuple[str, Provider | ProviderIdentity]]:
    """Return path and provider of everyone who may have an NPI: those known by their numbers alone as well."""
    claim = context.claim
    return [*providers(context), *named(claim, IDENTITY, ("lines", "other_payers"))]


def everyone(claim: Claim) -> list[tuple[str, Provider]]:
    """Return the providers of a claim; few lines have one of their own."""
    found = [(name, getattr(claim, name)) for name in set_fields(claim, PROVIDER)]
    return found + named(claim, PROVIDER, ("lines",))


def named(claim: Claim, kind: str, lists: Sequence[str]) -> list[tuple[str, Any]]:
    """Return path and value of the fields of a type that the parts in lists of a claim have."""
    return [
        (f"{name}[{number}].{field}", getattr(part, field))
        for name in lists
        for number, part in enumerate(getattr(claim, name))
        for field in set_fields(part, kind)
    ]


def parties(context: Context[Claim]) -> list[Provider]:
    """Return the providers of a claim and of its lines without their paths, kept with the context."""
    if "parties" not in context.kept:
        parts = (context.claim, *context.claim.lines)
        context.kept["parties"] = [
            getattr(part, name) for part in parts for name in set_fields(part, PROVIDER)
        ]
    return cast("list[Provider]", context.kept["parties"])


def known_by_number(claim: Claim) -> list[ProviderIdentity]:
    """Return those of whom lines and other payers say no more than their numbers."""
    return [
        getattr(part, name)
        for parts in (claim.lines, claim.other_payers)
        for part in parts
        for name in set_fields(part, IDENTITY)
    ]


def set_fields(part: Part, kind: str) -> tuple[str, ...]:
    """Return the fields of a type that are set, in the order of the class: a part keeps no others."""
    return known_fields(cast("Hashable", part.__class__), kind, tuple(part.__dict__))


@lru_cache(maxsize=4096)
def known_fields(of: Hashable, kind: str, there: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names among some that are fields of a type."""
    every = attrs.fields(cast("type[attrs.AttrsInstance]", of))
    return tuple(
        field.name for field in every if field.name in there and re.search(rf"\b{kind}\b", str(field.type))
    )
