"""Whether a 277 that answers an inquiry agrees with itself: SNIP 4 and 5, for it states no totals.

Source: ASC X12 005010X212 (facts only).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from medcode.claims.x12.validate.amounts import shown, stated_at
from medcode.claims.x12.validate.situations import wrong
from medcode.claims.x12.validate.status_rules import StatusRules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from medcode.claims.x12.validate.situations import Place
    from medcode.claims.x12.validate.status_rules import StatusAction

__all__ = ["ResponseRules"]

_UNPAID = re.compile(r"F2|A4|[DEPR].*")
"""The categories of a claim that is not paid: denied, pending, not found, or that more is asked for."""


class ResponseRules(StatusRules):
    """The rules of a 277 that answers an inquiry."""

    _CATEGORIES = "A4 or one that begins with D, E, F, P or R"
    _CATEGORY = re.compile(r"A4|[DEFPR].*")
    _IS_LISTED = True

    _paid_line: Decimal | None = None

    def _status(self, elements: list[str], place: Place) -> None:
        categories = self._categories(elements, place, None)
        if categories and place[0].loop.loop.id.startswith("222"):
            self._compare(categories, self._paid_line, place)
        elif categories:
            self._compare(categories, stated_at(elements, 5), place)

    def _compare(self, categories: list[str], paid: Decimal | None, place: Place) -> None:
        """Compare what a status says with what was paid."""
        if paid and paid > 0 and all(_UNPAID.fullmatch(each) for each in categories):
            message = f"The status ({', '.join(categories)}) says that nothing is paid, but {shown(paid)} is."
            fix = "Correct the status or the payment."
            self._report(wrong(place, "status-contradicts-payment", message, fix, 1))

    def _line(self, elements: list[str], place: Place) -> None:
        self._paid_line = stated_at(elements, 3)
        self._codes.procedure(elements, place, 1, None)

    def _days(self, elements: list[str], place: Place) -> None:
        self._last_day(elements, place)

    _ACTIONS: ClassVar[Mapping[str, StatusAction]] = {
        "BHT": StatusRules.made,
        "NM1": StatusRules.name,
        "REF": StatusRules.reference,
        "STC": _status,
        "SVC": _line,
        "DTP": _days,
    }
