"""Currency: the money that amounts are in, where it is not the US dollar.

Three letters of ISO 4217; only the format ships. Judged on the day of the transaction.

Source: ISO 4217.

>>> currency.status("USD"), currency.status("US$")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Currency", "currency"]


@final
class Currency(Code):
    """A currency."""

    __slots__ = ()

    label = "currency"
    pattern = re.compile(r"[A-Z]{3}")
    expected = "three letters"
    good = ("USD", "cad")
    bad = ("US$", "US")


currency = CodeSet("currency", Currency, judged_on=JudgedOn.TRANSACTION)
