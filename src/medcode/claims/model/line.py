"""The service lines of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.adjudication import LineAdjudication, ProviderIdentity, to_line_adjudications
from medcode.claims.model.ambulance import Ambulance
from medcode.claims.model.base import (
    ONE,
    PHI,
    Date,
    Money,
    Part,
    money,
    optional_money,
    optional_period,
    part,
    texts,
)
from medcode.claims.model.dates import NO_LINE_DATES, LineDates
from medcode.claims.model.drug import Drug
from medcode.claims.model.equipment import Equipment, Form, to_forms
from medcode.claims.model.party import Provider
from medcode.claims.model.pointer import pointers
from medcode.claims.model.procedure import Procedure, procedure
from medcode.claims.model.references import NO_LINE_REFERENCES, LineReferences
from medcode.claims.model.supplement import (
    Attachment,
    Contract,
    Note,
    PurchasedService,
    Repricing,
    TestResult,
    to_attachments,
    to_test_results,
)

if TYPE_CHECKING:
    from typing import Self, Unpack

    from medcode.claims.model.changes import LineChanges, ProfessionalLineChanges

__all__ = ["Line", "ProfessionalLine"]


@part(kw_only=True)
class Line(Part):
    """What the lines of the three kinds of claim share.

    `charge` is in US dollars. `control_number` is the provider's own
    number of the line, which the remittance returns.
    """

    charge: Money = attrs.field(converter=money)
    service_date: Date | None = attrs.field(default=None, converter=optional_period, metadata=PHI)
    control_number: str | None = attrs.field(default=None, metadata=PHI)
    references: LineReferences = NO_LINE_REFERENCES
    repricing: Repricing | None = None
    adjudications: tuple[LineAdjudication, ...] = attrs.field(default=(), converter=to_line_adjudications)
    rendering_provider: Provider | None = None

    if TYPE_CHECKING:

        @property
        def procedure(self) -> Procedure | None:
            """What was done; a revenue line may have none."""

        @property
        def quantity(self) -> Money | None:
            """How much was done; a dental line may have none."""

        def evolve(self, **changes: Unpack[LineChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""


@part(kw_only=True)
class ProfessionalLine(Line):
    """One service of a professional claim.

    `quantity` counts `unit`: UN units or MJ minutes (anesthesia). The first of `diagnosis_pointers` is the line's
    primary diagnosis: numbers from 1, or the codes themselves. `place_of_service` and the
    providers are set only where they differ from the claim's. `emergency`, `epsdt` and
    `family_planning` are Y or nothing, `hospice_employee` Y or N, `copay_exempt` 0 or nothing.
    `obstetric_units` are further units of obstetric anesthesia; tax and postage are in US dollars.
    """

    procedure: Procedure = attrs.field(converter=procedure)
    quantity: Money = attrs.field(default=ONE, converter=money)
    unit: str = "UN"
    diagnosis_pointers: tuple[int | str, ...] = attrs.field(default=(1,), converter=pointers)
    place_of_service: str | None = None
    emergency: str | None = None
    epsdt: str | None = None
    family_planning: str | None = None
    copay_exempt: str | None = None
    hospice_employee: str | None = None
    dates: LineDates = NO_LINE_DATES
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=to_attachments)
    contract: Contract | None = None
    equipment: Equipment | None = None
    ambulance: Ambulance | None = None
    obstetric_units: Money | None = attrs.field(default=None, converter=optional_money)
    test_results: tuple[TestResult, ...] = attrs.field(default=(), converter=to_test_results)
    sales_tax: Money | None = attrs.field(default=None, converter=optional_money)
    postage: Money | None = attrs.field(default=None, converter=optional_money)
    file_information: tuple[str, ...] = attrs.field(default=(), converter=texts, metadata=PHI)
    note: Note | None = None
    third_party_note: str | None = attrs.field(default=None, metadata=PHI)
    purchased_service: PurchasedService | None = None
    drug: Drug | None = None
    purchased_service_provider: ProviderIdentity | None = None
    service_facility: Provider | None = None
    supervising_provider: Provider | None = None
    ordering_provider: Provider | None = None
    referring_provider: Provider | None = None
    primary_care_provider: Provider | None = None
    forms: tuple[Form, ...] = attrs.field(default=(), converter=to_forms)

    if TYPE_CHECKING:

        def evolve(self, **changes: Unpack[ProfessionalLineChanges]) -> Self:  # type: ignore[override]  # its own fields only
            """Return a copy with `changes`, each a field of the class."""
