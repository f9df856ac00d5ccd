"""The service lines of a claim and the procedures on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Date, Money, Part, money, optional_money, period
from medcode.claims.model.party import Provider
from medcode.codesets.base import Malformed
from medcode.codesets.hcpcs import Hcpcs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Procedure", "ProfessionalLine"]


def procedure_code(value: str) -> Hcpcs | Malformed:
    """Take in a HCPCS or CPT code; a wrong one is held as `Malformed`."""
    return value if isinstance(value, (Hcpcs, Malformed)) else Hcpcs.parse(value)


def pointers(values: Iterable[int | str]) -> tuple[int | str, ...]:
    """Take in diagnosis pointers: numbers from 1, or the codes themselves."""
    return tuple(values)


@attrs.frozen(repr=False)
class Procedure(Part):
    """What was done: a HCPCS or CPT code with up to four modifiers.

    `qualifier` is HC for HCPCS and CPT. `description` is needed for codes that name nothing
    in particular ("not otherwise classified").
    """

    code: Hcpcs | Malformed = attrs.field(converter=procedure_code)
    modifiers: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    description: str | None = attrs.field(default=None, kw_only=True)
    qualifier: str = attrs.field(default="HC", kw_only=True)


def procedure(value: Procedure | str) -> Procedure:
    """Take in a procedure, or its code alone."""
    return value if isinstance(value, Procedure) else Procedure(value)


@attrs.frozen(repr=False, kw_only=True)
class ProfessionalLine(Part):
    """One service of a professional claim.

    `charge` is in US dollars; `quantity` counts `unit` (UN units, MJ minutes). The first of
    `diagnosis_pointers` is the line's primary diagnosis.
    """

    procedure: Procedure = attrs.field(converter=procedure)
    charge: Money = attrs.field(converter=money)
    service_date: Date | None = attrs.field(default=None, converter=attrs.converters.optional(period), metadata=PHI)
    quantity: Money = attrs.field(default=1, converter=money)
    unit: str = "UN"
    diagnosis_pointers: tuple[int | str, ...] = attrs.field(default=(1,), converter=pointers)
    place_of_service: str | None = None
    emergency: str | None = None
    rendering_provider: Provider | None = None
