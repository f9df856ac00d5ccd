"""CPT: what a physician or laboratory did; HCPCS Level I.

Five characters: category I is five digits, II and III end in F and T, and among the codes with four
digits and a letter U is a proprietary laboratory analysis, M a multianalyte assay, A the
administration of a vaccine. The codes belong to the American Medical Association: only their format
ships, and a licensed list is the user's to load. Judged on the day of service.

Source: AMA, CPT; 45 CFR 162.1002.

>>> cpt.status("99213"), cpt.status("A0428")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import final

from medcode.codesets.base import CodeSet
from medcode.codesets.hcpcs import Hcpcs

__all__ = ["Category", "Cpt", "cpt"]


class Category(StrEnum):
    """The kinds of CPT code that their shape tells apart."""

    I = "I"  # noqa: E741  # the category's own name
    II = "II"
    III = "III"
    PLA = "PLA"
    MAAA = "MAAA"
    ADMINISTRATION = "administration"


BY_LAST = {
    "F": Category.II,
    "T": Category.III,
    "U": Category.PLA,
    "M": Category.MAAA,
    "A": Category.ADMINISTRATION,
}


@final
class Cpt(Hcpcs):
    """A code of CPT.

    >>> Cpt("0001u").category, Cpt("99213").category
    (<Category.PLA: 'PLA'>, <Category.I: 'I'>)
    """

    __slots__ = ()

    label = "CPT"
    pattern = re.compile(r"[0-9]{4}[0-9AFMTU]")
    expected = "four digits and a digit or A, F, M, T, U"
    good = ("99213", "0001F", "0042T", "0001U", "0002M", "0001A", "0428A")
    bad = ("9921", "A0428", "99213A", "0001B", "0001X")

    @property
    def category(self) -> Category:
        """The category, as the last character tells it."""
        return BY_LAST.get(self[-1], Category.I)


cpt = CodeSet("cpt", Cpt)
