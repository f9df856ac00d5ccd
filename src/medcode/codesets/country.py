"""Country: the two letters of a country in an address outside of the US.

Judged on the day of the transaction.

Source: ISO 3166-1, alpha-2 codes; names in their usual short English form.

>>> country["CA"].title, "XX" in country
('Canada', False)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Country", "country"]


@final
class Country(Code):
    """A country."""

    __slots__ = ()

    label = "country"
    pattern = re.compile(r"[A-Z]{2}")
    expected = "two letters"
    good = ("US", "CA")
    bad = ("USA", "1")


country = CodeSet("country", Country, table="country", titles="country", judged_on=JudgedOn.TRANSACTION)
