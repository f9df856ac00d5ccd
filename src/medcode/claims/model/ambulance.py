"""An ambulance trip."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Money, Part, optional_money, part
from medcode.claims.model.certification import Certification, to_certifications
from medcode.claims.model.party import Address

__all__ = ["Ambulance", "Location"]


@part
class Location(Part):
    """Where an ambulance picked up or dropped off the patient; `organization` is the name of the place, if any."""

    address: Address
    organization: str | None = attrs.field(default=None, metadata=PHI)


@part(kw_only=True)
class Ambulance(Part):
    """An ambulance trip of a claim, or of a line where it differs.

    `reason` is A nearest facility, B preferred physician, C nearness of family, D specialist or
    equipment, E rehabilitation. `distance` is in miles, `patient_weight` in pounds.
    `patient_count` is set where several patients rode together.
    """

    reason: str | None = None
    distance: Money | None = attrs.field(default=None, converter=optional_money)
    patient_weight: Money | None = attrs.field(default=None, converter=optional_money)
    round_trip_purpose: str | None = attrs.field(default=None, metadata=PHI)
    stretcher_purpose: str | None = attrs.field(default=None, metadata=PHI)
    certifications: tuple[Certification, ...] = attrs.field(default=(), converter=to_certifications)
    pick_up: Location | None = None
    drop_off: Location | None = None
    patient_count: Money | None = attrs.field(default=None, converter=optional_money)
