"""Every provider of a claim with its path, whatever the role."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.base import Part
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["identified", "providers"]


PROVIDER = re.compile(r"\bProvider\b")
IDENTITY = re.compile(r"\bProviderIdentity\b")


def providers(context: Context[Claim]) -> list[tuple[str, Provider]]:
    """Return path and provider, kept with the context: those of the claim, then those of each line."""
    if "providers" not in context.kept:
        context.kept["providers"] = everyone(context.claim)
    return cast("list[tuple[str, Provider]]", context.kept["providers"])


def identified(context: Context[Claim]) -> Iterator[tuple[str, Provider | ProviderIdentity]]:
    """Yield path and provider of everyone who may have an NPI: those known by their numbers alone as well."""
    yield from providers(context)
    claim = context.claim
    around: list[tuple[str, Part]] = [(f"lines[{number}]", line) for number, line in enumerate(claim.lines)]
    around += [(f"other_payers[{number}]", other) for number, other in enumerate(claim.other_payers)]
    for path, part in around:
        names, values = fields(cast("Hashable", part.__class__), IDENTITY)
        pairs = zip(names, values(part), strict=True)
        yield from ((f"{path}.{name}", each) for name, each in pairs if each is not None)


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
def fields(
    kind: Hashable, which: re.Pattern[str] = PROVIDER
) -> tuple[tuple[str, ...], Callable[[Part], tuple[Provider | None, ...]]]:
    """Return the fields of a part whose type is a provider, and a function that reads them all."""
    every = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    names = tuple(field.name for field in every if which.search(str(field.type)))
    if len(names) == 1:
        return names, lambda part: (getattr(part, names[0]),)
    return names, attrgetter(*names) if names else lambda _part: ()
