"""Every provider on a claim, with its path, whatever its role."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import attrs

from medcode.claims.model.party import Provider

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

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
    for name in names(part.__class__):
        value = getattr(part, name)
        if isinstance(value, Provider):
            yield prefix + name, value


@cache
def names(kind: Hashable) -> tuple[str, ...]:
    """Give the fields of a part whose type is a provider."""
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    return tuple(field.name for field in fields if "Provider" in str(field.type))
