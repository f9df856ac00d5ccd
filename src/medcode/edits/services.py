"""The lines of a claim as services: each with its code, modifiers, units, day and who gave it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcode.codesets.code import Malformed

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["Service", "services"]


class Service(NamedTuple):
    """One line with a readable procedure code; `number` counts the lines from 0."""

    number: int
    code: str
    modifiers: frozenset[str]
    units: Decimal
    day: date
    provider: Provider | None

    @property
    def path(self) -> str:
        """Where the procedure code stands."""
        return f"lines[{self.number}].procedure.code"

    def is_with(self, other: Service) -> bool:
        """Say whether another service is of the same day and the same practitioner."""
        return self.day == other.day and (self.provider is other.provider or self.provider == other.provider)


def services(context: Context) -> tuple[Service, ...]:
    """Give the services of a claim, kept with the context; a line without a day has that of its claim."""
    if "services" not in context.kept:
        claim = context.claim
        context.kept["services"] = tuple(
            Service(
                number,
                procedure.code,
                frozenset(procedure.modifiers),
                line.quantity if isinstance(line.quantity, Decimal) else Decimal(0),
                on,
                line.rendering_provider or claim.rendering_provider,
            )
            for number, (line, day) in enumerate(zip(claim.lines, context.line_days, strict=True))
            if (on := day or context.day)
            and (procedure := line.procedure)
            and not isinstance(procedure.code, Malformed)
        )
    kept: tuple[Service, ...] = context.kept["services"]
    return kept
