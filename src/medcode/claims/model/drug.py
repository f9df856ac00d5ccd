"""The drug or product of a line."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Money, Part, money, part
from medcode.codesets.ndc import Ndc

__all__ = ["Drug"]


@part
class Drug(Part):
    """A drug that was administered, or a product that was supplied.

    `code` is the national drug code (`code_type` N4), converted to 11 digits where it has
    dashes, or a product number (EN EO HI ON UK UP). `unit` is F2 international unit, GR gram, ME
    milligram, ML milliliter, UN unit.
    `prescription_number_type` is XZ a prescription, VY the link of a compound's parts.

    >>> Drug("0026-0635-12", "10", "ML").code
    '00026063512'
    """

    code: str
    quantity: Money = attrs.field(converter=money)
    unit: str = "UN"
    code_type: str = attrs.field(default="N4", kw_only=True)
    prescription_number: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    prescription_number_type: str = attrs.field(default="XZ", kw_only=True)

    def _settle(self) -> None:
        """Convert a national drug code to the form of claims; a malformed one is kept as it is."""
        if self.code_type == "N4":
            object.__setattr__(self, "code", str(Ndc.parse(self.code)))
