"""Every provider on a claim, with its path, whatever its role."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["providers"]


def providers(context: Context) -> tuple[tuple[str, Provider], ...]:
    """Give path and provider, kept with the context: those of the claim, then those of each line."""
    if "providers" not in context.kept:
        context.kept["providers"] = tuple(everyone(context.claim))
    return cast("tuple[tuple[str, Provider], ...]", context.kept["providers"])


def everyone(claim: Any) -> Iterator[tuple[str, Provider]]:
    """Go through the parts that hold providers."""
    yield from held(claim, "")
    for number, line in enumerate(claim.lines):
        yield from held(line, f"lines[{number}].")


def held(part: Any, prefix: str) -> Iterator[tuple[str, Provider]]:
    """Give the providers that a part holds itself."""
    names, values = fields(part.__class__)
    for name, value in zip(names, values(part), strict=True):
        if value is not None:
            yield prefix + name, value


@cache
def fields(kind: Hashable) -> tuple[tuple[str, ...], Callable[[Any], tuple[Provider | None, ...]]]:
    """Give the fields of a part whose type is a provider, and what reads them all."""
    every = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    names = tuple(field.name for field in every if PROVIDER.search(str(field.type)))
    return names, attrgetter(*names)


PROVIDER = re.compile(r"\bProvider\b")
