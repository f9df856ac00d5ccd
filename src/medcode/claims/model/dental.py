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
    part,
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
    from typing import Self, Unpack

    from medcode.claims.model.changes import DentalClaimChanges, DentalLineChanges

__all__ = ["DentalClaim", "DentalLine", "Orthodontics", "Tooth", "ToothStatus"]


@part
class Tooth(Part):
    """A tooth by its universal number (1 to 32, A to T) and the surfaces treated (B D F I L M O).

    >>> Tooth("12", ["M", "O"])
    Tooth(number='12', surfaces=('M', 'O'))
    """

    number: str
    surfaces: tuple[str, ...] = attrs.field(default=(), converter=texts)


@part
class ToothStatus(Part):
    """The status of a tooth: M missing, E to be extracted."""

    number: str
    status: str


def to_tooth_statuses(values: Iterable[ToothStatus]) -> tuple[ToothStatus, ...]:
    """Return statuses of teeth as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(ToothStatus, values)


@part(kw_only=True)
class Orthodontics(Part):
    """Orthodontic treatment: months in all, months that remain; `indicator` Y where neither is known."""

    total_months: Money | None = attrs.field(default=None, converter=optional_money)
    remaining_months: Money | None = attrs.field(default=None, converter=optional_money)
    indicator: str | None = None


def dental_procedure(value: Procedure | str) -> Procedure:
    """Convert a procedure, or its CDT code alone."""
    return value if isinstance(value, Procedure) else Procedure(value, qualifier="AD")


def teeth(values: Iterable[Tooth | str]) -> tuple[Tooth, ...]:
    """Convert teeth, or their numbers alone."""
    if isinstance(values, str):
        raise TypeError("expected a list of teeth, not a single text")
    return tuple(value if isinstance(value, Tooth) else Tooth(value) for value in values)


@part(kw_only=True)
class DentalLine(Line):
    """One dental service.

    `oral_cavity` holds area codes (00 whole mouth, 01 upper and 02 lower arch, 10 to 40 quadrants,
    L R). `prosthesis` is I initial placement or R replacement of a crown, inlay or denture.
    `quantity` is set where the procedure was done more than once.
    `place_of_service` and the providers are set only where they differ from the claim's.
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

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[DentalLineChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""


def lines(values: Iterable[DentalLine]) -> tuple[DentalLine, ...]:
    """Return dental lines as a tuple, in claim order."""
    return all_of(DentalLine, values)


@part(kw_only=True)
class DentalClaim(Claim):
    """A dental claim: what the ADA form and the 837D carry.

    `service_date` is the date of all lines without one of their own. `special_program` is 01 EPSDT, 02 physically handicapped
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
    tooth_status: tuple[ToothStatus, ...] = attrs.field(default=(), converter=to_tooth_statuses)
    patient_paid: Money | None = attrs.field(default=None, converter=optional_money)
    notes: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    primary_care_provider: Provider | None = None
    assistant_surgeon: Provider | None = None
    supervising_provider: Provider | None = None

    def __attrs_post_init__(self) -> None:
        """Replace pointers given as codes by numbers; a claim that was read has only numbers."""
        super().__attrs_post_init__()
        object.__setattr__(self, "lines", numbered(self.lines, self.diagnoses))

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[DentalClaimChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""
