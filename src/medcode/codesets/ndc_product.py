"""NDC product: a drug of one labeler, in whatever package; the first nine digits of an NDC.

The list is the product file of FDA's NDC Directory and is the user's to load. Judged on the day of
service.

Source: FDA, National Drug Code Directory; 21 CFR 207.33.

>>> ndc_product.status("0002-7597"), ndc_product.status("00002-75977")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet

__all__ = ["NdcProduct", "ndc_product"]


@final
class NdcProduct(Code):
    """The labeler and product of a National Drug Code, nine digits (5-4)."""

    __slots__ = ()

    label = "NDC product"
    pattern = re.compile(r"[0-9]{9}|[0-9]{4}-[0-9]{4}|[0-9]{5}-[0-9]{3,4}")
    expected = "labeler and product, as 1234-5678, 12345-678 or 12345-6789, or nine digits"
    good = ("0002-7597", "50242-040", "60575-4112", "000027597")
    bad = ("0002-759", "00002-75977", "00027597")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return nine digits, 5-4; None for text that is not in the format."""
        wire = super().wire(text)
        if wire is None or "-" not in wire:
            return wire
        labeler, product = wire.split("-")
        return labeler.zfill(5) + product.zfill(4)

    @property
    def dotted(self) -> str:
        """The labeler and the product, with a dash between."""
        return f"{self[:5]}-{self[5:]}"


ndc_product = CodeSet("ndc_product", NdcProduct)
