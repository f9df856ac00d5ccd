"""NDC: a drug, its labeler and its package, as a claim names it.

FDA writes ten digits with dashes (4-4-2, 5-3-2 or 5-4-1); a claim carries eleven without (5-4-2),
each part padded with zeros in front. Ten digits without dashes could be any of the three, so they
are refused. The list is FDA's NDC Directory and is the user's to load. Judged on the day of service.

Source: FDA, National Drug Code Directory; 21 CFR 207.33; 45 CFR 162.1002.

>>> Ndc("0002-7597-01") == "00002759701", Ndc("60575-4112-1").dotted
(True, '60575-4112-01')
>>> Ndc.is_valid("0002759701")
False
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet
from medcode.codesets.ndc_product import NdcProduct

__all__ = ["Ndc", "ndc"]

WIDTHS = (5, 4, 2)  # of labeler, product and package in a claim


@final
class Ndc(Code):
    """A National Drug Code in its eleven digits.

    >>> Ndc("50242-040-62")
    Ndc('50242-0040-62')
    >>> Ndc("5024204062")
    Traceback (most recent call last):
        ...
    medcode.errors.InvalidFormat: <10 digits> is not in NDC format: expected eleven digits, or ...
    """

    __slots__ = ()

    label = "NDC"
    pattern = re.compile(
        r"[0-9]{11}|[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{5}-([0-9]{3,4}-[0-9]{2}|[0-9]{4}-[0-9])"
    )
    expected = (
        "eleven digits, or ten with dashes (4-4-2, 5-3-2 or 5-4-1); "
        "ten digits without dashes could be more than one drug"
    )
    good = ("0002-7597-01", "50242-040-62", "60575-4112-1", "00002759701")
    bad = ("0002759701", "0002-759-01", "000275970", "0002-7597-1", "60575-41121")

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the eleven digits; None for text that is not in the format."""
        wire = super().wire(text)
        if wire is None or "-" not in wire:
            return wire
        return "".join(part.zfill(width) for part, width in zip(wire.split("-"), WIDTHS, strict=True))

    @property
    def dotted(self) -> str:
        """The three parts, with dashes between."""
        return f"{self[:5]}-{self[5:9]}-{self[9:]}"

    @property
    def product(self) -> NdcProduct:
        """The drug, whatever its package."""
        return NdcProduct.trusted(self[:9])


ndc = CodeSet("ndc", Ndc)
