"""The drug or product of a line."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Money, Part, money

__all__ = ["Drug"]


@attrs.frozen(repr=False)
class Drug(Part):
    """A drug that was given, or a product that was supplied.

    `code` is the national drug code in 11 digits (`code_type` N4) or a product number (EN EO HI
    ON UK UP). `unit` is F2 international unit, GR gram, ME milligram, ML milliliter, UN unit.
    `prescription_number_type` is XZ a prescription, VY the link of a compound's parts.

    >>> Drug("00026063512", "10", "ML").quantity
    Decimal('10')
    """

    code: str
    quantity: Money = attrs.field(converter=money)
    unit: str = "UN"
    code_type: str = attrs.field(default="N4", kw_only=True)
    prescription_number: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    prescription_number_type: str = attrs.field(default="XZ", kw_only=True)
