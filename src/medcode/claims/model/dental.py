"""Dental claims: what the ADA form and the 837D carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from medcode.claims.model.base import (
    PHI,
    Date,
    Money,
    Part,
    all_of,
    optional_money,
    optional_period,
    parts,
    texts,
)
from medcode.claims.model.claim import Claim
from medcode.claims.model.dates import NO_LINE_DATES, LineDates
from medcode.claims.model.diagnosis import Diagnosis, diagnoses
from medcode.claims.model.line import Line
from medcode.claims.model.party import Provider
from medcode.claims.model.pointer import numbered, pointers
from medcode.claims.model.procedure import Procedure
from medcode.claims.model.supplement import Contract

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DentalClaim", "DentalLine", "Orthodontics", "Tooth", "ToothStatus"]


@attrs.frozen(repr=False, slots=False)
class Tooth(Part):
    """A tooth by its universal number (1 to 32, A to T) and the surfaces treated (B D F I L M O).

    >>> Tooth("12", ["M", "O"])
    Tooth(number='12', surfaces=('M', 'O'))
    """

    number: str
    surfaces: tuple[str, ...] = attrs.field(default=(), converter=texts)


@attrs.frozen(repr=False, slots=False)
class ToothStatus(Part):
    """The status of a tooth: M missing, E to be extracted."""

    number: str
    status: str


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Orthodontics(Part):
    """Orthodontic treatment: months in all, months that remain; `indicator` Y where neither is known."""

    total_months: Money | None = attrs.field(default=None, converter=optional_money)
    remaining_months: Money | None = attrs.field(default=None, converter=optional_money)
    indicator: str | None = None


def dental_procedure(value: Procedure | str) -> Procedure:
    """Take in a procedure, or its CDT code alone."""
    return value if isinstance(value, Procedure) else Procedure(value, qualifier="AD")


def teeth(values: Iterable[Tooth | str]) -> tuple[Tooth, ...]:
    """Take in teeth, or their numbers alone."""
    if isinstance(values, str):
        raise TypeError("teeth are a list, not one text")
    return tuple(value if isinstance(value, Tooth) else Tooth(value) for value in values)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class DentalLine(Line):
    """One dental service.

    `oral_cavity` holds area codes (00 whole mouth, 01 upper and 02 lower arch, 10 to 40 quadrants,
    L R). `prosthesis` is I initial placement or R replacement of a crown, inlay or denture.
    `quantity` is given where the procedure was done more than once.
    `place_of_service` and the providers are given only where they differ from the claim's.
    """

    procedure: Procedure = attrs.field(converter=dental_procedure)
    teeth: tuple[Tooth, ...] = attrs.field(default=(), converter=teeth)
    oral_cavity: tuple[str, ...] = attrs.field(default=(), converter=texts)
    prosthesis: str | None = None
    quantity: Money | None = attrs.field(default=None, converter=optional_money)
    place_of_service: str | None = None
    diagnosis_pointers: tuple[int | str, ...] = attrs.field(default=(), converter=pointers)
    dates: LineDates = NO_LINE_DATES
    contract: Contract | None = None
    sales_tax: Money | None = attrs.field(default=None, converter=optional_money)
    file_information: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    assistant_surgeon: Provider | None = None
    supervising_provider: Provider | None = None
    service_facility: Provider | None = None


def lines(values: Iterable[DentalLine]) -> tuple[DentalLine, ...]:
    """Take in dental services, in claim order."""
    return all_of(DentalLine, values)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class DentalClaim(Claim):
    """A dental claim: what the ADA form and the 837D carry.

    `service_date` is the day of all lines that name none. `special_program` is 01 EPSDT, 02 physically handicapped
    children, 03 special federal funding, 05 disability. `patient_paid` is in US dollars.
    """

    guide: ClassVar[str] = "005010X224A2"

    place_of_service: str = "11"
    service_date: Date | None = attrs.field(default=None, converter=optional_period, metadata=PHI)
    diagnoses: tuple[Diagnosis, ...] = attrs.field(default=(), converter=diagnoses)
    lines: tuple[DentalLine, ...] = attrs.field(converter=lines)
    provider_signature: str | None = "Y"
    special_program: str | None = None
    orthodontics: Orthodontics | None = None
    tooth_status: tuple[ToothStatus, ...] = attrs.field(default=(), converter=parts)
    patient_paid: Money | None = attrs.field(default=None, converter=optional_money)
    notes: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    primary_care_provider: Provider | None = None
    assistant_surgeon: Provider | None = None
    supervising_provider: Provider | None = None

    def __attrs_post_init__(self) -> None:
        """Turn pointers that are given as codes into numbers; what was read has no others."""
        super().__attrs_post_init__()
        object.__setattr__(self, "lines", numbered(self.lines, self.diagnoses))
