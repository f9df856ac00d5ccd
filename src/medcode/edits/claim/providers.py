"""Every provider of a claim with its path, whatever the role."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from medcode.claims.model.base import Part
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["providers"]


def providers(context: Context[Claim]) -> list[tuple[str, Provider]]:
    """Return path and provider, kept with the context: those of the claim, then those of each line."""
    if "providers" not in context.kept:
        context.kept["providers"] = everyone(context.claim)
    return cast("list[tuple[str, Provider]]", context.kept["providers"])


def everyone(claim: Claim) -> list[tuple[str, Provider]]:
    """Return the providers of a claim; few lines have one of their own."""
    names, values = fields(cast("Hashable", claim.__class__))
    found = [pair for pair in zip(names, values(claim), strict=True) if pair[1] is not None]
    for number, line in enumerate(claim.lines):
        names, values = fields(cast("Hashable", line.__class__))
        own = values(line)
        if own.count(None) < len(own):
            pairs = zip(names, own, strict=True)
            found += [(f"lines[{number}].{name}", value) for name, value in pairs if value is not None]
    return cast("list[tuple[str, Provider]]", found)


@cache
def fields(kind: Hashable) -> tuple[tuple[str, ...], Callable[[Part], tuple[Provider | None, ...]]]:
    """Return the fields of a part whose type is a provider, and a function that reads them all."""
    every = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    names = tuple(field.name for field in every if PROVIDER.search(str(field.type)))
    return names, attrgetter(*names)


PROVIDER = re.compile(r"\bProvider\b")
