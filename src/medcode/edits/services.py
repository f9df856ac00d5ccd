"""The lines of a claim as services: each with its code, modifiers, units, day and who gave it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.model.base import ONE, DateRange
from medcode.codesets.code import Malformed

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["Service", "services"]


class Service(NamedTuple):
    """One line with a readable procedure code; `number` counts the lines from 0, `days` those of its span."""

    number: int
    code: str
    modifiers: frozenset[str]
    units: Decimal
    day: date
    provider: Provider | None
    days: int = 1

    @property
    def path(self) -> str:
        """Where the procedure code stands."""
        return f"lines[{self.number}].procedure.code"

    @property
    def daily(self) -> Decimal:
        """The units of one day: of a span the average in whole units, at least one."""
        if self.days == 1 or self.units <= 1:
            return self.units
        return max(ONE, (self.units / self.days).quantize(ONE, ROUND_HALF_UP))

    def is_with(self, other: Service) -> bool:
        """Say whether another service is of the same day and the same practitioner."""
        return self.day == other.day and (self.provider is other.provider or self.provider == other.provider)


def services(context: Context) -> tuple[Service, ...]:
    """Give the services of a claim, kept with the context; a line without a day has that of its claim.

    A claim without any is as of the day it is sent; edits that judge by the day need one.
    """
    if "services" not in context.kept:
        claim = context.claim
        context.kept["services"] = tuple(
            Service(
                number,
                procedure.code,
                frozenset(procedure.modifiers),
                line.quantity if isinstance(line.quantity, Decimal) else Decimal(0),
                day or context.day or context.on,
                line.rendering_provider or claim.rendering_provider,
                days_of(line.service_date),
            )
            for number, (line, day) in enumerate(zip(claim.lines, context.line_days, strict=True))
            if (procedure := line.procedure) and not isinstance(procedure.code, Malformed)
        )
    kept: tuple[Service, ...] = context.kept["services"]
    return kept


def days_of(told: object) -> int:
    """Count the days of a span; one where there is no span, or it runs backwards."""
    return max(1, told.days) if isinstance(told, DateRange) else 1
