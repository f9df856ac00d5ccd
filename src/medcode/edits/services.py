"""The lines of a claim as services: code, modifiers, units, days and practitioner of each.

Who rendered a service is known by the NPI, whatever names, taxonomies or addresses a claim repeats
beside it. Without a rendering provider the billing provider rendered it. On a bill of an institution
all lines are the institution's, except that a critical access hospital of method II (type of bill 85x)
bills its practitioners' services on lines of revenue codes 096x to 098x.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.model.base import ONE, DateRange
from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalLine
from medcode.claims.model.institutional import InstitutionalLine
from medcode.claims.model.line import ProfessionalLine
from medcode.codesets.hcpcs import Hcpcs
from medcode.edits.days import last_day

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.line import Line
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context

__all__ = ["CRITICAL_ACCESS", "PROFESSIONAL_REVENUE", "Service", "key_of", "services", "who"]

CRITICAL_ACCESS = "85"
PROFESSIONAL_REVENUE = ("096", "097", "098")


class Service(NamedTuple):
    """One line with a readable procedure code; `number` counts the lines from 0.

    `modifiers` keep their order, `day` and `last` are the first and last day of the line, and
    `practitioner` identifies who rendered it.
    """

    number: int
    code: Hcpcs
    ordered: tuple[str, ...]
    modifiers: frozenset[str]
    units: Decimal
    day: date
    last: date
    practitioner: str

    @property
    def path(self) -> str:
        """The path of the procedure code."""
        return f"lines[{self.number}].procedure.code"

    @property
    def modifiers_path(self) -> str:
        """The path of the modifiers."""
        return f"lines[{self.number}].procedure.modifiers"

    @property
    def line(self) -> str:
        """The line as billers count, such as `line 1`."""
        return f"line {self.number + 1}"

    @property
    def days(self) -> int:
        """How many days the line covers, at least one."""
        return max(1, (self.last - self.day).days + 1)

    @property
    def daily(self) -> Decimal:
        """The units of one day: of a span the average in whole units, at least one."""
        if self.days == 1 or self.units <= 1:
            return self.units
        return max(ONE, (self.units / self.days).quantize(ONE, ROUND_HALF_UP))

    def meets(self, other: Service) -> bool:
        """Whether two services share a day."""
        return self.day <= other.last and other.day <= self.last

    def is_with(self, other: Service) -> bool:
        """Whether two services share a day and the practitioner."""
        return self.practitioner == other.practitioner and self.meets(other)


def who(provider: Provider | None) -> str:
    """Return what identifies a provider: the NPI, else a payer's number, else the name."""
    if provider is None:
        return ""
    if provider.npi:
        return str(provider.npi)
    numbers = [f"{each.qualifier} {each.value}" for each in provider.identifiers]
    names = (provider.organization, provider.last_name, provider.first_name)
    return numbers[0] if numbers else " ".join(filter(None, names)).upper()


def practitioner(claim: Claim, line: Line, *, institutional: bool) -> str:
    """Return what identifies who rendered a line."""
    if not institutional:
        return who(line.rendering_provider or claim.rendering_provider or claim.billing_provider)
    if (
        isinstance(line, InstitutionalLine)
        and getattr(claim, "facility_type", None) == CRITICAL_ACCESS
        and line.revenue_code.startswith(PROFESSIONAL_REVENUE)
    ):
        return "professional"
    return "facility"


def key_of(claim: Claim, service: Service) -> tuple[object, ...]:
    """Return what makes two lines of one code the same: all but the charge, the units and the days."""
    each = claim.lines[service.number]
    if isinstance(each, InstitutionalLine):
        return service.modifiers, each.revenue_code, each.drug and each.drug.code
    if isinstance(each, ProfessionalLine):
        place = each.place_of_service or (
            claim.place_of_service if isinstance(claim, ProfessionalClaim) else None
        )
        return service.modifiers, place, each.drug and each.drug.code
    assert isinstance(each, DentalLine)  # noqa: S101  # there is no fourth kind
    return service.modifiers, each.teeth, each.oral_cavity


def services(context: Context[Claim]) -> tuple[Service, ...]:
    """Return the services of a claim, kept with the context; a line without a date has that of its claim.

    A claim without any date is judged as of the day it is sent; edits that judge by the day require one.
    """
    if "services" not in context.kept:
        context.kept["services"] = tuple(_services(context))
    kept: tuple[Service, ...] = context.kept["services"]
    return kept


def _services(context: Context[Claim]) -> list[Service]:
    claim, institutional = context.claim, context.is_institutional
    found = []
    for number, (line, known) in enumerate(zip(claim.lines, context.line_days, strict=True)):
        procedure = line.procedure
        if procedure is None or not isinstance(procedure.code, Hcpcs):
            continue
        day = known or context.day or context.on
        last = last_day(line.service_date) if isinstance(line.service_date, DateRange) else None
        found.append(
            Service(
                number,
                procedure.code,
                procedure.modifiers,
                frozenset(procedure.modifiers),
                line.quantity if isinstance(line.quantity, Decimal) else Decimal(0),
                day,
                max(last or day, day),
                practitioner(claim, line, institutional=institutional),
            )
        )
    return found
